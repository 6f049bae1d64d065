internal import Files

/// Writes JSON into a byte buffer that the caller empties whenever it likes: members in the order of the calls, no
/// spaces, so that equal values give equal bytes.
package struct JSONWriter: Sendable {
  /// What has been written since the caller last emptied it.
  package var bytes: [UInt8] = []
  private var needsComma = false
  private var needsLineFeed = false

  package init() {}

  package mutating func object(_ name: String? = nil, _ body: (inout JSONWriter) throws -> Void) rethrows {
    begin(name, UInt8(ascii: "{"))
    try body(&self)
    close(UInt8(ascii: "}"))
  }

  package mutating func array(_ name: String? = nil, _ body: (inout JSONWriter) throws -> Void) rethrows {
    begin(name, UInt8(ascii: "["))
    try body(&self)
    close(UInt8(ascii: "]"))
  }

  /// A string, or null when it is nil.
  package mutating func string(_ name: String? = nil, _ value: String?) {
    member(name)
    if let value { appendString(value) } else { bytes.append(contentsOf: "null".utf8) }
  }

  /// An integer, or null when it is nil.
  package mutating func integer(_ name: String? = nil, _ value: Int?) {
    member(name)
    bytes.append(contentsOf: (value.map(String.init) ?? "null").utf8)
  }

  /// A number, an integer without a fraction, or null when it is nil or not finite.
  package mutating func number(_ name: String? = nil, _ value: Double?) {
    guard let value, value.isFinite else { return string(name, nil) }
    member(name)
    bytes.append(contentsOf: (Int(exactly: value).map(String.init) ?? "\(value)").utf8)
  }

  package mutating func boolean(_ name: String? = nil, _ value: Bool) {
    member(name)
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  package mutating func strings(_ name: String? = nil, _ values: some Sequence<String>) {
    array(name) { writer in for value in values { writer.string(nil, value) } }
  }

  /// A value of any shape, numbers as their own text.
  package mutating func value(_ name: String? = nil, _ value: JSONValue) {
    switch value {
    case .null: string(name, nil)
    case .boolean(let flag): boolean(name, flag)
    case .number(let text):
      member(name)
      bytes.append(contentsOf: text.utf8)
    case .string(let text): string(name, text)
    case .array(let elements): array(name) { writer in for element in elements { writer.value(nil, element) } }
    case .object(let members):
      object(name) { writer in for member in members { writer.value(member.name, member.value) } }
    }
  }

  /// A line feed between two top-level values, as JSON Lines has it.
  package mutating func newline() {
    bytes.append(0x0A)
    needsComma = false
    needsLineFeed = false
  }

  /// Puts the next member or element on a line of its own.
  package mutating func startLine() { needsLineFeed = true }

  package mutating func member(_ name: String?) {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    if needsLineFeed { bytes.append(0x0A) }
    needsComma = true
    needsLineFeed = false
    guard let name else { return }
    appendString(name)
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func begin(_ name: String?, _ opening: UInt8) {
    member(name)
    bytes.append(opening)
    needsComma = false
  }

  private mutating func close(_ closing: UInt8) {
    bytes.append(closing)
    needsComma = true
  }

  /// Beyond what RFC 8259 demands, DEL, C1 controls and U+2028/2029 are escaped, so that a naive reader keeps one
  /// record a line and a terminal shows nothing that acts.
  private mutating func appendString(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    if text.containsByte(where: Self.mayBeEscaped) {
      appendEscaped(text)
    } else {
      bytes.append(contentsOf: text.utf8)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether the byte is one of an escaped character, or the first one of those that some escaped character has.
  private static func mayBeEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F || byte == 0xC2
      || byte == 0xE2
  }

  private mutating func appendEscaped(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": bytes.append(contentsOf: "\\\"".utf8)
      case "\\": bytes.append(contentsOf: "\\\\".utf8)
      case "\n": bytes.append(contentsOf: "\\n".utf8)
      case "\r": bytes.append(contentsOf: "\\r".utf8)
      case "\t": bytes.append(contentsOf: "\\t".utf8)
      case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        bytes.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
      default:
        bytes.append(contentsOf: scalar.utf8)
      }
    }
  }
}
