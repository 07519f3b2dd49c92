#include "CWslay.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

const struct wslay *wslay_load(const char *name, char *reason, size_t reason_size) {
    struct wslay table;
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) goto failed;

#define LOAD(member, function)                                                             \
    table.member = (__typeof__(table.member))dlsym(library, "wslay_event_" #function);     \
    if (table.member == NULL) goto failed

    LOAD(client_init, context_client_init);
    LOAD(context_free, context_free);
    LOAD(set_max_length, config_set_max_recv_msg_length);
    LOAD(recv, recv);
    LOAD(send, send);
    LOAD(queue_msg, queue_msg);
    LOAD(queue_close, queue_close);
    LOAD(set_error, set_error);
    LOAD(read_enabled, get_read_enabled);
    LOAD(close_received, get_close_received);
    LOAD(code_received, get_status_code_received);
    LOAD(code_sent, get_status_code_sent);

    struct wslay *kept = malloc(sizeof *kept);
    if (kept == NULL) goto failed;
    *kept = table;
    return kept;

failed:;
    const char *text = dlerror();
    snprintf(reason, reason_size, "%s", text != NULL ? text : "out of memory");
    if (library != NULL) dlclose(library);
    return NULL;
}

_Bool wslay_is_mapped(const char *name) {
    void *library = dlopen(name, RTLD_NOW | RTLD_NOLOAD);
    if (library == NULL) return 0;
    dlclose(library);
    return 1;
}
