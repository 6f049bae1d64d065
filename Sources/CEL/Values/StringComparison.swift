/// Whether two strings have the same code points; Swift's `==` also takes strings for equal whose accents are composed
/// differently.
func haveSameCodePoints(_ left: String, _ right: String) -> Bool {
  guard left.utf8.count == right.utf8.count, left == right else { return false }
  if #available(macOS 26, *), left.utf8Span.isKnownASCII, right.utf8Span.isKnownASCII { return true }
  return left.utf8.elementsEqual(right.utf8)
}

/// Whether the left string comes first by its code points, whose order is that of the bytes of UTF-8.
func precedesByCodePoints(_ left: String, _ right: String) -> Bool { left.utf8.lexicographicallyPrecedes(right.utf8) }

/// Whether `part` stands in the text at this offset; both count bytes of UTF-8.
func stands(_ part: String, in text: String, at offset: Int) -> Bool {
  guard offset >= 0, offset + part.utf8.count <= text.utf8.count else { return false }
  if #available(macOS 26, *) {
    let (text, part) = (text.utf8Span.span, part.utf8Span.span)
    for index in 0..<part.count where text[offset + index] != part[index] { return false }
    return true
  }
  return text.utf8.dropFirst(offset).starts(with: part.utf8)
}
