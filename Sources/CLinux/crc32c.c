#include "CLinux.h"

#include <pthread.h>
#include <string.h>

#define SLICES 8

static uint32_t table[SLICES][256];
static pthread_once_t table_once = PTHREAD_ONCE_INIT;

static void fill_table(void) {
    const uint32_t reversed_polynomial = 0x82f63b78u;
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ ((crc & 1) ? reversed_polynomial : 0);
        }
        table[0][byte] = crc;
    }
    for (int slice = 1; slice < SLICES; slice++) {
        for (int byte = 0; byte < 256; byte++) {
            uint32_t before = table[slice - 1][byte];
            table[slice][byte] = (before >> 8) ^ table[0][before & 0xff];
        }
    }
}

uint32_t clinux_crc32c_portable(uint32_t crc, const void *bytes, size_t length) {
    pthread_once(&table_once, fill_table);
    const unsigned char *next = bytes;
    crc = ~crc;
    while (length >= SLICES) {
        // Byte by byte, so that the order of bytes in a word does not matter.
        uint32_t low = crc ^ ((uint32_t)next[0] | (uint32_t)next[1] << 8
            | (uint32_t)next[2] << 16 | (uint32_t)next[3] << 24);
        crc = table[7][low & 0xff] ^ table[6][(low >> 8) & 0xff]
            ^ table[5][(low >> 16) & 0xff] ^ table[4][low >> 24]
            ^ table[3][next[4]] ^ table[2][next[5]] ^ table[1][next[6]] ^ table[0][next[7]];
        next += SLICES;
        length -= SLICES;
    }
    while (length-- > 0) {
        crc = (crc >> 8) ^ table[0][(crc ^ *next++) & 0xff];
    }
    return ~crc;
}

#if defined(__x86_64__)

#include <nmmintrin.h>

__attribute__((target("sse4.2")))
static uint32_t crc32c_sse42(uint32_t crc, const void *bytes, size_t length) {
    const unsigned char *next = bytes;
    uint64_t wide = ~crc;
    while (length >= sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, next, sizeof word);
        wide = _mm_crc32_u64(wide, word);
        next += sizeof word;
        length -= sizeof word;
    }
    uint32_t narrow = (uint32_t)wide;
    while (length-- > 0) {
        narrow = _mm_crc32_u8(narrow, *next++);
    }
    return ~narrow;
}

uint32_t clinux_crc32c(uint32_t crc, const void *bytes, size_t length) {
    return __builtin_cpu_supports("sse4.2") ? crc32c_sse42(crc, bytes, length)
                                            : clinux_crc32c_portable(crc, bytes, length);
}

#else

uint32_t clinux_crc32c(uint32_t crc, const void *bytes, size_t length) {
    return clinux_crc32c_portable(crc, bytes, length);
}

#endif
