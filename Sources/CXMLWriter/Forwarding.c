// On Linux libxml2 is loaded by the first call of one of its functions: it brings the tables of ICU with it, and most runs
// write no XML.
#if defined(__linux__)
#include <libxml/parser.h>
#include <libxml/xmlwriter.h>

#include "CForwarding.h"
#include "CXMLWriter.h"

static const char file[] = "libxml2.so.2";
FORWARD_TO(file, "libxml2");

const char *tokenreeve_xml_missing_library(void) { return tokenreeve_missing_library(file); }

FORWARD(void, xmlInitParser, (void), ());
FORWARD(void, xmlSetStructuredErrorFunc, (void *context, xmlStructuredErrorFunc function), (context, function));
FORWARD(xmlStructuredErrorFunc *, __xmlStructuredError, (void), ());
FORWARD(void **, __xmlStructuredErrorContext, (void), ());

FORWARD(
  xmlOutputBufferPtr, xmlOutputBufferCreateIO,
  (xmlOutputWriteCallback write, xmlOutputCloseCallback close, void *context, xmlCharEncodingHandlerPtr encoder),
  (write, close, context, encoder));
FORWARD(int, xmlOutputBufferClose, (xmlOutputBufferPtr buffer), (buffer));

FORWARD(xmlTextWriterPtr, xmlNewTextWriter, (xmlOutputBufferPtr buffer), (buffer));
FORWARD(void, xmlFreeTextWriter, (xmlTextWriterPtr writer), (writer));
FORWARD(
  int, xmlTextWriterStartDocument,
  (xmlTextWriterPtr writer, const char *version, const char *encoding, const char *standalone),
  (writer, version, encoding, standalone));
FORWARD(int, xmlTextWriterEndDocument, (xmlTextWriterPtr writer), (writer));
FORWARD(int, xmlTextWriterStartElement, (xmlTextWriterPtr writer, const xmlChar *name), (writer, name));
FORWARD(int, xmlTextWriterEndElement, (xmlTextWriterPtr writer), (writer));
FORWARD(
  int, xmlTextWriterWriteAttribute, (xmlTextWriterPtr writer, const xmlChar *name, const xmlChar *value),
  (writer, name, value));
FORWARD(int, xmlTextWriterWriteString, (xmlTextWriterPtr writer, const xmlChar *text), (writer, text));
FORWARD(int, xmlTextWriterFlush, (xmlTextWriterPtr writer), (writer));
#else
#include "CXMLWriter.h"

const char *tokenreeve_xml_missing_library(void) { return NULL; }
#endif
