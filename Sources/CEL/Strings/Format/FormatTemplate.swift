/// The text on which `format` is called, read into pieces (cel-spec, doc/extensions/strings.md).
struct FormatTemplate: Sendable {
  enum Piece: Equatable, Sendable {
    case text(String)
    /// A place for the next argument.
    case clause(FormatConversion, precision: Int)
  }

  let pieces: [Piece]

  /// Digits after the point where the clause does not say.
  private static let defaultPrecision = 6

  /// The most digits that a clause may ask for, as in the Go implementation.
  private static let precisionLimit = 100

  init(_ text: String) throws(EvaluationError) {
    var pieces: [Piece] = []
    var rest = text.unicodeScalars[...]
    while let start = rest.firstIndex(of: "%") {
      if start > rest.startIndex { pieces.append(.text(String(rest[..<start]))) }
      rest = rest[start...].dropFirst()
      if rest.first == "%" {
        rest.removeFirst()
        pieces.append(.text("%"))
      } else {
        pieces.append(try Self.clause(&rest))
      }
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    self.pieces = pieces
  }

  /// Reads what follows a percent sign: `s`, `.2f`.
  private static func clause(_ rest: inout Substring.UnicodeScalarView) throws(EvaluationError) -> Piece {
    var precision = defaultPrecision
    if rest.first == "." {
      rest.removeFirst()
      let digits = rest.prefix { ("0"..."9").contains($0) }
      rest = rest[digits.endIndex...]
      // So many digits that no integer holds them are too many as well.
      guard !digits.isEmpty else { throw EvaluationError("format: a number has to follow `%.`") }
      precision = Int(String(digits)) ?? .max
      guard precision <= precisionLimit else {
        throw EvaluationError(
          "format: a precision of \(String(digits).prefix(20)), at most \(precisionLimit) is allowed")
      }
    }
    guard let letter = rest.popFirst() else { throw EvaluationError("format: the text ends within a `%` clause") }
    guard let conversion = FormatConversion(rawValue: Character(letter)) else {
      throw EvaluationError("format: there is no clause `%\(letter)`; write `%%` for a percent sign")
    }
    return .clause(conversion, precision: precision)
  }

  /// The text with the arguments in their places. More arguments than places are allowed.
  func format(_ arguments: ListValue, _ frame: inout Frame) throws(EvaluationError) -> String {
    var output = FormatOutput()
    var index = 0
    for piece in pieces {
      switch piece {
      case .text(let text): try output.append(text, &frame)
      case .clause(let conversion, let precision):
        guard index < arguments.count else { throw EvaluationError("format: index \(index) out of range") }
        try conversion.write(arguments[index], precision: precision, to: &output, &frame)
        index += 1
      }
    }
    return output.text
  }
}
