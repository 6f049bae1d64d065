package import Inventory

/// One page of a list: where its records lie in the answer's bytes, and how to go on.
package struct Page: Sendable {
  package let list: CollectedList
  /// The answer's body, which the records' ranges point into.
  package let body: [UInt8]
  package private(set) var records: [Record] = []
  private(set) var continuation = Continuation.unknown("the answer does not say whether another page follows")
  /// The host of a `next` URL, when it was a URL.
  private(set) var nextHost: String?

  /// What an answer says about the page after it.
  enum Continuation: Equatable {
    case next(cursor: String)
    case last
    /// It can't be told; the text says why.
    case unknown(String)
  }

  /// Takes an answer apart. Throws `JSONError` when it is no JSON, or has no list of records.
  init(_ list: CollectedList, _ paging: Endpoint.Paging, body: [UInt8]) throws(JSONError) {
    self.list = list
    self.body = body
    var scanner = JSONScanner(body)
    var hasData = false
    var links: JSONValue?
    var meta: JSONValue?
    try scanner.readObject { scanner, key throws(JSONError) in
      switch scanner.text(key) {
      case "data":
        guard !hasData else { throw JSONError("the answer has two lists `data`", at: scanner.position) }
        guard try scanner.peek() == .array else { throw JSONError("`data` is not a list", at: scanner.position) }
        hasData = true
        try scanner.readArray { scanner throws(JSONError) in records.append(try Record(&scanner)) }
      case "links": links = try Self.continuation(&scanner, unlessGiven: links)
      case "meta": meta = try Self.continuation(&scanner, unlessGiven: meta)
      case "errors":
        // A status of 200 does not make a list whole that failed in part.
        let errors = try scanner.readValue()
        guard errors == .null || errors == .array([]) else {
          throw JSONError("the answer reports errors beside its records", at: scanner.position)
        }
      default: try scanner.skipValue()
      }
    }
    try scanner.finish()
    guard hasData else { throw JSONError("the answer has no list `data`", at: 0) }
    let documented = paging == .metaNext ? [meta, links] : [links]
    for case .object? in documented { continuation = .last }
    // Where no cursor is documented, one is no less a sign that the list goes on.
    readContinuation(in: paging == .metaNext ? [meta, links] : [links, meta])
  }

  /// What says how to go on. Given twice, it is anybody's guess which one counts, and one of them may be the end.
  private static func continuation(
    _ scanner: inout JSONScanner, unlessGiven earlier: JSONValue?
  ) throws(JSONError) -> JSONValue {
    let value = try scanner.readValue()
    guard earlier == nil, value.repeatedName == nil else {
      throw JSONError("the answer says twice how to go on", at: scanner.position)
    }
    return value
  }

  /// Reads `next` of each object; the first that says how to go on counts. An answer with none of the documented
  /// objects says nothing about its end, and neither does one whose `next` can't be read.
  private mutating func readContinuation(in places: [JSONValue?]) {
    var isUnreadable = false
    for next in places.map({ $0?["next"] }) {
      switch next {
      case nil, .null, .string(""): continue
      case .string(let text):
        let (cursor, host) = Self.cursor(in: text)
        nextHost = nextHost ?? host
        guard let cursor else {
          isUnreadable = true
          continue
        }
        if case .next = continuation { continue }
        continuation = .next(cursor: cursor)
      default: isUnreadable = true
      }
    }
    if isUnreadable, continuation == .last {
      continuation = .unknown("the answer's link to the next page could not be read")
    }
  }

  /// A bare cursor is its own text. A URL counts for its `cursor` only, whatever its host and path.
  private static func cursor(in text: String) -> (cursor: String?, host: String?) {
    guard let start = text.endOfScheme else { return (text, nil) }
    let rest = text[start...]
    let host = String(rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" })
    let query = rest.split(separator: "?", maxSplits: 1).dropFirst().first?.split(separator: "#").first ?? ""
    let value = query.split(separator: "&").first { $0.hasPrefix("cursor=") }?.dropFirst("cursor=".count) ?? ""
    return (value.isEmpty ? nil : percentDecoded(value), host)
  }
}

extension Page {
  /// A record of a page, as far as it is read here: its fields are checked when it becomes part of an inventory.
  package struct Record: Sendable {
    package let extent: JSONExtent
    /// Where its id is; nil without one that can be read.
    let id: JSONString?

    /// Consumes one value of any kind.
    init(_ scanner: inout JSONScanner) throws(JSONError) {
      scanner.skipWhitespace()
      if let object = scanner.consumePlainObject(textOf: "id") {
        (extent, id) = (object.extent, object.text)
        return
      }
      var found: JSONString?
      var count = 0
      extent = try scanner.extent { scanner throws(JSONError) in
        guard try scanner.peek() == .object else { return _ = try scanner.skipValue() }
        try scanner.readObject { scanner, key throws(JSONError) in
          guard scanner.equals(key, "id") else { return _ = try scanner.skipValue() }
          count += 1
          if try scanner.peek() == .string { found = try scanner.readString() } else { try scanner.skipValue() }
        }
      }
      // Given twice, it is anybody's guess which one counts.
      id = count == 1 && found?.range.isEmpty == false ? found : nil
    }
  }
}

extension String {
  /// Where the text behind a scheme and `://` begins; nil when the text does not begin with a scheme.
  fileprivate var endOfScheme: Index? {
    guard let index = firstIndex(where: { !$0.isLetter }), index > startIndex, self[index...].hasPrefix("://") else {
      return nil
    }
    return self.index(index, offsetBy: 3)
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
