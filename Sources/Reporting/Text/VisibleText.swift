import Files

/// Text from data as one line that can neither break a format nor act on a terminal or in a CI log.
///
/// - Everything that moves, hides or reorders other text becomes a visible escape, `\u{202E}`, or `\n`, `\r`, `\t`:
///   controls, line separators, bidirectional controls, zero-width and tag characters, noncharacters. XML 1.0 forbids
///   some of them, so that the result is always fit for it.
/// - What begins a command of a CI system anywhere in a line gets a space before its bracket: `##[` (GitHub, Azure),
///   `##vso[` (Azure), `##teamcity[` (TeamCity). GitHub's `::command::` counts only at the start of a line, where no
///   report puts data.
package func visible(_ text: String) -> String {
  guard text.containsByte(where: { $0 < 0x20 || $0 >= 0x7F || $0 == UInt8(ascii: "#") }) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n": result.append(contentsOf: "\\n".unicodeScalars)
    case "\r": result.append(contentsOf: "\\r".unicodeScalars)
    case "\t": result.append(contentsOf: "\\t".unicodeScalars)
    case _ where isInvisible(scalar):
      let digits = String(scalar.value, radix: 16, uppercase: true)
      result.append(contentsOf: "\\u{\(digits)}".unicodeScalars)
    case "[" where endsLikeCommand(result): result.append(contentsOf: " [".unicodeScalars)
    default: result.append(scalar)
    }
  }
  return String(result)
}

private func endsLikeCommand(_ text: String.UnicodeScalarView) -> Bool {
  ["##", "##vso", "##teamcity"].contains { command in
    String(text.suffix(command.unicodeScalars.count)).lowercased() == command
  }
}

/// Whether a character shows nothing of its own, or acts.
private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
  switch scalar.value {
  // Variation selectors 15 and 16 choose between text and emoji, and are everywhere in honest text.
  case 0xFE0E, 0xFE0F: return false
  default: break
  }
  if scalar.value & 0xFFFE == 0xFFFE || 0xFDD0...0xFDEF ~= scalar.value { return true }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return true
  default: return scalar.properties.isDefaultIgnorableCodePoint
  }
}

/// What stands where a text from data is empty, so that nobody takes it for missing.
func visibleOrEmpty(_ text: String) -> String {
  // Nearly every text begins with a visible character of ASCII, which needs no look-up of properties.
  if let first = text.utf8.first, 0x21...0x7E ~= first { return visible(text) }
  return text.allSatisfy(\.isWhitespace) ? "(empty)" : visible(text)
}

/// A text of several lines, such as a rule's rationale, as one: whitespace of any length becomes one space.
func prose(_ text: String) -> String {
  visible(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
}
