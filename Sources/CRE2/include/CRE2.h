// Regular expressions of the C++ library RE2, behind C functions.
//
// Patterns and texts are UTF-8 of a given length and may hold NUL; without length they may be NULL. When memory is
// short the process ends, as it does in Swift.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled pattern. Any number of threads may use it at once.
///
/// It holds the address as a number, since Swift's threads can't share a pointer.
typedef struct {
  uintptr_t address;
} tokenreeve_re2;

/// Compiles a pattern, which `tokenreeve_re2_free` frees. Nothing is printed when it is not valid: ask
/// `tokenreeve_re2_error`.
///
/// `memory` is about the most bytes that the compiled pattern and its caches may take: a pattern that needs more is
/// not valid.
tokenreeve_re2 tokenreeve_re2_create(const char *_Nullable pattern, size_t length, int64_t memory);

void tokenreeve_re2_free(tokenreeve_re2 expression);

/// What is wrong with the pattern, or NULL. The text lives as long as the expression and may hold NUL; `length` is
/// set to its length.
const char *_Nullable tokenreeve_re2_error(tokenreeve_re2 expression, size_t *_Nonnull length);

/// The number of instructions that a valid pattern was compiled to.
int tokenreeve_re2_program_size(tokenreeve_re2 expression);

/// Whether any part of the text matches a valid pattern, in time that grows linearly with the text.
bool tokenreeve_re2_matches(tokenreeve_re2 expression, const char *_Nullable text, size_t length);

#ifdef __cplusplus
}
#endif
