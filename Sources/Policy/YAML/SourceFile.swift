import YAML

/// The text of a policy, rule or waiver file and the name that people know it by.
package struct SourceFile: Sendable {
  /// The path as the user gave it, or `built-in: name` for a file that the binary carries.
  package let name: String
  package let text: String
  /// Where each line begins, in bytes of UTF-8.
  private let lineStarts: [Int]
  /// The document as the build composed it; nil for a file that is read when the program runs.
  private let encodedDocument: String?

  /// Files larger than this are refused: a policy is written by hand.
  package static let maximumSize = 1 << 20

  package init(name: String, text: String) { self.init(name: name, text: text, encodedDocument: nil) }

  init(name: String, text: String, encodedDocument: String?) {
    self.name = name
    self.text = text
    self.encodedDocument = encodedDocument
    var lineStarts = [0]
    // An array's bytes are gone through much faster than a string's.
    let bytes = Array(text.utf8)
    for place in bytes.indices where bytes[place] == UInt8(ascii: "\n") { lineStarts.append(place + 1) }
    self.lineStarts = lineStarts
  }

  var lineCount: Int { lineStarts.count }

  /// The only document of the file; nil when it has none.
  ///
  /// - Parameter key: A member that is not asked for: of a file that the binary carries it is left out.
  func document(without key: String? = nil) throws(CompositionFailure) -> Node? {
    if let encodedDocument, let node = Node(encoded: encodedDocument, without: key) { return node }
    return try Node.document(text)
  }

  /// The line with this number, counted from 1; empty beyond the end.
  func line(_ number: Int) -> String {
    guard lineStarts.indices.contains(number - 1) else { return "" }
    let bytes = text.utf8
    let start = bytes.index(bytes.startIndex, offsetBy: lineStarts[number - 1])
    guard lineStarts.indices.contains(number) else { return String(text[start...]) }
    let line = bytes[start..<bytes.index(bytes.startIndex, offsetBy: lineStarts[number] - 1)]
    return String(Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line))
  }
}

/// A place in a file: line and column from 1, columns in Unicode scalars.
package struct SourceLocation: Hashable, Comparable, Sendable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  init(_ mark: Node.Mark) { self.init(line: mark.line, column: mark.column) }

  package static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
