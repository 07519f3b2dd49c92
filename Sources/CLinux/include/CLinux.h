#ifndef CLINUX_H
#define CLINUX_H

#include <stddef.h>
#include <stdint.h>

/// CRC32C (Castagnoli) of `length` bytes, going on from `crc`, which is 0 at the start.
uint32_t clinux_crc32c(uint32_t crc, const void *_Nullable bytes, size_t length);

/// The same, without the processor's instruction.
uint32_t clinux_crc32c_portable(uint32_t crc, const void *_Nullable bytes, size_t length);

// Moments are read here and not in Swift: which module the members of `timespec` belong to there
// changes with what else is imported, so that the same line builds in one program and not in another.

struct stat;

/// Milliseconds since 1970, by the machine's clock.
int64_t clinux_now_milliseconds(void);

/// When the file was last written, in nanoseconds since 1970.
int64_t clinux_written_nanoseconds(const struct stat *_Nonnull status);

/// When the file or its rights were last changed, in nanoseconds since 1970.
int64_t clinux_changed_nanoseconds(const struct stat *_Nonnull status);

/// Lets that much time pass; a signal that does not end the process does not shorten it.
void clinux_pause_milliseconds(int64_t milliseconds);

/// Catches the first SIGINT or SIGTERM, where it is not ignored, as one byte with its number in the
/// pipe whose reading end this returns; -1 where there is no pipe. The second one ends the process.
/// To be called once.
int clinux_catch_stop_signals(void);

// Swift looks for the command line beside the environment, where the kernel put both. A library that
// is loaded first and sets a variable moves the environment away, and Swift then finds no words: a
// command would print its help, exit with 0, and have stored nothing.

/// A word of the command line, the program's own being the one at 0; NULL where there is none.
const char *_Nullable clinux_argument(int index);

#endif
