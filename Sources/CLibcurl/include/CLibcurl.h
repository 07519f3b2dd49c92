#ifndef CLIBCURL_H
#define CLIBCURL_H

// libcurl without linking it: most commands never talk to the server, and loading libcurl with
// everything it depends on takes longer than such a command's whole work.

// The type checks are macros over the linked functions; here every call goes through a pointer.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <stddef.h>

#pragma clang assume_nonnull begin

// The functions used. `__typeof__` lets curl's own header check every signature.
struct libcurl {
    __typeof__(curl_version) *version;
    __typeof__(curl_easy_init) *easy_init;
    __typeof__(curl_easy_cleanup) *easy_cleanup;
    __typeof__(curl_easy_setopt) *easy_setopt;
    __typeof__(curl_easy_getinfo) *easy_getinfo;
    __typeof__(curl_easy_strerror) *easy_strerror;
    __typeof__(curl_easy_send) *easy_send;
    __typeof__(curl_easy_recv) *easy_recv;
    __typeof__(curl_getdate) *getdate;
    __typeof__(curl_slist_append) *slist_append;
    __typeof__(curl_slist_free_all) *slist_free_all;
    __typeof__(curl_multi_init) *multi_init;
    __typeof__(curl_multi_cleanup) *multi_cleanup;
    __typeof__(curl_multi_setopt) *multi_setopt;
    __typeof__(curl_multi_add_handle) *multi_add_handle;
    __typeof__(curl_multi_remove_handle) *multi_remove_handle;
    __typeof__(curl_multi_perform) *multi_perform;
    __typeof__(curl_multi_poll) *multi_poll;
    __typeof__(curl_multi_wakeup) *multi_wakeup;
    __typeof__(curl_multi_info_read) *multi_info_read;
};

// Loads the library of that name, such as "libcurl.so.4", and initialises it. The table lives as
// long as the process. NULL means failure, and `reason` then says why. Not for two threads at once.
const struct libcurl *_Nullable libcurl_load(
    const char *name, char *reason, size_t reason_size);

// Whether the process has a library of that name mapped already. Loads nothing.
_Bool libcurl_is_mapped(const char *name);

// One shim for each kind of argument: Swift cannot call variadic functions, and curl reads a C
// `long` where a Swift caller might have passed 32 bits.

static inline CURLcode libcurl_set_long(
    const struct libcurl *curl, CURL *easy, CURLoption option, long value) {
    return curl->easy_setopt(easy, option, value);
}

static inline CURLcode libcurl_set_offset(
    const struct libcurl *curl, CURL *easy, CURLoption option, curl_off_t value) {
    return curl->easy_setopt(easy, option, value);
}

// Strings are copied by curl; for objects, such as header lists, it keeps the pointer.
static inline CURLcode libcurl_set_string(
    const struct libcurl *curl, CURL *easy, CURLoption option, const char *value) {
    return curl->easy_setopt(easy, option, value);
}

static inline CURLcode libcurl_set_pointer(
    const struct libcurl *curl, CURL *easy, CURLoption option, void *_Nullable value) {
    return curl->easy_setopt(easy, option, value);
}

static inline CURLcode libcurl_set_read_function(
    const struct libcurl *curl, CURL *easy, curl_read_callback function) {
    return curl->easy_setopt(easy, CURLOPT_READFUNCTION, function);
}

static inline CURLcode libcurl_set_write_function(
    const struct libcurl *curl, CURL *easy, curl_write_callback function) {
    return curl->easy_setopt(easy, CURLOPT_WRITEFUNCTION, function);
}

static inline CURLcode libcurl_set_seek_function(
    const struct libcurl *curl, CURL *easy, curl_seek_callback _Nullable function) {
    return curl->easy_setopt(easy, CURLOPT_SEEKFUNCTION, function);
}

static inline CURLcode libcurl_get_long(
    const struct libcurl *curl, CURL *easy, CURLINFO info, long *value) {
    return curl->easy_getinfo(easy, info, value);
}

static inline CURLcode libcurl_get_offset(
    const struct libcurl *curl, CURL *easy, CURLINFO info, curl_off_t *value) {
    return curl->easy_getinfo(easy, info, value);
}

static inline CURLcode libcurl_get_socket(
    const struct libcurl *curl, CURL *easy, curl_socket_t *value) {
    return curl->easy_getinfo(easy, CURLINFO_ACTIVESOCKET, value);
}

static inline CURLMcode libcurl_multi_set_long(
    const struct libcurl *curl, CURLM *multi, CURLMoption option, long value) {
    return curl->multi_setopt(multi, option, value);
}

// The next finished transfer and how it ended, or NULL where none is left.
static inline CURL *_Nullable libcurl_next_finished(
    const struct libcurl *curl, CURLM *multi, CURLcode *result) {
    int left = 0;
    for (;;) {
        CURLMsg *message = curl->multi_info_read(multi, &left);
        if (message == NULL) return NULL;
        if (message->msg != CURLMSG_DONE) continue;
        *result = message->data.result;
        return message->easy_handle;
    }
}

#pragma clang assume_nonnull end

#endif
