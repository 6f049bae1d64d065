#include "CXMLWriter.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlwriter.h>
#include <stdlib.h>

struct tokenreeve_xml_writer {
  xmlTextWriterPtr writer;
  tokenreeve_xml_sink sink;
  void *context;
  int has_failed;
  xmlStructuredErrorFunc previous_handler;
  void *previous_context;
};

// By default libxml2 prints errors to standard error. Every error is in a return value here.
static void ignore_error(void *context, xmlErrorPtr error) {
  (void)context;
  (void)error;
}

static int write_bytes(void *context, const char *bytes, int count) {
  tokenreeve_xml_writer *self = context;
  if (self->has_failed || count < 0 || self->sink(self->context, bytes, (size_t)count) != 0) {
    self->has_failed = 1;
    return -1;
  }
  return count;
}

static int checked(tokenreeve_xml_writer *self, int result) {
  if (result < 0) self->has_failed = 1;
  return self->has_failed ? -1 : 0;
}

tokenreeve_xml_writer *tokenreeve_xml_writer_create(tokenreeve_xml_sink sink, void *context) {
  tokenreeve_xml_writer *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->sink = sink;
  self->context = context;
  xmlInitParser();
  self->previous_handler = xmlStructuredError;
  self->previous_context = xmlStructuredErrorContext;
  xmlSetStructuredErrorFunc(NULL, ignore_error);
  xmlOutputBufferPtr buffer = xmlOutputBufferCreateIO(write_bytes, NULL, self, NULL);
  // On success the writer owns the buffer.
  if (buffer != NULL) self->writer = xmlNewTextWriter(buffer);
  if (self->writer == NULL) {
    if (buffer != NULL) xmlOutputBufferClose(buffer);
    tokenreeve_xml_writer_free(self);
    return NULL;
  }
  // With the encoding named, libxml2 takes strings as they are; without it, it would guess at bytes.
  checked(self, xmlTextWriterStartDocument(self->writer, "1.0", "UTF-8", NULL));
  return self;
}

void tokenreeve_xml_writer_free(tokenreeve_xml_writer *self) {
  if (self->writer != NULL) xmlFreeTextWriter(self->writer);
  xmlSetStructuredErrorFunc(self->previous_context, self->previous_handler);
  free(self);
}

int tokenreeve_xml_writer_start_element(tokenreeve_xml_writer *self, const char *name) {
  if (self->has_failed) return -1;
  return checked(self, xmlTextWriterStartElement(self->writer, (const xmlChar *)name));
}

int tokenreeve_xml_writer_attribute(tokenreeve_xml_writer *self, const char *name, const char *value) {
  if (self->has_failed) return -1;
  return checked(self, xmlTextWriterWriteAttribute(self->writer, (const xmlChar *)name, (const xmlChar *)value));
}

int tokenreeve_xml_writer_text(tokenreeve_xml_writer *self, const char *text) {
  if (self->has_failed) return -1;
  return checked(self, xmlTextWriterWriteString(self->writer, (const xmlChar *)text));
}

int tokenreeve_xml_writer_end_element(tokenreeve_xml_writer *self) {
  if (self->has_failed) return -1;
  return checked(self, xmlTextWriterEndElement(self->writer));
}

int tokenreeve_xml_writer_finish(tokenreeve_xml_writer *self) {
  if (self->has_failed) return -1;
  if (checked(self, xmlTextWriterEndDocument(self->writer)) != 0) return -1;
  return checked(self, xmlTextWriterFlush(self->writer));
}
