internal import CLibcurl

/// Where requests go: `https`, or `http` to this machine alone.
struct BaseURL: Equatable, Sendable {
  /// The URL without a slash at its end.
  let text: String
  /// The host as errors name it.
  let host: String
  /// Whether the host is this machine by its very name, so that no name server or proxy takes part.
  let isLoopback: Bool
  /// Whether it is `https`.
  let isEncrypted: Bool

  init(_ text: String) throws(TransportError) {
    guard let url = unsafe curl_url() else { throw .other("out of memory") }
    defer { unsafe curl_url_cleanup(url) }
    guard unsafe curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK else {
      throw .invalidBaseURL("it is not a URL")
    }
    let part = { part in unsafe Self.part(part, of: url) }
    guard part(CURLUPART_USER) == nil, part(CURLUPART_PASSWORD) == nil else {
      throw .invalidBaseURL("it contains a user name or password")
    }
    guard part(CURLUPART_QUERY) == nil, part(CURLUPART_FRAGMENT) == nil else {
      throw .invalidBaseURL("it contains a query or a fragment")
    }
    guard let scheme = part(CURLUPART_SCHEME), let host = part(CURLUPART_HOST), !host.isEmpty else {
      throw .invalidBaseURL("it names no host")
    }
    isLoopback = Self.isLoopback(host)
    guard scheme == "https" || scheme == "http" else { throw .invalidBaseURL("its scheme is not https") }
    guard scheme == "https" || isLoopback else {
      throw .invalidBaseURL("plain http would send the API key readable for everyone on the way")
    }
    self.host = host
    isEncrypted = scheme == "https"
    var path = part(CURLUPART_PATH) ?? ""
    while path.hasSuffix("/") { path.removeLast() }
    self.text = scheme + "://" + host + (part(CURLUPART_PORT).map { ":" + $0 } ?? "") + path
  }

  private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
    var value: UnsafeMutablePointer<CChar>?
    guard unsafe curl_url_get(url, part, &value, 0) == CURLUE_OK, let value = unsafe value else { return nil }
    defer { unsafe curl_free(value) }
    return unsafe String(cString: value)
  }

  /// `localhost` (which libcurl itself takes for 127.0.0.1 and ::1), ::1 and 127.0.0.0/8. libcurl has put addresses
  /// into their usual form by now.
  static func isLoopback(_ host: String) -> Bool {
    let host = host.lowercased()
    if host == "localhost" || host == "[::1]" { return true }
    let octets = host.split(separator: ".", omittingEmptySubsequences: false)
    return octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil && $0.first != "+" }
  }
}
