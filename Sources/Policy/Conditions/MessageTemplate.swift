package import CEL

/// What a finding says: text with expressions in braces, such as `lives {token.expiresAt - token.createdAt}`. A brace
/// that is text is doubled.
package struct MessageTemplate: Sendable {
  enum Part: Sendable {
    case text(String)
    case program(Program)
  }

  let parts: [Part]

  /// The message for a resource. A part that can't be evaluated reads "unknown": the finding stands whatever its
  /// message can tell.
  package func text(_ bindings: [Value]) -> String {
    parts.map { part in
      switch part {
      case .text(let text): return text
      case .program(let program):
        guard let value = try? program.evaluate(bindings) else { return "unknown" }
        return displayText(value)
      }
    }.joined()
  }

  /// A piece of a template before it is compiled; offsets are Unicode scalars from the template's start.
  enum Piece: Equatable {
    case text(String)
    case expression(String, offset: Int)
  }

  /// Why a template can't be taken apart, and at which offset.
  struct SyntaxError: Error, Equatable {
    let message: String
    let offset: Int
  }

  /// Takes a template apart. Braces and quotes inside an expression are its own.
  static func pieces(of template: String) throws(SyntaxError) -> [Piece] {
    let scalars = Array(template.unicodeScalars)
    var pieces: [Piece] = []
    var text = String.UnicodeScalarView()
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      let isDoubled = index + 1 < scalars.count && scalars[index + 1] == scalar
      if scalar == "{" || scalar == "}", isDoubled {
        text.append(scalar)
        index += 2
      } else if scalar == "{" {
        if !text.isEmpty { pieces.append(.text(String(text))) }
        text = String.UnicodeScalarView()
        let end = try endOfExpression(scalars, from: index + 1)
        pieces.append(.expression(String(String.UnicodeScalarView(scalars[(index + 1)..<end])), offset: index + 1))
        index = end + 1
      } else if scalar == "}" {
        throw SyntaxError(message: "a `}` closes nothing; double it to have it as text", offset: index)
      } else {
        text.append(scalar)
        index += 1
      }
    }
    if !text.isEmpty { pieces.append(.text(String(text))) }
    return pieces
  }

  private static func endOfExpression(_ scalars: [Unicode.Scalar], from start: Int) throws(SyntaxError) -> Int {
    var depth = 0
    var quote: Unicode.Scalar?
    var index = start
    while index < scalars.count {
      let scalar = scalars[index]
      if let open = quote {
        if scalar == "\\" { index += 1 } else if scalar == open { quote = nil }
      } else if scalar == "'" || scalar == "\"" {
        quote = scalar
      } else if scalar == "{" {
        depth += 1
      } else if scalar == "}" {
        if depth == 0 { return index }
        depth -= 1
      }
      index += 1
    }
    throw SyntaxError(message: "a `{` is not closed; double it to have it as text", offset: start - 1)
  }
}
