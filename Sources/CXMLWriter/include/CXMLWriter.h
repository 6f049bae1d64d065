// An opaque XML writer over libxml2's xmlTextWriter; no type of libxml2 appears here.
#pragma once

typedef struct tokenreeve_xml_writer tokenreeve_xml_writer;
