/// The characters of XML 1.0 (section 2.2, production 2): tab, line feed, carriage return, and everything from
/// U+0020 but surrogates, U+FFFE and U+FFFF. A Swift string holds no surrogates.
enum XMLCharacters {
  /// The text with U+FFFD in place of every character that XML 1.0 forbids; the text itself when there is none.
  static func replacingForbidden(in text: String) -> String {
    var text = text
    guard text.withUTF8({ unsafe mayHoldForbidden($0.span) }) else { return text }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text.unicodeScalars.lazy.map { isAllowed($0) ? $0 : "\u{FFFD}" })
    return String(scalars)
  }

  /// Whether any byte could belong to a forbidden character: a control, or the first byte of U+F000 to U+FFFF.
  /// Without an early end and branches the compiler looks at many bytes at once.
  private static func mayHoldForbidden(_ bytes: borrowing Span<UInt8>) -> Bool {
    var suspicious: UInt8 = 0
    for index in bytes.indices {
      let byte = bytes[index]
      let isBreak = one(byte == 0x9) | one(byte == 0xA) | one(byte == 0xD)
      suspicious |= one(byte < 0x20) ^ isBreak | one(byte == 0xEF)
    }
    return suspicious != 0
  }

  private static func one(_ condition: Bool) -> UInt8 { condition ? 1 : 0 }

  static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0xD, 0x20...0xFFFD, 0x10000...: true
    default: false
    }
  }
}
