// On Linux libcurl is loaded by the first call of one of its functions, not when the process starts: it brings thirty
// libraries with it, and most runs make no request. So its functions are defined here, each of which looks the real one
// up once. They are hidden: libcurl and what else may be loaded must not find them in place of the real ones.
//
// Every function that the program or a library in it calls has to be here, or the linker takes libcurl itself.
#if defined(__linux__)
#define CURL_DISABLE_TYPECHECK
// Its handle is constant for some versions and not for others.
#define curl_url_get declared_curl_url_get
#include <curl/curl.h>
#undef curl_url_get
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void *library;

static void fail(void) {
  fprintf(stderr, "tokenreeve: error: libcurl can't be used: %s\n  install it: apt-get install libcurl4\n", dlerror());
  // The exit code of an internal failure.
  _Exit(4);
}

static void load(void) {
  library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) fail();
}

static void *find(const char *name) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  void *function = dlsym(library, name);
  if (function == NULL) fail();
  return function;
}

// Two threads may look a function up at the same time: they find the same.
#define REAL(name)                                                       \
  static _Atomic(__typeof__(&name)) known;                               \
  __typeof__(&name) real = known;                                        \
  if (real == NULL) known = real = (__typeof__(&name))find(#name)

#define HIDDEN __attribute__((visibility("hidden")))

#define FORWARD(result, name, parameters, arguments) \
  HIDDEN result name parameters {                    \
    REAL(name);                                      \
    return real arguments;                           \
  }

FORWARD(CURLcode, curl_global_init, (long flags), (flags))
FORWARD(
  CURLcode, curl_global_init_mem,
  (long flags, curl_malloc_callback m, curl_free_callback f, curl_realloc_callback r, curl_strdup_callback s,
   curl_calloc_callback c),
  (flags, m, f, r, s, c))
FORWARD(char *, curl_version, (void), ())
FORWARD(curl_version_info_data *, curl_version_info, (CURLversion age), (age))
FORWARD(void, curl_free, (void *memory), (memory))

FORWARD(struct curl_slist *, curl_slist_append, (struct curl_slist * list, const char *text), (list, text))
FORWARD(void, curl_slist_free_all, (struct curl_slist * list), (list))

FORWARD(CURLU *, curl_url, (void), ())
FORWARD(void, curl_url_cleanup, (CURLU * handle), (handle))
FORWARD(
  CURLUcode, curl_url_get, (CURLU * handle, CURLUPart what, char **part, unsigned int flags),
  (handle, what, part, flags))
FORWARD(
  CURLUcode, curl_url_set, (CURLU * handle, CURLUPart what, const char *part, unsigned int flags),
  (handle, what, part, flags))

FORWARD(CURL *, curl_easy_init, (void), ())
FORWARD(void, curl_easy_cleanup, (CURL * handle), (handle))
FORWARD(CURLcode, curl_easy_pause, (CURL * handle, int bits), (handle, bits))
FORWARD(const char *, curl_easy_strerror, (CURLcode code), (code))

FORWARD(CURLM *, curl_multi_init, (void), ())
FORWARD(CURLMcode, curl_multi_cleanup, (CURLM * multi), (multi))
FORWARD(CURLMcode, curl_multi_add_handle, (CURLM * multi, CURL *easy), (multi, easy))
FORWARD(CURLMcode, curl_multi_remove_handle, (CURLM * multi, CURL *easy), (multi, easy))
FORWARD(CURLMcode, curl_multi_perform, (CURLM * multi, int *running), (multi, running))
FORWARD(
  CURLMcode, curl_multi_poll,
  (CURLM * multi, struct curl_waitfd descriptors[], unsigned int count, int milliseconds, int *ready),
  (multi, descriptors, count, milliseconds, ready))
FORWARD(CURLMcode, curl_multi_wakeup, (CURLM * multi), (multi))
FORWARD(CURLMsg *, curl_multi_info_read, (CURLM * multi, int *left), (multi, left))
FORWARD(CURLMcode, curl_multi_assign, (CURLM * multi, curl_socket_t socket, void *value), (multi, socket, value))
FORWARD(
  CURLMcode, curl_multi_socket_action, (CURLM * multi, curl_socket_t socket, int events, int *running),
  (multi, socket, events, running))

// An option's value is a pointer, a long or a curl_off_t, and so is passed as one of 64 bits whatever it is.
_Static_assert(sizeof(long) == 8 && sizeof(void *) == 8 && sizeof(curl_off_t) == 8, "values of other sizes");

#define FORWARD_VARIADIC(result, name, handle_type, option_type)     \
  HIDDEN result name(handle_type *handle, option_type option, ...) { \
    REAL(name);                                                      \
    va_list values;                                                  \
    va_start(values, option);                                        \
    void *value = va_arg(values, void *);                            \
    va_end(values);                                                  \
    return real(handle, option, value);                              \
  }

FORWARD_VARIADIC(CURLcode, curl_easy_setopt, CURL, CURLoption)
FORWARD_VARIADIC(CURLcode, curl_easy_getinfo, CURL, CURLINFO)
FORWARD_VARIADIC(CURLMcode, curl_multi_setopt, CURLM, CURLMoption)
#endif
