#include "CLinux.h"

#include <sys/stat.h>

int clinux_version_of_file(const char *_Nonnull path, clinux_file_version *_Nonnull version)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        return -1;
    }
    version->device = status.st_dev;
    version->number = status.st_ino;
    version->size = status.st_size;
    version->written_seconds = status.st_mtim.tv_sec;
    version->written_nanoseconds = status.st_mtim.tv_nsec;
    version->changed_seconds = status.st_ctim.tv_sec;
    version->changed_nanoseconds = status.st_ctim.tv_nsec;
    return 0;
}
