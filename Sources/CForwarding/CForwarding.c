#include "CForwarding.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

// The exit code of an internal failure.
static const int failure = 4;

const char *tokenreeve_missing_library(const char *file) {
  return dlopen(file, RTLD_NOW | RTLD_LOCAL) == NULL ? dlerror() : NULL;
}

void *tokenreeve_load_library(const char *file, const char *package) {
  void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (library != NULL) return library;
  fprintf(stderr, "tokenreeve: error: %s\n  install the package %s\n", dlerror(), package);
  _Exit(failure);
}

void *tokenreeve_find_function(void *library, const char *name) {
  void *function = dlsym(library, name);
  if (function != NULL) return function;
  fprintf(stderr, "tokenreeve: error: %s\n", dlerror());
  _Exit(failure);
}
