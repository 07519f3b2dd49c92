#include "CLibcurl.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static const struct libcurl *fail(
    void *library, struct libcurl *table, char *reason, size_t reason_size, const char *text) {
    snprintf(reason, reason_size, "%s", text != NULL ? text : "unknown reason");
    free(table);
    if (library != NULL) dlclose(library);
    return NULL;
}

const struct libcurl *libcurl_load(const char *name, char *reason, size_t reason_size) {
    // With this variable set, libcurl would write the secrets of every TLS session to a file that
    // anybody can read. It looks at its initialisation, so this has to come first.
    unsetenv("SSLKEYLOGFILE");

    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return fail(NULL, NULL, reason, reason_size, dlerror());
    struct libcurl *table = calloc(1, sizeof *table);
    if (table == NULL) return fail(library, NULL, reason, reason_size, "out of memory");

#define LOAD(function)                                                                     \
    table->function = (__typeof__(table->function))dlsym(library, "curl_" #function);      \
    if (table->function == NULL) return fail(library, table, reason, reason_size, dlerror())

    LOAD(version);
    LOAD(easy_init);
    LOAD(easy_cleanup);
    LOAD(easy_setopt);
    LOAD(easy_getinfo);
    LOAD(easy_strerror);
    LOAD(easy_send);
    LOAD(easy_recv);
    LOAD(getdate);
    LOAD(slist_append);
    LOAD(slist_free_all);
    LOAD(multi_init);
    LOAD(multi_cleanup);
    LOAD(multi_setopt);
    LOAD(multi_add_handle);
    LOAD(multi_remove_handle);
    LOAD(multi_perform);
    LOAD(multi_poll);
    LOAD(multi_wakeup);
    LOAD(multi_info_read);

    __typeof__(curl_global_init) *global_init =
        (__typeof__(global_init))dlsym(library, "curl_global_init");
    if (global_init == NULL) return fail(library, table, reason, reason_size, dlerror());
    CURLcode code = global_init(CURL_GLOBAL_DEFAULT);
    if (code != CURLE_OK) {
        return fail(library, table, reason, reason_size, table->easy_strerror(code));
    }
    return table;
}

_Bool libcurl_is_mapped(const char *name) {
    void *library = dlopen(name, RTLD_NOW | RTLD_NOLOAD);
    if (library == NULL) return 0;
    dlclose(library);
    return 1;
}
