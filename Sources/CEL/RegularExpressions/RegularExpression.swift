/// A compiled regular expression in RE2's syntax, which is CEL's (langdef, "Regular Expressions").
///
/// Copies share the compiled form. Whatever the pattern, matching takes time that grows linearly with the text: at worst
/// with the product of its length and ``programSize``, on most patterns with its length alone.
struct RegularExpression: Sendable {
  private let compiled: CompiledExpression

  /// About the most bytes that a pattern and its caches may take: RE2's own default, so that the same patterns are
  /// valid as elsewhere.
  private static let memory: Int64 = 8 << 20

  /// The longest pattern in bytes. Compiling takes up to a quadratic time, and each `\pL` some kilobytes that RE2's
  /// budget does not count.
  static let patternLimit = 8192

  /// About the most instructions that ``memory`` has room for, and so the most that compiling makes.
  static let largestProgram = 250_000

  /// - Throws: what RE2 says of a pattern that is not valid, or needs too much memory.
  init(_ pattern: String) throws(RegularExpressionError) {
    guard pattern.utf8.count <= Self.patternLimit else {
      throw RegularExpressionError(
        message: "the pattern has \(pattern.utf8.count) bytes, \(Self.patternLimit) are allowed")
    }
    compiled = CompiledExpression(pattern, memory: Self.memory)
    if let message = compiled.error { throw RegularExpressionError(message: message) }
    programSize = compiled.programSize
  }

  /// The number of instructions that the pattern was compiled to: what a byte of text can cost.
  let programSize: Int

  /// Whether any part of the text matches.
  func matches(_ text: String) -> Bool { compiled.matches(text) }

  /// Whether any part of the text, which is UTF-8, matches.
  func matches(_ text: RawSpan) -> Bool { compiled.matches(text) }
}

/// Why a pattern can't be used.
struct RegularExpressionError: Error, Equatable, CustomStringConvertible {
  /// In RE2's words: `missing ): (a`.
  let message: String

  var description: String { "invalid regular expression: \(message)" }
}
