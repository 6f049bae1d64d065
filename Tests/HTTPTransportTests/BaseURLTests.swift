import HTTPTransport
import Testing

struct BaseURLTests {
  private func client(_ url: String) throws { _ = try HTTPClient(.init(baseURL: url, allowedPaths: AllowedPaths([]))) }

  @Test(arguments: [
    "https://api.atlassian.com", "https://example.org:8443/prefix/", "http://127.0.0.1:8080", "http://127.5.6.7",
    "http://[::1]:80/", "http://localhost:1", "http://LOCALHOST", "http://[0:0:0:0:0:0:0:1]/",
  ])
  func usable(url: String) throws { try client(url) }

  @Test(arguments: [
    "http://api.atlassian.com", "http://127.0.0.1.example.org", "http://localhost.example.org", "http://0.0.0.0",
    "http://128.0.0.1", "http://[::2]", "http://10.0.0.1", "ftp://127.0.0.1", "file:///etc/passwd", "https://",
    "https://user:hunter2@example.org", "https://user@example.org", "https://example.org/?a=b",
    "https://example.org/#a",
    "", "api.atlassian.com", "http://localhost@example.org", "https://exa mple.org", "http://127.0.0.1\r\n",
  ])
  func unusable(url: String) {
    let error = #expect(throws: TransportError.self) { try client(url) }
    guard case .invalidBaseURL = error else {
      Issue.record("\(url) gives \(String(describing: error))")
      return
    }
    #expect(error?.message.contains("hunter2") == false)
  }
}
