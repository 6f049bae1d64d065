import YAML

/// Where in a file each character of a YAML scalar's value stands, so that an error inside an expression can be shown
/// in the file that the expression came from (YAML 1.2.2, chapters 7.3 and 8.1: flow and block scalars).
struct ScalarPositions {
  /// One place for each Unicode scalar of the value, and one for its end.
  private var places: [SourceLocation] = []

  init(_ scalar: Node.Scalar, in source: SourceFile) {
    var reader = Reader(source, line: scalar.mark.line, column: scalar.mark.column)
    switch scalar.style {
    case .literal, .folded: reader.enterBlock()
    case .singleQuoted, .doubleQuoted: reader.advance()
    default: break
    }
    for value in scalar.string.unicodeScalars {
      if value == " " || value == "\n" {
        reader.skipFoldedBreak(before: value, style: scalar.style)
      } else {
        reader.skipBreaksWithoutValue(style: scalar.style)
      }
      places.append(reader.location)
      reader.consume(value, style: scalar.style)
    }
    places.append(reader.location)
  }

  /// The place of the value's Unicode scalar with this offset.
  func location(at offset: Int) -> SourceLocation {
    guard let last = places.last else { return SourceLocation(line: 1, column: 1) }
    return places.indices.contains(offset) ? places[offset] : last
  }

  /// What stands in the file behind a plain scalar, on its last line.
  static func remainder(of scalar: Node.Scalar, in source: SourceFile) -> String {
    let line = source.line(scalar.mark.line)
    let behind = line.unicodeScalars.dropFirst(scalar.mark.column - 1)
    // Nearly all stand on one line.
    if Substring(behind).utf8.starts(with: scalar.string.utf8) {
      return String(Substring(Substring(behind).utf8.dropFirst(scalar.string.utf8.count)))
    }
    let end = ScalarPositions(scalar, in: source).places.last ?? SourceLocation(line: 1, column: 1)
    return String(String.UnicodeScalarView(source.line(end.line).unicodeScalars.dropFirst(end.column - 1)))
  }
}

extension ScalarPositions {
  /// Walks the file along with the value.
  private struct Reader {
    private let source: SourceFile
    private var line: Int
    private var column: Int
    private var characters: [Unicode.Scalar]
    private var blockIndent: Int?

    init(_ source: SourceFile, line: Int, column: Int) {
      self.source = source
      self.line = line
      self.column = column
      characters = Array(source.line(line).unicodeScalars)
    }

    var location: SourceLocation { SourceLocation(line: line, column: column) }
    private var current: Unicode.Scalar? { characters.indices.contains(column - 1) ? characters[column - 1] : nil }

    mutating func advance(by count: Int = 1) { column += count }

    /// From the `|` or `>` to the first line of the block, whose indentation the other lines share.
    mutating func enterBlock() {
      nextLine()
      var first = line
      while first <= source.lineCount, source.line(first).allSatisfy(\.isWhitespace) { first += 1 }
      blockIndent = source.line(first).prefix { $0 == " " }.count
      column = min(blockIndent ?? 0, characters.count) + 1
    }

    /// Before a space or line feed of the value that the file spells as a line break with indentation.
    mutating func skipFoldedBreak(before value: Unicode.Scalar, style: Node.Style) {
      guard style != .literal, current != value else { return }
      if style != .folded, current == "\\", value == "\n" { return }
      while current == " " || current == "\t" { advance() }
    }

    /// Before a character of the value that the file has on a later line: empty lines that were folded away, and a line
    /// break that a backslash takes out of a double-quoted scalar.
    mutating func skipBreaksWithoutValue(style: Node.Style) {
      if style == .doubleQuoted, current == "\\", column == characters.count { advance() }
      while current == nil, line < source.lineCount {
        nextLine()
        skipIndent(style)
      }
    }

    mutating func consume(_ value: Unicode.Scalar, style: Node.Style) {
      guard current != nil || value == " " || value == "\n" else { return }
      if current == nil {
        nextLine()
        skipIndent(style)
      } else if style == .doubleQuoted, current == "\\" {
        consumeEscape()
      } else if style == .singleQuoted, value == "'" {
        advance(by: 2)
      } else {
        advance()
      }
    }

    private mutating func skipIndent(_ style: Node.Style) {
      if let blockIndent {
        column = min(blockIndent, characters.count) + 1
      } else {
        while current == nil, line < source.lineCount { nextLine() }
        while current == " " || current == "\t" { advance() }
      }
    }

    private mutating func consumeEscape() {
      let escape = characters.indices.contains(column) ? characters[column] : " "
      switch escape {
      case "x": advance(by: 4)
      case "u": advance(by: 6)
      case "U": advance(by: 10)
      default: advance(by: 2)
      }
    }

    private mutating func nextLine() {
      line += 1
      column = 1
      characters = Array(source.line(line).unicodeScalars)
    }
  }
}
