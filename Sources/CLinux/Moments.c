#include "CLinux.h"

#include <errno.h>
#include <sys/stat.h>
#include <time.h>

static int64_t nanoseconds(struct timespec moment)
{
    return (int64_t)((uint64_t)moment.tv_sec * 1000000000u + (uint64_t)moment.tv_nsec);
}

int64_t clinux_now_milliseconds(void)
{
    struct timespec now = {0, 0};
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clinux_written_nanoseconds(const struct stat *status)
{
    return nanoseconds(status->st_mtim);
}

int64_t clinux_changed_nanoseconds(const struct stat *status)
{
    return nanoseconds(status->st_ctim);
}

void clinux_pause_milliseconds(int64_t milliseconds)
{
    struct timespec left = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    while (nanosleep(&left, &left) != 0 && errno == EINTR) {
    }
}
