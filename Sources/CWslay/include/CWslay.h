#ifndef CWSLAY_H
#define CWSLAY_H

// libwslay without linking it: only those who speak to the switch over a WebSocket need it.

#include <stddef.h>
#include <wslay/wslay.h>

#pragma clang assume_nonnull begin

// The functions used. `__typeof__` lets wslay's own header check every signature.
struct wslay {
    __typeof__(wslay_event_context_client_init) *client_init;
    __typeof__(wslay_event_context_free) *context_free;
    __typeof__(wslay_event_config_set_max_recv_msg_length) *set_max_length;
    __typeof__(wslay_event_recv) *recv;
    __typeof__(wslay_event_send) *send;
    __typeof__(wslay_event_queue_msg) *queue_msg;
    __typeof__(wslay_event_queue_close) *queue_close;
    __typeof__(wslay_event_set_error) *set_error;
    __typeof__(wslay_event_get_read_enabled) *read_enabled;
    __typeof__(wslay_event_get_close_received) *close_received;
    __typeof__(wslay_event_get_status_code_received) *code_received;
    __typeof__(wslay_event_get_status_code_sent) *code_sent;
};

// Loads the library of that name, such as "libwslay.so.1". The table lives as long as the process.
// NULL means failure, and `reason` then says why. Not for two threads at once.
const struct wslay *_Nullable wslay_load(const char *name, char *reason, size_t reason_size);

// Whether the process has a library of that name mapped already. Loads nothing.
_Bool wslay_is_mapped(const char *name);

#pragma clang assume_nonnull end

#endif
