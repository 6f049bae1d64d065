#include "CXMLWriter.h"
#include <libxml/xmlwriter.h>
