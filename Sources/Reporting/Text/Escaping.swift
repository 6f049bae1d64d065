import Files

/// The text with every occurrence of an ASCII character replaced, with or without a combining mark on it: Swift's own
/// functions on strings take `"` with an accent for another character, readers of a format don't.
func replacing(_ character: Unicode.Scalar, with replacement: String, in text: String) -> String {
  guard text.containsByte(where: { $0 == character.value }) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if scalar == character { result.append(contentsOf: replacement.unicodeScalars) } else { result.append(scalar) }
  }
  return String(result)
}
