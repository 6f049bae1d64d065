/// Reads a literal in quotes, from the opening quote on (langdef, "String and Bytes Values").
struct StringLiteral {
  let isRaw: Bool
  let isBytes: Bool
  private(set) var text = String.UnicodeScalarView()
  private(set) var bytes: [UInt8] = []
  private(set) var problems: [Problem] = []

  init(isRaw: Bool, isBytes: Bool) {
    self.isRaw = isRaw
    self.isBytes = isBytes
  }

  mutating func read(_ reader: inout ScalarReader) {
    let start = reader.position
    guard let quote = reader.next else { return }
    let isTriple = reader.peek(1) == quote && reader.peek(2) == quote
    reader.advance(isTriple ? 3 : 1)
    while let scalar = reader.next {
      if scalar == quote, !isTriple || (reader.peek(1) == quote && reader.peek(2) == quote) {
        return reader.advance(isTriple ? 3 : 1)
      }
      if !isTriple, scalar == "\n" || scalar == "\r" { break }
      let escape = reader.position
      reader.advance()
      if scalar == "\\", !isRaw {
        readEscape(&reader, from: escape)
      } else {
        append(scalar)
      }
    }
    problems.append(
      Problem(
        "the text is not closed with \(isTriple ? String(repeating: Character(quote), count: 3) : String(quote))",
        suggestion: isTriple || reader.next == nil ? nil : "text of several lines stands in three quotes",
        at: SourceRange(start: start, end: reader.position)))
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    if isBytes { bytes += Array(String(scalar).utf8) } else { text.append(scalar) }
  }

  /// A code point in text, an octet in bytes.
  private mutating func append(octet value: UInt32) {
    if isBytes {
      bytes.append(UInt8(truncatingIfNeeded: value))
    } else if let scalar = Unicode.Scalar(value) {
      text.append(scalar)
    }
  }

  private mutating func readEscape(_ reader: inout ScalarReader, from start: Int) {
    let name = reader.next
    reader.advance()
    switch name {
    case "\\", "?", "\"", "'", "`": if let name { append(name) }
    case "a": append("\u{7}")
    case "b": append("\u{8}")
    case "f": append("\u{C}")
    case "n": append("\n")
    case "r": append("\r")
    case "t": append("\t")
    case "v": append("\u{B}")
    case "x", "X":
      guard let value = digits(2, radix: 16, &reader) else { return report("`\\x` needs two hexadecimal digits") }
      append(octet: value)
    case "u" where !isBytes, "U" where !isBytes:
      let count = name == "u" ? 4 : 8
      guard let value = digits(count, radix: 16, &reader) else {
        return report("`\\\(name == "u" ? "u" : "U")` needs \(count) hexadecimal digits")
      }
      guard let scalar = Unicode.Scalar(value) else { return report("the escape is no Unicode code point") }
      append(scalar)
    case "0", "1", "2", "3":
      guard let rest = digits(2, radix: 8, &reader), let name else {
        return report("an escape with octal digits needs three of them, up to 377")
      }
      append(octet: (name.value - 0x30) * 64 + rest)
    default:
      report("there is no such escape", "double the backslash, or put r before the quotes for text without escapes")
    }

    func report(_ message: String, _ suggestion: String? = nil) {
      problems.append(
        Problem(message, suggestion: suggestion, at: SourceRange(start: start, end: reader.position)))
    }
  }

  private func digits(_ count: Int, radix: UInt32, _ reader: inout ScalarReader) -> UInt32? {
    var value: UInt64 = 0
    for _ in 0..<count {
      guard let scalar = reader.next, let digit = Int(String(scalar), radix: Int(radix)), isHexDigit(scalar) else {
        return nil
      }
      value = value * UInt64(radix) + UInt64(digit)
      reader.advance()
    }
    return UInt32(exactly: value)
  }
}
