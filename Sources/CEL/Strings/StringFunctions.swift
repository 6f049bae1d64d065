/// The functions of the strings extension on text alone. Positions count code points.
enum StringFunctions {
  /// The character at a position; empty text at the end.
  static func charAt(_ text: String, _ position: Int64) throws(StringFunctionError) -> String {
    let index = try index(position, in: text)
    return index == text.endIndex ? "" : String(text.unicodeScalars[index])
  }

  static func substring(_ text: String, from start: Int64) throws(StringFunctionError) -> String {
    String(text.unicodeScalars[try index(start, in: text)...])
  }

  static func substring(_ text: String, from start: Int64, to end: Int64) throws(StringFunctionError) -> String {
    guard start <= end else { throw .invalidRange(start: start, end: end) }
    let first = try index(start, in: text)
    return String(text.unicodeScalars[first..<(try index(end, in: text))])
  }

  static func reverse(_ text: String) -> String {
    var reversed = ""
    reversed.unicodeScalars.append(contentsOf: text.unicodeScalars.reversed())
    return reversed
  }

  /// Without the characters at both ends that Unicode calls white space.
  static func trim(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  /// Only the letters of ASCII change.
  static func lowerASCII(_ text: String) -> String {
    mapASCII(text, from: UInt8(ascii: "A")...UInt8(ascii: "Z")) { $0 + 32 }
  }

  /// Only the letters of ASCII change.
  static func upperASCII(_ text: String) -> String {
    mapASCII(text, from: UInt8(ascii: "a")...UInt8(ascii: "z")) { $0 - 32 }
  }

  private static func mapASCII(_ text: String, from letters: ClosedRange<UInt8>, _ map: (UInt8) -> UInt8) -> String {
    guard text.utf8.contains(where: letters.contains) else { return text }
    return String(decoding: text.utf8.map { letters.contains($0) ? map($0) : $0 }, as: UTF8.self)
  }

  /// The text in double quotes, with the language's escapes for what they exist for.
  static func quote(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{07}": quoted += "\\a"
      case "\u{08}": quoted += "\\b"
      case "\u{0C}": quoted += "\\f"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{0B}": quoted += "\\v"
      case "\\": quoted += "\\\\"
      case "\"": quoted += "\\\""
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// The place of a position, which can be the end.
  private static func index(_ position: Int64, in text: String) throws(StringFunctionError) -> String.Index {
    let scalars = text.unicodeScalars
    guard let offset = Int(exactly: position), offset >= 0, offset <= text.utf8.count,
      let index = scalars.index(scalars.startIndex, offsetBy: offset, limitedBy: scalars.endIndex)
    else { throw .indexOutOfRange(position) }
    return index
  }
}

/// Why a function of the strings extension has no result.
enum StringFunctionError: Error, Equatable, CustomStringConvertible {
  /// A position before the start or behind the end of the text.
  case indexOutOfRange(Int64)
  /// A range that ends before it starts.
  case invalidRange(start: Int64, end: Int64)

  var description: String {
    switch self {
    case .indexOutOfRange(let position): "index out of range: \(position)"
    case .invalidRange(let start, let end): "invalid substring range. start: \(start), end: \(end)"
    }
  }
}
