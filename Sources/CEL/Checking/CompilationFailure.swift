/// What is wrong with an expression: everything that was found, in the order of the text.
public struct CompilationFailure: Error, Sendable {
  /// At least one.
  public let problems: [Problem]
}

extension CompilationFailure: CustomStringConvertible {
  /// The problems, one a line.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Something wrong with an expression, with its place in the text.
public struct Problem: Hashable, Sendable {
  /// What is wrong, in words.
  public let message: String
  /// What to do about it, such as "did you mean `size`?".
  public let suggestion: String?
  /// Where it is: Unicode scalars from the start of the text.
  public let offset: Int
  /// How many Unicode scalars it covers; 0 at the end of the text.
  public let length: Int

  init(_ message: String, suggestion: String? = nil, at range: SourceRange) {
    self.message = message
    self.suggestion = suggestion
    offset = range.start
    length = range.end - range.start
  }
}

extension Problem: CustomStringConvertible {
  /// `offset: message (suggestion)`.
  public var description: String { "\(offset): \(message)" + (suggestion.map { " (\($0))" } ?? "") }
}
