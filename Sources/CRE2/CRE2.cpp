#include "CRE2.h"

#include <re2/re2.h>

static RE2 *object(tokenreeve_re2 expression) { return reinterpret_cast<RE2 *>(expression.address); }

tokenreeve_re2 tokenreeve_re2_create(const char *pattern, size_t length, int64_t memory) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(memory);
  return {reinterpret_cast<uintptr_t>(new RE2({pattern, length}, options))};
}

void tokenreeve_re2_free(tokenreeve_re2 expression) { delete object(expression); }

const char *tokenreeve_re2_error(tokenreeve_re2 expression, size_t *length) {
  const RE2 *re2 = object(expression);
  if (re2->ok()) return nullptr;
  *length = re2->error().size();
  return re2->error().data();
}

int tokenreeve_re2_program_size(tokenreeve_re2 expression) { return object(expression)->ProgramSize(); }

bool tokenreeve_re2_matches(tokenreeve_re2 expression, const char *text, size_t length) {
  return object(expression)->Match({text, length}, 0, length, RE2::UNANCHORED, nullptr, 0);
}
