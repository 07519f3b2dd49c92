#ifndef CLINUX_H
#define CLINUX_H

#include <stddef.h>
#include <stdint.h>

/// CRC32C (Castagnoli) of `length` bytes, going on from `crc`, which is 0 at the start.
uint32_t clinux_crc32c(uint32_t crc, const void *_Nullable bytes, size_t length);

/// The same, without the processor's instruction.
uint32_t clinux_crc32c_portable(uint32_t crc, const void *_Nullable bytes, size_t length);

/// What tells one version of a file from another without reading it. Here and not in Swift, since
/// which module the members of `timespec` belong to there changes with what else is imported.
typedef struct {
    uint64_t device;
    uint64_t number;
    int64_t size;
    int64_t written_seconds;
    int64_t written_nanoseconds;
    int64_t changed_seconds;
    int64_t changed_nanoseconds;
} clinux_file_version;

/// Returns 0, or -1 where there is no such file.
int clinux_version_of_file(const char *_Nonnull path, clinux_file_version *_Nonnull version);

#endif
