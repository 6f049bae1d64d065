/// Columns that text takes on a terminal: two for wide characters, none for combining ones (Unicode Standard Annex 11;
/// emoji count as wide). Text that went through `visible(_:)` has no controls any more.
func displayWidth(_ text: String) -> Int {
  isASCII(text) ? text.utf8.count : text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
}

private func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

/// The text cut to a number of columns, with an ellipsis where something is missing.
func fitted(_ text: String, to width: Int) -> String {
  if isASCII(text) {
    return text.utf8.count > width ? String(text.unicodeScalars.prefix(max(0, width - 1))) + "…" : text
  }
  guard displayWidth(text) > width || text.unicodeScalars.count > 4 * width else { return text }
  var result = String.UnicodeScalarView()
  var taken = 0
  for (count, scalar) in text.unicodeScalars.enumerated() {
    // A flood of combining characters takes no columns, yet has to end somewhere.
    guard taken + columns(of: scalar) <= width - 1, count < 4 * width else { break }
    taken += columns(of: scalar)
    result.append(scalar)
  }
  return String(result) + "…"
}

/// The text with spaces behind it up to a number of columns.
func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - displayWidth(text)))
}

/// The text in lines of at most so many columns, broken at spaces; a longer word has a line of its own. No line begins
/// with `::`, which is how GitHub's runner knows a command.
func wrapped(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    if !line.isEmpty, displayWidth(line) + 1 + displayWidth(String(word)) > width {
      lines.append(line)
      line = ""
    }
    if line.isEmpty {
      line = word.unicodeScalars.starts(with: "::".unicodeScalars) ? "… \(word)" : String(word)
    } else {
      line += " \(word)"
    }
  }
  return line.isEmpty ? lines : lines + [line]
}

private func columns(of scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x300 { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  // Two regional indicators make one flag.
  if 0x1F1E6...0x1F1FF ~= scalar.value { return 1 }
  return scalar.properties.isEmojiPresentation || wideRanges.contains { $0 ~= scalar.value } ? 2 : 1
}

/// East Asian Wide and Fullwidth, in blocks (EastAsianWidth.txt); emoji apart.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
  0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
  0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD,
]
