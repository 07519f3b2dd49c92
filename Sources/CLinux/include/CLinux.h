#ifndef CLINUX_H
#define CLINUX_H

#include <stddef.h>
#include <stdint.h>

/// CRC32C (Castagnoli) of `length` bytes, going on from `crc`, which is 0 at the start.
uint32_t clinux_crc32c(uint32_t crc, const void *_Nullable bytes, size_t length);

/// The same, without the processor's instruction.
uint32_t clinux_crc32c_portable(uint32_t crc, const void *_Nullable bytes, size_t length);

#endif
