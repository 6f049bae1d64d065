// Functions of a shared library that is loaded by the first call of one of them, not when the process starts: for
// libraries that most runs do not need, and that bring others with them.
//
// FORWARD_TO names the library, once in a file, and FORWARD then defines one function after the other, each of which
// looks the real one up once. They are hidden: what is loaded later must not find them in place of the real ones. Every
// function that the program calls of the library has to be among them, or the linker takes the library itself.
#pragma once

#include <pthread.h>
#include <stddef.h>

// Why the library can't be loaded, until the next call; NULL when it can. For those who can do without it.
const char *tokenreeve_missing_library(const char *file);

// The library; when there is none, the process ends with a message that names the package to install.
void *tokenreeve_load_library(const char *file, const char *package);

// The function; when there is none, the process ends likewise.
void *tokenreeve_find_function(void *library, const char *name);

#define FORWARD_TO(file, package)                                                       \
  static void *forwarding_library;                                                      \
  static void forwarding_load(void) {                                                   \
    forwarding_library = tokenreeve_load_library(file, package);                        \
  }                                                                                     \
  static void *forwarding_find(const char *name) {                                      \
    static pthread_once_t once = PTHREAD_ONCE_INIT;                                     \
    pthread_once(&once, forwarding_load);                                               \
    return tokenreeve_find_function(forwarding_library, name);                          \
  }                                                                                     \
  _Static_assert(1, "")

// Inside a function, `real` is the one that it forwards to. Two threads may look it up at the same time: they find the
// same.
#define FORWARDING(name)                                                 \
  static _Atomic(__typeof__(&name)) known;                               \
  __typeof__(&name) real = known;                                        \
  if (real == NULL) known = real = (__typeof__(&name))forwarding_find(#name)

#define HIDDEN __attribute__((visibility("hidden")))

#define FORWARD(result, name, parameters, arguments) \
  HIDDEN result name parameters {                    \
    FORWARDING(name);                                \
    return real arguments;                           \
  }                                                  \
  _Static_assert(1, "")
