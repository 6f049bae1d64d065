// On Linux libcurl is loaded by the first call of one of its functions: it brings thirty libraries with it, and most runs
// make no request. All that the program calls is here, and so is what Foundation's networking does, which comes along
// with the sandbox's server.
#if defined(__linux__)
#define CURL_DISABLE_TYPECHECK
// Its handle is constant for some versions and not for others.
#define curl_url_get declared_curl_url_get
#include <curl/curl.h>
#undef curl_url_get
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

#include <stdarg.h>

#include "CForwarding.h"

FORWARD_TO("libcurl.so.4", "libcurl4");

FORWARD(CURLcode, curl_global_init, (long flags), (flags));
FORWARD(
  CURLcode, curl_global_init_mem,
  (long flags, curl_malloc_callback m, curl_free_callback f, curl_realloc_callback r, curl_strdup_callback s,
   curl_calloc_callback c),
  (flags, m, f, r, s, c));
FORWARD(char *, curl_version, (void), ());
FORWARD(curl_version_info_data *, curl_version_info, (CURLversion age), (age));
FORWARD(void, curl_free, (void *memory), (memory));

FORWARD(struct curl_slist *, curl_slist_append, (struct curl_slist * list, const char *text), (list, text));
FORWARD(void, curl_slist_free_all, (struct curl_slist * list), (list));

FORWARD(CURLU *, curl_url, (void), ());
FORWARD(void, curl_url_cleanup, (CURLU * handle), (handle));
FORWARD(
  CURLUcode, curl_url_get, (CURLU * handle, CURLUPart what, char **part, unsigned int flags),
  (handle, what, part, flags));
FORWARD(
  CURLUcode, curl_url_set, (CURLU * handle, CURLUPart what, const char *part, unsigned int flags),
  (handle, what, part, flags));

FORWARD(CURL *, curl_easy_init, (void), ());
FORWARD(void, curl_easy_cleanup, (CURL * handle), (handle));
FORWARD(CURLcode, curl_easy_pause, (CURL * handle, int bits), (handle, bits));
FORWARD(const char *, curl_easy_strerror, (CURLcode code), (code));

FORWARD(CURLM *, curl_multi_init, (void), ());
FORWARD(CURLMcode, curl_multi_cleanup, (CURLM * multi), (multi));
FORWARD(CURLMcode, curl_multi_add_handle, (CURLM * multi, CURL *easy), (multi, easy));
FORWARD(CURLMcode, curl_multi_remove_handle, (CURLM * multi, CURL *easy), (multi, easy));
FORWARD(CURLMcode, curl_multi_perform, (CURLM * multi, int *running), (multi, running));
FORWARD(
  CURLMcode, curl_multi_poll,
  (CURLM * multi, struct curl_waitfd descriptors[], unsigned int count, int milliseconds, int *ready),
  (multi, descriptors, count, milliseconds, ready));
FORWARD(CURLMcode, curl_multi_wakeup, (CURLM * multi), (multi));
FORWARD(CURLMsg *, curl_multi_info_read, (CURLM * multi, int *left), (multi, left));
FORWARD(CURLMcode, curl_multi_assign, (CURLM * multi, curl_socket_t socket, void *value), (multi, socket, value));
FORWARD(
  CURLMcode, curl_multi_socket_action, (CURLM * multi, curl_socket_t socket, int events, int *running),
  (multi, socket, events, running));

// An option's value is a pointer, a long or a curl_off_t, and so is passed as one of 64 bits whatever it is.
_Static_assert(sizeof(long) == 8 && sizeof(void *) == 8 && sizeof(curl_off_t) == 8, "values of other sizes");

#define FORWARD_VARIADIC(result, name, handle_type, option_type)     \
  HIDDEN result name(handle_type *handle, option_type option, ...) { \
    FORWARDING(name);                                                \
    va_list values;                                                  \
    va_start(values, option);                                        \
    void *value = va_arg(values, void *);                            \
    va_end(values);                                                  \
    return real(handle, option, value);                              \
  }                                                                  \
  _Static_assert(1, "")

FORWARD_VARIADIC(CURLcode, curl_easy_setopt, CURL, CURLoption);
FORWARD_VARIADIC(CURLcode, curl_easy_getinfo, CURL, CURLINFO);
FORWARD_VARIADIC(CURLMcode, curl_multi_setopt, CURLM, CURLMoption);
#endif
