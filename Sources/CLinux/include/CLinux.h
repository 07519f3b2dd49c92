#ifndef CLINUX_H
#define CLINUX_H

#include <sys/file.h>
#include <sys/vfs.h>

#endif
