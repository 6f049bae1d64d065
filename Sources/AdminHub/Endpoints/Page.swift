package import Inventory

/// One page of a list: where its records lie in the answer's bytes, and how to go on.
package struct Page: Sendable {
  package let list: CollectedList
  /// The answer's body, which the records' ranges point into.
  package let body: [UInt8]
  package private(set) var records: [Record] = []
  /// The cursor of the next page; nil on the last one.
  package private(set) var next: String?
  /// The host of a `next` URL, when it was a URL.
  private(set) var nextHost: String?

  package struct Record: Sendable {
    package let range: Range<Int>
    /// The record's id, or the digest that stands for it.
    package let id: String
  }

  /// Takes an answer apart. Throws `JSONError` when it is no JSON, or has no list of records.
  init(_ list: CollectedList, _ paging: Endpoint.Paging, body: [UInt8]) throws(JSONError) {
    self.list = list
    self.body = body
    var scanner = JSONScanner(body)
    var hasData = false
    var links: JSONValue = .null
    var meta: JSONValue = .null
    try scanner.readObject { scanner, key throws(JSONError) in
      switch scanner.text(key) {
      case "data" where try scanner.peek() == .array && !hasData:
        hasData = true
        try scanner.readArray { scanner throws(JSONError) in records.append(try Self.record(&scanner)) }
      case "links": links = try scanner.readValue()
      case "meta": meta = try scanner.readValue()
      default: try scanner.skipValue()
      }
    }
    try scanner.finish()
    guard hasData else { throw JSONError("the answer has no list `data`", at: 0) }
    let (cursor, host) = Self.cursor(in: paging == .metaNext ? [meta["next"], links["next"]] : [links["next"]])
    next = cursor
    nextHost = host
  }

  /// Only a record's id is read here; its fields are checked when it becomes part of an inventory.
  private static func record(_ scanner: inout JSONScanner) throws(JSONError) -> Record {
    var ids: [String] = []
    var hasUnreadableID = false
    let kind = try scanner.peek()
    let start = scanner.position
    if kind == .object {
      try scanner.readObject { scanner, key throws(JSONError) in
        if scanner.equals(key, "id"), try scanner.peek() == .string {
          ids.append(scanner.text(try scanner.readString()))
        } else {
          if scanner.equals(key, "id") { hasUnreadableID = true }
          try scanner.skipValue()
        }
      }
    } else {
      try scanner.skipValue()
    }
    let range = start..<scanner.position
    if ids.count == 1, !ids[0].isEmpty, !hasUnreadableID { return Record(range: range, id: ids[0]) }
    var minified: [UInt8] = []
    scanner.appendMinified(range, to: &minified)
    return Record(range: range, id: digestIdentity(of: minified))
  }

  /// The first candidate that says how to go on. A URL counts for its `cursor` only, whatever its host and path.
  private static func cursor(in candidates: [JSONValue?]) -> (cursor: String?, host: String?) {
    var host: String?
    var cursor: String?
    for case .string(let text)? in candidates where !text.isEmpty {
      guard let scheme = text.range(ofScheme: "://") else {
        if cursor == nil { cursor = text }
        continue
      }
      let rest = text[scheme...]
      host = host ?? String(rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" })
      let query = rest.split(separator: "?", maxSplits: 1).dropFirst().first?.split(separator: "#").first ?? ""
      let value = query.split(separator: "&").first { $0.hasPrefix("cursor=") }?.dropFirst("cursor=".count)
      if cursor == nil { cursor = value.map(percentDecoded) }
    }
    return (cursor, host)
  }
}

extension String {
  /// Where the text behind a scheme's separator begins, when the text begins with a scheme.
  fileprivate func range(ofScheme separator: String) -> Index? {
    var index = startIndex
    while index < endIndex, self[index].isLetter { index = self.index(after: index) }
    guard index > startIndex, self[index...].hasPrefix(separator) else { return nil }
    return self.index(index, offsetBy: separator.count)
  }
}

/// RFC 3986 percent-decoding; a `%` that begins no escape stays.
private func percentDecoded(_ text: Substring) -> String {
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let byte = rest.popFirst() {
    if byte == UInt8(ascii: "%"), rest.count >= 2,
      let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
    {
      bytes.append(value)
      rest = rest.dropFirst(2)
    } else {
      bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
