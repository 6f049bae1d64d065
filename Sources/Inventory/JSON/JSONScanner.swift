/// Reads JSON (RFC 8259) from bytes without building a tree: the caller walks objects and arrays and takes what it
/// knows, everything else is checked and skipped.
///
/// The bytes of every value stay addressable (`lastValue`), because a snapshot keeps records exactly as they came:
/// numbers beyond 2⁵³ and unknown fields included. See `docs/decisions/json-reader.md`.
package struct JSONScanner: Sendable {
  package let bytes: [UInt8]
  package internal(set) var position: Int
  let end: Int
  private(set) var depth: Int
  /// How many bytes between tokens have been skipped.
  private(set) var whitespaceCount = 0

  /// Deeper nesting is refused: no answer of the Admin APIs comes near it, and recursion must stay bounded.
  package static let maximumDepth = 256

  /// - Parameter depth: how many objects and arrays the range is in already.
  package init(_ bytes: [UInt8], in range: Range<Int>? = nil, depth: Int = 0) {
    self.bytes = bytes
    self.depth = depth
    self.position = range?.lowerBound ?? 0
    self.end = range?.upperBound ?? bytes.count
  }

  /// What kind of value comes next.
  package enum Kind: Sendable { case object, array, string, number, boolean, null }

  /// Skips white space and names the kind of the value that follows, without consuming it.
  package mutating func peek() throws(JSONError) -> Kind {
    skipWhitespace()
    guard position < end else { throw JSONError("the text ends where a value should be", at: position) }
    switch bytes[position] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: throw JSONError("expected a value", at: position)
    }
  }

  /// Calls `member` once per member of the object that comes next, with the scanner before the member's value, which
  /// `member` must consume.
  package mutating func readObject(
    _ member: (inout JSONScanner, JSONString) throws(JSONError) -> Void
  ) throws(JSONError) {
    skipWhitespace()
    try enter(UInt8(ascii: "{"), "expected an object")
    if consume(UInt8(ascii: "}")) { return leave() }
    while true {
      skipWhitespace()
      let key = try readString()
      skipWhitespace()
      guard consume(UInt8(ascii: ":")) else { throw JSONError("expected ':' after a member's name", at: position) }
      try member(&self, key)
      skipWhitespace()
      if consume(UInt8(ascii: ",")) { continue }
      guard consume(UInt8(ascii: "}")) else { throw JSONError("expected ',' or '}' in an object", at: position) }
      return leave()
    }
  }

  /// Calls `element` once per element of the array that comes next, with the scanner before the element, which
  /// `element` must consume.
  package mutating func readArray(_ element: (inout JSONScanner) throws(JSONError) -> Void) throws(JSONError) {
    skipWhitespace()
    try enter(UInt8(ascii: "["), "expected an array")
    if consume(UInt8(ascii: "]")) { return leave() }
    while true {
      try element(&self)
      skipWhitespace()
      if consume(UInt8(ascii: ",")) { continue }
      guard consume(UInt8(ascii: "]")) else { throw JSONError("expected ',' or ']' in an array", at: position) }
      return leave()
    }
  }

  /// Consumes one value of any kind and returns where its bytes are.
  @discardableResult
  package mutating func skipValue() throws(JSONError) -> Range<Int> {
    let kind = try peek()
    let start = position
    switch kind {
    case .object: try readObject { scanner, _ throws(JSONError) in try scanner.skipValue() }
    case .array: try readArray { scanner throws(JSONError) in try scanner.skipValue() }
    case .string: _ = try readString()
    case .number: try skipNumber()
    case .boolean: _ = try readBoolean()
    case .null: try readNull()
    }
    return start..<position
  }

  /// Consumes `true` or `false`.
  package mutating func readBoolean() throws(JSONError) -> Bool {
    skipWhitespace()
    if consumeWord("true") { return true }
    if consumeWord("false") { return false }
    throw JSONError("expected true or false", at: position)
  }

  /// Consumes `null`.
  package mutating func readNull() throws(JSONError) {
    skipWhitespace()
    guard consumeWord("null") else { throw JSONError("expected null", at: position) }
  }

  /// Consumes a number and returns its text.
  package mutating func readNumber() throws(JSONError) -> String {
    skipWhitespace()
    let start = position
    try skipNumber()
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Throws unless nothing but white space is left.
  package mutating func finish() throws(JSONError) {
    skipWhitespace()
    guard position == end else { throw JSONError("unexpected text after the value", at: position) }
  }

  @inline(__always)
  package mutating func skipWhitespace() {
    if position < end, bytes[position] > 0x20 { return }
    skipAnyWhitespace()
  }

  private mutating func skipAnyWhitespace() {
    while position < end {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09:
        position += 1
        whitespaceCount += 1
      default: return
      }
    }
  }

  /// Consumes a string and returns where its content is; its UTF-8 and its escapes have been checked.
  package mutating func readString() throws(JSONError) -> JSONString {
    guard position < end, bytes[position] == UInt8(ascii: "\"") else {
      throw JSONError("expected a string", at: position)
    }
    position += 1
    let start = position
    var hasEscapes = false
    while true {
      position = unsafe bytes.span.bytes.endOfPlainText(from: position, to: end)
      guard position < end else { break }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        position += 1
        return JSONString(range: start..<(position - 1), hasEscapes: hasEscapes)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        try skipEscape()
      } else if byte < 0x20 {
        throw JSONError("a control character stands unescaped in a string", at: position)
      } else if byte < 0x80 {
        position += 1
      } else {
        try skipMultibyteScalar()
      }
    }
    throw JSONError("a string is not closed", at: position)
  }

  // MARK: - Parts

  private mutating func enter(_ opening: UInt8, _ message: String) throws(JSONError) {
    guard position < end, bytes[position] == opening else { throw JSONError(message, at: position) }
    guard depth < Self.maximumDepth else { throw JSONError("nested deeper than \(Self.maximumDepth)", at: position) }
    position += 1
    depth += 1
    skipWhitespace()
  }

  private mutating func leave() { depth -= 1 }

  private mutating func consume(_ byte: UInt8) -> Bool {
    guard position < end, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func consumeWord(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard end - position >= length, bytes[position..<(position + length)].elementsEqual("\(word)".utf8) else {
      return false
    }
    position += length
    return true
  }

  private mutating func skipNumber() throws(JSONError) {
    _ = consume(UInt8(ascii: "-"))
    guard let first = digit() else { throw JSONError("expected a number", at: position) }
    position += 1
    if first != 0 { skipDigits() }
    if consume(UInt8(ascii: ".")) {
      guard digit() != nil else { throw JSONError("expected a digit after '.'", at: position) }
      skipDigits()
    }
    if consume(UInt8(ascii: "e")) || consume(UInt8(ascii: "E")) {
      if !consume(UInt8(ascii: "+")) { _ = consume(UInt8(ascii: "-")) }
      guard digit() != nil else { throw JSONError("expected a digit in the exponent", at: position) }
      skipDigits()
    }
    if digit() != nil { throw JSONError("a number starts with a zero", at: position) }
  }

  private func digit() -> UInt8? {
    guard position < end, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[position] else { return nil }
    return bytes[position] - UInt8(ascii: "0")
  }

  private mutating func skipDigits() {
    while digit() != nil { position += 1 }
  }

  private mutating func skipEscape() throws(JSONError) {
    guard position + 1 < end else { throw JSONError("a string is not closed", at: position) }
    switch bytes[position + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
    case UInt8(ascii: "u"):
      guard position + 6 <= end, bytes[(position + 2)..<(position + 6)].allSatisfy({ hexadecimal($0) != nil }) else {
        throw JSONError("\\u needs four hexadecimal digits", at: position)
      }
      position += 6
    default: throw JSONError("unknown escape in a string", at: position)
    }
  }

  /// Unicode 15, table 3-7: well-formed UTF-8 byte sequences.
  private mutating func skipMultibyteScalar() throws(JSONError) {
    let lead = bytes[position]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: throw JSONError("a string is not valid UTF-8", at: position)
    }
    guard position + length <= end, second.contains(bytes[position + 1]),
      bytes[(position + 2)..<(position + length)].allSatisfy({ $0 & 0xC0 == 0x80 })
    else { throw JSONError("a string is not valid UTF-8", at: position) }
    position += length
  }
}

func hexadecimal(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
  default: nil
  }
}
