#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static const int stop_signals[] = {SIGINT, SIGTERM};
static int ends[2] = {-1, -1};

/// Does nothing but what a signal handler may.
static void take(int number)
{
    int error = errno;
    for (int index = 0; index < 2; index++) {
        struct sigaction action;
        if (sigaction(stop_signals[index], NULL, &action) == 0 && action.sa_handler == take) {
            // Now and not when the first one is heard of: a run that hangs must not keep the next
            // one from ending the process.
            action.sa_handler = SIG_DFL;
            sigaction(stop_signals[index], &action, NULL);
        }
    }
    unsigned char byte = (unsigned char)number;
    // The pipe is empty, so that this waits for nobody; without it, the second signal still ends all.
    ssize_t count = write(ends[1], &byte, 1);
    (void)count;
    errno = error;
}

int clinux_catch_stop_signals(void)
{
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return -1;
    }
    // Both wait while one is taken, so that a second one finds the handler gone.
    struct sigaction action = {.sa_handler = take, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (int index = 0; index < 2; index++) {
        sigaddset(&action.sa_mask, stop_signals[index]);
    }
    for (int index = 0; index < 2; index++) {
        struct sigaction before;
        // Whoever started the program in the background of a shell means it not to hear of Ctrl-C.
        if (sigaction(stop_signals[index], NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
            sigaction(stop_signals[index], &action, NULL);
        }
    }
    // Here at least they come through, whatever the program that started this one had blocked.
    pthread_sigmask(SIG_UNBLOCK, &action.sa_mask, NULL);
    return ends[0];
}
