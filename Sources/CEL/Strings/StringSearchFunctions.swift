/// The functions of the strings extension that look for text in text. Positions count code points.
extension StringFunctions {
  /// The position of the first occurrence that begins at `start` or later; -1 when there is none.
  static func indexOf(
    _ text: String, _ part: String, from start: Int64 = 0
  ) throws(StringFunctionError) -> Int64 {
    try check(start, in: text)
    if part.isEmpty { return start }
    var occurrences = Occurrences(of: part, in: text)
    while let occurrence = occurrences.next() {
      if occurrence.position >= start { return Int64(occurrence.position) }
    }
    return -1
  }

  /// The position of the last occurrence; -1 when there is none.
  static func lastIndexOf(_ text: String, _ part: String) throws(StringFunctionError) -> Int64 {
    try lastIndexOf(text, part, upTo: Int64(text.unicodeScalars.count))
  }

  /// The position of the last occurrence that begins at `end` or earlier; -1 when there is none.
  static func lastIndexOf(
    _ text: String, _ part: String, upTo end: Int64
  ) throws(StringFunctionError) -> Int64 {
    try check(end, in: text)
    if part.isEmpty { return end }
    var occurrences = Occurrences(of: part, in: text)
    var last: Int64 = -1
    while let occurrence = occurrences.next(), occurrence.position <= end { last = Int64(occurrence.position) }
    return last
  }

  /// The parts of the text between the separators, at most `limit` when it is not negative; the last one has the rest.
  /// Without a separator each character is a part.
  static func split(_ text: String, by separator: String, limit: Int64 = -1) -> [String] {
    if limit == 0 { return [] }
    let limit = limit < 0 ? Int.max : Int(clamping: limit)
    var parts: [String] = []
    var rest = text.unicodeScalars[...]
    if separator.isEmpty {
      while parts.count < limit - 1, let first = rest.popFirst() { parts.append(String(first)) }
      return rest.isEmpty ? parts : parts + [String(rest)]
    }
    var occurrences = Occurrences(of: separator, in: text, overlapping: false)
    while parts.count < limit - 1, let occurrence = occurrences.next() {
      parts.append(String(rest[..<occurrence.start]))
      rest = rest[occurrence.end...]
    }
    return parts + [String(rest)]
  }

  /// The text with the first `limit` occurrences replaced, all when it is negative; nil when the result would have more
  /// than `maximumLength` bytes. Empty text occurs before each character and at the end.
  static func replace(
    _ text: String, _ part: String, with replacement: String, limit: Int64 = -1, maximumLength: Int = .max
  ) -> String? {
    var remaining = limit < 0 ? Int.max : Int(clamping: limit)
    var result = ""
    var rest = text.unicodeScalars[...]
    if part.isEmpty {
      while remaining > 0, result.utf8.count <= maximumLength {
        result += replacement
        remaining -= 1
        guard let first = rest.popFirst() else { break }
        result.unicodeScalars.append(first)
      }
    } else {
      var occurrences = Occurrences(of: part, in: text, overlapping: false)
      while remaining > 0, result.utf8.count <= maximumLength, let occurrence = occurrences.next() {
        result.unicodeScalars += rest[..<occurrence.start]
        result += replacement
        rest = rest[occurrence.end...]
        remaining -= 1
      }
    }
    result.unicodeScalars += rest
    return result.utf8.count <= maximumLength ? result : nil
  }

  private static func check(_ position: Int64, in text: String) throws(StringFunctionError) {
    guard position >= 0, position <= text.unicodeScalars.count else { throw .indexOutOfRange(position) }
  }
}
