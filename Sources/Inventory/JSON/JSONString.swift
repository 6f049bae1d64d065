/// A string inside the bytes of a `JSONScanner`: between its quotes, escapes still in place.
package struct JSONString: Sendable {
  package let range: Range<Int>
  package let hasEscapes: Bool
}

extension JSONScanner {
  /// The string's text. A lone surrogate in an escape becomes U+FFFD, since a Unicode string cannot hold one.
  package func text(_ string: JSONString) -> String {
    guard string.hasEscapes else { return String(decoding: bytes[string.range], as: UTF8.self) }
    return String(decoding: unescaped(string), as: UTF8.self)
  }

  /// The string's UTF-8 bytes, escapes resolved.
  package func unescaped(_ string: JSONString) -> [UInt8] {
    guard string.hasEscapes else { return Array(bytes[string.range]) }
    var output: [UInt8] = []
    output.reserveCapacity(string.range.count)
    var index = string.range.lowerBound
    while index < string.range.upperBound {
      guard bytes[index] == UInt8(ascii: "\\") else {
        output.append(bytes[index])
        index += 1
        continue
      }
      let escape = bytes[index + 1]
      index += 2
      switch escape {
      case UInt8(ascii: "b"): output.append(0x08)
      case UInt8(ascii: "f"): output.append(0x0C)
      case UInt8(ascii: "n"): output.append(0x0A)
      case UInt8(ascii: "r"): output.append(0x0D)
      case UInt8(ascii: "t"): output.append(0x09)
      case UInt8(ascii: "u"):
        var unit = codeUnit(at: index)
        index += 4
        if 0xD800..<0xDC00 ~= unit, index + 6 <= string.range.upperBound, bytes[index] == UInt8(ascii: "\\"),
          bytes[index + 1] == UInt8(ascii: "u"), 0xDC00..<0xE000 ~= codeUnit(at: index + 2)
        {
          unit = 0x10000 + (unit - 0xD800) << 10 + (codeUnit(at: index + 2) - 0xDC00)
          index += 6
        }
        output.append(contentsOf: String(Unicode.Scalar(unit) ?? "\u{FFFD}").utf8)
      default: output.append(escape)
      }
    }
    return output
  }

  /// Whether the string's text is `word` (ASCII without escapes, as every name of the Admin APIs is).
  package func equals(_ string: JSONString, _ word: String) -> Bool {
    if string.hasEscapes { return text(string) == word }
    return string.range.count == word.utf8.count && bytes[string.range].elementsEqual(word.utf8)
  }

  private func codeUnit(at index: Int) -> UInt32 {
    bytes[index..<(index + 4)].reduce(0) { $0 << 4 | (hexadecimal($1) ?? 0) }
  }
}
