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
    // What a template is taken apart at is ASCII, which is no part of another character in UTF-8.
    let bytes = Array(template.utf8)
    var pieces: [Piece] = []
    var text: [UInt8] = []
    var index = 0
    // Offsets are in Unicode scalars, counted on from the last expression.
    var counted = (bytes: 0, scalars: 0)
    func scalars(before end: Int) -> Int {
      counted = (end, counted.scalars + scalarCount(bytes[counted.bytes..<end]))
      return counted.scalars
    }
    while index < bytes.count {
      let byte = bytes[index]
      let isDoubled = index + 1 < bytes.count && bytes[index + 1] == byte
      if byte == openBrace || byte == closeBrace, isDoubled {
        text.append(byte)
        index += 2
      } else if byte == openBrace {
        if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
        text = []
        let end = try endOfExpression(bytes, from: index + 1)
        let expression = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
        pieces.append(.expression(expression, offset: scalars(before: index + 1)))
        index = end + 1
      } else if byte == closeBrace {
        throw SyntaxError(
          message: "a `}` closes nothing; double it to have it as text", offset: scalarCount(bytes[..<index]))
      } else {
        text.append(byte)
        index += 1
      }
    }
    if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
    return pieces
  }

  private static let openBrace = UInt8(ascii: "{")
  private static let closeBrace = UInt8(ascii: "}")

  private static func endOfExpression(_ bytes: [UInt8], from start: Int) throws(SyntaxError) -> Int {
    var depth = 0
    var quote: UInt8?
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if let open = quote {
        if byte == UInt8(ascii: "\\") { index += 1 } else if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == openBrace {
        depth += 1
      } else if byte == closeBrace {
        if depth == 0 { return index }
        depth -= 1
      }
      index += 1
    }
    throw SyntaxError(
      message: "a `{` is not closed; double it to have it as text", offset: scalarCount(bytes[..<(start - 1)]))
  }

  /// How many Unicode scalars the bytes begin.
  private static func scalarCount(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }
}
