// libcurl for Swift: `curl_easy_setopt` is variadic, which Swift cannot call, so each kind of value has a typed setter.
#pragma once

#include <curl/curl.h>

static inline CURLcode tokenreeve_curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}
