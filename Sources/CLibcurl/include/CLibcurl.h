// libcurl for Swift: `curl_easy_setopt` and its like are variadic, which Swift cannot call, so each kind of value has
// a typed setter or getter.
#pragma once

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#if defined(__APPLE__)
#include <malloc/malloc.h>
#else
#include <malloc.h>
#endif
#if defined(__linux__)
#include <sys/prctl.h>
#else
#include <sys/resource.h>
#endif

static inline CURLcode tokenreeve_curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

// libcurl copies the string. NULL sets the option back to its default or turns it off, as its manual page says.
static inline CURLcode tokenreeve_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode tokenreeve_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

// libcurl does not copy the list: it has to outlive the handle's transfers.
static inline CURLcode tokenreeve_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode tokenreeve_curl_set_callback(CURL *handle, CURLoption option, curl_write_callback value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLMcode tokenreeve_curl_multi_set_long(CURLM *handle, CURLMoption option, long value) {
  return curl_multi_setopt(handle, option, value);
}

static inline CURLcode tokenreeve_curl_get_long(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode tokenreeve_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode tokenreeve_curl_get_pointer(CURL *handle, CURLINFO info, void **value) {
  return curl_easy_getinfo(handle, info, (char **)value);
}

// Overwrites memory in a way that the compiler does not remove.
static inline void tokenreeve_wipe(void *memory, size_t count) {
#if defined(__APPLE__)
  memset_s(memory, count, 0, count);
#else
  explicit_bzero(memory, count);
#endif
}

// From now on a crash leaves no core with the process's memory, and on Linux no other process of the user can read it.
static inline void tokenreeve_forbid_memory_dumps(void) {
#if defined(__linux__)
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#else
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
#endif
}

static inline size_t tokenreeve_allocated_size(void *memory) {
#if defined(__APPLE__)
  return malloc_size(memory);
#else
  return malloc_usable_size(memory);
#endif
}

static inline void tokenreeve_wiping_free(void *memory) {
  if (memory == NULL) return;
  tokenreeve_wipe(memory, tokenreeve_allocated_size(memory));
  free(memory);
}

static inline void *tokenreeve_wiping_realloc(void *memory, size_t count) {
  if (memory == NULL) return malloc(count);
  size_t old = tokenreeve_allocated_size(memory);
  // Not realloc: when it moves a block, it frees the old one with its content.
  void *moved = malloc(count);
  if (moved == NULL) return NULL;
  memcpy(moved, memory, old < count ? old : count);
  tokenreeve_wiping_free(memory);
  return moved;
}

// libcurl copies request headers, and with them the API key, into buffers of its own. It lets its allocator be
// replaced, so whatever it frees is wiped first.
static inline CURLcode tokenreeve_curl_global_init(void) {
  return curl_global_init_mem(
    CURL_GLOBAL_DEFAULT, malloc, tokenreeve_wiping_free, tokenreeve_wiping_realloc, strdup, calloc);
}
