/* Downloads all pages of an organization's lists with plain libcurl, one request after the other on one connection,
   looks in each page for nothing but the next cursor, and throws it away: the least that any collector has to do.

   Usage: download BASE-URL ORGANIZATION, the key in ATLASSIAN_ADMIN_API_KEY. Prints pages and bytes. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct page { char *bytes; size_t count, capacity; };

static size_t receive(char *bytes, size_t size, size_t count, void *context) {
  struct page *page = context;
  size_t added = size * count;
  if (page->count + added + 1 > page->capacity) {
    page->capacity = (page->count + added + 1) * 2;
    page->bytes = realloc(page->bytes, page->capacity);
    if (!page->bytes) return 0;
  }
  memcpy(page->bytes + page->count, bytes, added);
  page->count += added;
  page->bytes[page->count] = 0;
  return added;
}

/* The cursor stands at the end of a page (API Access) or before its links (Organizations): the last or first member
   of that name that is a string and no URL. */
static int next_cursor(const struct page *page, char *cursor, size_t size) {
  const char *start = page->count > 4096 ? page->bytes + page->count - 4096 : page->bytes;
  for (const char *found = start; (found = strstr(found, "\"next\":\"")); found++) {
    const char *value = found + 8, *end = strchr(value, '"');
    if (!end || end == value || strncmp(value, "http", 4) == 0 || (size_t)(end - value) >= size) continue;
    memcpy(cursor, value, end - value);
    cursor[end - value] = 0;
    return 1;
  }
  return 0;
}

int main(int count, char **arguments) {
  static const char *paths[] = {
    "/admin/api-access/v1/orgs/%s/api-tokens?pageSize=1000", "/admin/api-access/v1/orgs/%s/api-keys?pageSize=1000",
    "/admin/v1/orgs/%s/policies" };
  const char *key = getenv("ATLASSIAN_ADMIN_API_KEY");
  if (count != 3 || !key) return 2;
  curl_global_init(CURL_GLOBAL_DEFAULT);
  CURL *easy = curl_easy_init();
  char header[512], url[4096], path[1024], cursor[1024];
  snprintf(header, sizeof header, "Authorization: Bearer %s", key);
  struct curl_slist *headers = curl_slist_append(NULL, header);
  struct page page = { 0 };
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &page);
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(easy, CURLOPT_FAILONERROR, 1L);
  long pages = 0;
  size_t bytes = 0;
  for (int list = 0; list < 3; list++) {
    snprintf(path, sizeof path, paths[list], arguments[2]);
    cursor[0] = 0;
    do {
      char *escaped = curl_easy_escape(easy, cursor, 0);
      const char *join = !cursor[0] ? "" : strchr(path, '?') ? "&cursor=" : "?cursor=";
      snprintf(url, sizeof url, "%s%s%s%s", arguments[1], path, join, cursor[0] ? escaped : "");
      curl_free(escaped);
      curl_easy_setopt(easy, CURLOPT_URL, url);
      page.count = 0;
      CURLcode code = curl_easy_perform(easy);
      if (code != CURLE_OK) {
        fprintf(stderr, "download: %s: %s\n", url, curl_easy_strerror(code));
        return 1;
      }
      pages++;
      bytes += page.count;
    } while (next_cursor(&page, cursor, sizeof cursor));
  }
  printf("%ld pages, %zu bytes\n", pages, bytes);
  return 0;
}
