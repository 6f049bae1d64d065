import HTTPTransport
import Testing

struct AllowedPathsTests {
  let paths = AllowedPaths(["/orgs/{orgId}/api-tokens", "/orgs/{orgId}/api-tokens/count"])

  @Test(arguments: ["/orgs/1/api-tokens", "/orgs/a%20b/api-tokens", "/orgs/a:b@c/api-tokens/count"])
  func fitting(path: String) { #expect(paths.contains(path)) }

  @Test(arguments: [
    "", "/", "orgs/1/api-tokens", "/orgs/1/api-tokens/", "/orgs//api-tokens", "/orgs/1/api-keys", "/orgs/../api-tokens",
    "/orgs/%2e%2E/api-tokens", "/orgs/./api-tokens", "/orgs/a%2Fb/api-tokens", "/orgs/a%5cb/api-tokens",
    "/orgs/a%0Ab/api-tokens", "/orgs/a%/api-tokens", "/orgs/a%zz/api-tokens", "/orgs/1?x/api-tokens",
    "/orgs/1#/api-tokens", "/orgs/a b/api-tokens", "/orgs/ä/api-tokens", "/orgs/1/api-tokens/count/x",
    "/orgs/a\\b/api-tokens", "/orgs/a\r\nb/api-tokens", "//orgs/1/api-tokens",
  ])
  func others(path: String) { #expect(!paths.contains(path)) }

  @Test func segmentsAreEncoded() {
    #expect(HTTPRequest.segment("a/b ?#%ä.~") == "a%2Fb%20%3F%23%25%C3%A4.~")
  }
}
