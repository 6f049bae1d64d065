// An opaque XML writer over libxml2's xmlTextWriter; no type of libxml2 appears here.
//
// Strings have to be UTF-8 without characters that XML 1.0 forbids, and names have to be XML names: libxml2 checks
// neither. Functions that return int return 0, or -1 when libxml2 or the sink failed; from then on all of them do.
// A writer is used and freed on the thread that created it.
#pragma once

#include <stddef.h>

#pragma clang assume_nonnull begin

typedef struct tokenreeve_xml_writer tokenreeve_xml_writer;

/// Takes all bytes and returns 0, or returns -1.
typedef int (*tokenreeve_xml_sink)(void *context, const char *bytes, size_t count);

/// Why libxml2 can't be loaded; NULL when it can. Without it, the other functions end the process.
const char *_Nullable tokenreeve_xml_missing_library(void);

/// A writer of UTF-8 to a sink, or NULL when memory is short. `context` has to outlive it.
tokenreeve_xml_writer *_Nullable tokenreeve_xml_writer_create(tokenreeve_xml_sink sink, void *context);

/// Frees the writer. What was not handed over by `finish` may go to the sink, or not.
void tokenreeve_xml_writer_free(tokenreeve_xml_writer *writer);

int tokenreeve_xml_writer_start_element(tokenreeve_xml_writer *writer, const char *name);
int tokenreeve_xml_writer_attribute(tokenreeve_xml_writer *writer, const char *name, const char *value);
int tokenreeve_xml_writer_text(tokenreeve_xml_writer *writer, const char *text);
int tokenreeve_xml_writer_end_element(tokenreeve_xml_writer *writer);

/// Ends the document and hands everything to the sink.
int tokenreeve_xml_writer_finish(tokenreeve_xml_writer *writer);

#pragma clang assume_nonnull end
