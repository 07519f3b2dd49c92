// Tells ThreadSanitizer when a contended Mutex is taken and given back.
//
// Of Swift's Mutex on Linux the compiler emits the fast path into our own code, where the sanitizer
// sees its atomics. Where two threads meet, the kernel hands the lock over inside
// libswiftSynchronization, which is not instrumented: without this, everything that a Mutex protects
// is then reported as a race. Linked into the programs, these three come before those of the library
// and call them. Nothing is suppressed: a race that no Mutex orders is still found.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void contended_lock(uint32_t thread, SELF) __asm__(LOCK);
SWIFT bool contended_try_lock(SELF) __asm__(TRY_LOCK);
SWIFT void contended_unlock(SELF) __asm__(UNLOCK);

SWIFT void contended_lock(uint32_t thread, SELF) {
    SWIFT void (*lock)(uint32_t, SELF) = dlsym(RTLD_NEXT, LOCK);
    lock(thread, self);
    __tsan_acquire(self);
}

SWIFT bool contended_try_lock(SELF) {
    SWIFT bool (*try_lock)(SELF) = dlsym(RTLD_NEXT, TRY_LOCK);
    bool is_taken = try_lock(self);
    if (is_taken) __tsan_acquire(self);
    return is_taken;
}

SWIFT void contended_unlock(SELF) {
    SWIFT void (*unlock)(SELF) = dlsym(RTLD_NEXT, UNLOCK);
    __tsan_release(self);
    unlock(self);
}
