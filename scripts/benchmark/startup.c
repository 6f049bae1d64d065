/* Links what the product links and prints a line: what starting costs at least. */
#include <curl/curl.h>
#include <libxml/parser.h>
#include <stdio.h>

int main(void) {
  curl_global_init(CURL_GLOBAL_ALL);
  xmlInitParser();
  puts(curl_version());
  return 0;
}
