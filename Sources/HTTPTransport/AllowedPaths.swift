/// The paths that a client may ask for. A request for any other path is refused before anything is sent.
package struct AllowedPaths: Equatable, Sendable {
  private let templates: [[String]]

  /// Templates such as `/orgs/{orgId}/policies`: a segment in braces stands for exactly one segment.
  package init(_ templates: [String]) {
    self.templates = templates.map { Self.segments($0[...]) }
  }

  /// Whether the percent-encoded path is well-formed and fits a template. Dot segments, empty segments and encoded
  /// slashes or backslashes never do: a server could read them as another path.
  package func contains(_ path: String) -> Bool {
    guard path.utf8.first == UInt8(ascii: "/") else { return false }
    let segments = Self.segments(path[...])
    guard segments.allSatisfy(Self.isSafe) else { return false }
    return templates.contains { template in
      template.count == segments.count
        && zip(template, segments).allSatisfy { ($0.hasPrefix("{") && $0.hasSuffix("}")) || $0 == $1 }
    }
  }

  private static func segments(_ path: Substring) -> [String] {
    path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
  }

  private static func isSafe(_ segment: String) -> Bool {
    var decoded: [UInt8] = []
    var bytes = segment.utf8.makeIterator()
    while let byte = bytes.next() {
      if byte == UInt8(ascii: "%") {
        guard let high = bytes.next(), let low = bytes.next(),
          let value = hexadecimal(high).flatMap({ high in hexadecimal(low).map { high << 4 | $0 } }),
          value > 0x1F, value != 0x7F, value != UInt8(ascii: "/"), value != UInt8(ascii: "\\")
        else { return false }
        decoded.append(value)
      } else {
        // RFC 3986's pchar without "%": unreserved, sub-delims, ":" and "@".
        guard isUnreserved(byte) || "!$&'()*+,;=:@".utf8.contains(byte) else { return false }
        decoded.append(byte)
      }
    }
    let text = String(decoding: decoded, as: UTF8.self)
    return !text.isEmpty && text != "." && text != ".."
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
