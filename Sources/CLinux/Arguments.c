#include "CLinux.h"

static int count;
static char **words;

// The C library hands the command line to what runs before main, too.
__attribute__((constructor)) static void keep(int argc, char **argv)
{
    count = argc;
    words = argv;
}

const char *clinux_argument(int index)
{
    return index >= 0 && index < count ? words[index] : NULL;
}
