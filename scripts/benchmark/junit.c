/* Writes a JUnit document with libxml2's writer, and nothing else: what it holds is read before the clock starts.

   Usage: junit DOCUMENT COPY. Prints the seconds that writing took, on the clock and of the processor. The copy is the same, byte for byte. */
#include <fcntl.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlwriter.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MOST_ATTRIBUTES 12

enum kind { START, TEXT, END };

/* One event of the document; names and values are kept apart from it. */
struct event {
  enum kind kind;
  int attributes;
  xmlChar *text;
  xmlChar *names[MOST_ATTRIBUTES], *values[MOST_ATTRIBUTES];
};

static struct event *events;
static size_t count, capacity;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static struct event *add(enum kind kind) {
  if (count == capacity) {
    capacity = capacity ? capacity * 2 : 1024;
    events = realloc(events, capacity * sizeof *events);
    if (!events) fail("realloc");
  }
  struct event *event = &events[count++];
  event->kind = kind;
  event->attributes = 0;
  event->text = NULL;
  return event;
}

static void read_document(const char *path) {
  xmlTextReaderPtr reader = xmlReaderForFile(path, NULL, XML_PARSE_HUGE);
  if (!reader) fail(path);
  int state;
  while ((state = xmlTextReaderRead(reader)) == 1) {
    switch (xmlTextReaderNodeType(reader)) {
      case XML_READER_TYPE_ELEMENT: {
        int is_empty = xmlTextReaderIsEmptyElement(reader);
        struct event *event = add(START);
        event->text = xmlStrdup(xmlTextReaderConstName(reader));
        while (xmlTextReaderMoveToNextAttribute(reader) == 1 && event->attributes < MOST_ATTRIBUTES) {
          event->names[event->attributes] = xmlStrdup(xmlTextReaderConstName(reader));
          event->values[event->attributes++] = xmlTextReaderValue(reader);
        }
        if (is_empty) add(END);
        break;
      }
      case XML_READER_TYPE_TEXT:
      case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
      case XML_READER_TYPE_WHITESPACE: add(TEXT)->text = xmlTextReaderValue(reader); break;
      case XML_READER_TYPE_END_ELEMENT: add(END); break;
    }
  }
  if (state != 0) fail("reading");
  xmlFreeTextReader(reader);
}

static void check(int result) {
  if (result < 0) fail("writing");
}

static void write_document(const char *path) {
  int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (descriptor < 0) fail(path);
  xmlOutputBufferPtr buffer = xmlOutputBufferCreateFd(descriptor, NULL);
  xmlTextWriterPtr writer = xmlNewTextWriter(buffer);
  if (!writer) fail("xmlNewTextWriter");
  check(xmlTextWriterStartDocument(writer, "1.0", "UTF-8", NULL));
  for (size_t index = 0; index < count; index++) {
    const struct event *event = &events[index];
    switch (event->kind) {
      case START:
        check(xmlTextWriterStartElement(writer, event->text));
        for (int number = 0; number < event->attributes; number++)
          check(xmlTextWriterWriteAttribute(writer, event->names[number], event->values[number]));
        break;
      case TEXT: check(xmlTextWriterWriteString(writer, event->text)); break;
      case END: check(xmlTextWriterEndElement(writer)); break;
    }
  }
  check(xmlTextWriterEndDocument(writer));
  check(xmlTextWriterFlush(writer));
  xmlFreeTextWriter(writer);
  if (fsync(descriptor) != 0 || close(descriptor) != 0) fail(path);
}

static double seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  if (argc != 3) return fprintf(stderr, "usage: junit DOCUMENT COPY\n"), 2;
  read_document(argv[1]);
  double start = seconds(CLOCK_MONOTONIC), cpu_start = seconds(CLOCK_PROCESS_CPUTIME_ID);
  write_document(argv[2]);
  printf("%.6f %.6f\n", seconds(CLOCK_MONOTONIC) - start, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu_start);
  return 0;
}
