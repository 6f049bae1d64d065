/// A request for a path below the client's base URL. It has no method: everything is a GET.
package struct HTTPRequest: Equatable, Sendable {
  /// One `name=value` of the query; neither is percent-encoded yet.
  package struct QueryItem: Equatable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The percent-encoded path, beginning with a slash.
  package let path: String
  /// The query, in its order.
  package let query: [QueryItem]
  /// How many times this was asked, from 1: passed through to the observer.
  package let attempt: Int

  package init(path: String, query: [QueryItem] = [], attempt: Int = 1) {
    self.path = path
    self.query = query
    self.attempt = attempt
  }

  /// The text as one segment of a path, everything but RFC 3986's unreserved characters percent-encoded.
  package static func segment(_ text: String) -> String { percentEncoded(text) }

  /// Path and query as they follow the base URL.
  var target: String {
    query.isEmpty
      ? path
      : path + "?" + query.map { percentEncoded($0.name) + "=" + percentEncoded($0.value) }.joined(separator: "&")
  }
}

/// RFC 3986, section 2: everything but unreserved characters as `%` and two hexadecimal digits of each UTF-8 byte.
private func percentEncoded(_ text: String) -> String {
  let digits = Array("0123456789ABCDEF".utf8)
  var bytes: [UInt8] = []
  for byte in text.utf8 {
    if isUnreserved(byte) {
      bytes.append(byte)
    } else {
      bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

func isUnreserved(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
    true
  default: false
  }
}
