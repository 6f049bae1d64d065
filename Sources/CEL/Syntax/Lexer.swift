/// Takes an expression's text apart into tokens (langdef, "Syntax").
struct Lexer {
  private(set) var tokens: [Token] = []
  private(set) var problems: [Problem] = []
  private var reader: ScalarReader

  /// All tokens of the text, the last of which is `end`; what is no token is left out and reported.
  static func tokens(_ scalars: [Unicode.Scalar]) -> (tokens: [Token], problems: [Problem]) {
    var lexer = Lexer(reader: ScalarReader(scalars))
    lexer.run()
    return (lexer.tokens, lexer.problems)
  }

  private init(reader: ScalarReader) { self.reader = reader }

  private mutating func run() {
    while true {
      skipSpace()
      let start = reader.position
      guard let scalar = reader.next else {
        append(.end, from: start)
        return
      }
      switch scalar {
      case "'", "\"": string(from: start)
      case "`": quotedIdentifier(from: start)
      case _ where isDigit(scalar): number(from: start)
      case "." where reader.peek(1).map(isDigit) == true: number(from: start)
      case _ where isLetter(scalar): word(from: start)
      default: symbol(from: start)
      }
    }
  }

  private mutating func append(_ kind: Token.Kind, from start: Int) {
    tokens.append(Token(kind: kind, range: SourceRange(start: start, end: reader.position)))
  }

  private mutating func report(_ message: String, _ suggestion: String? = nil, from start: Int) {
    problems.append(
      Problem(message, suggestion: suggestion, at: SourceRange(start: start, end: max(start + 1, reader.position))))
  }

  private mutating func skipSpace() {
    while let scalar = reader.next {
      switch scalar {
      case " ", "\t", "\n", "\r", "\u{C}": reader.advance()
      case "/" where reader.peek(1) == "/":
        while let scalar = reader.next, scalar != "\n" { reader.advance() }
      default: return
      }
    }
  }

  // MARK: - Words

  private mutating func word(from start: Int) {
    while let scalar = reader.next, isLetter(scalar) || isDigit(scalar) { reader.advance() }
    let text = reader.ascii(from: start)
    if reader.next == "'" || reader.next == "\"" {
      switch text.lowercased() {
      case "r", "b", "br": return string(from: start, prefix: text.lowercased())
      default: break
      }
    }
    append(.identifier(text), from: start)
  }

  private mutating func quotedIdentifier(from start: Int) {
    reader.advance()
    var text = String.UnicodeScalarView()
    while let scalar = reader.next, isLetter(scalar) || isDigit(scalar) || "-./ ".unicodeScalars.contains(scalar) {
      text.append(scalar)
      reader.advance()
    }
    guard reader.skip("`"), !text.isEmpty else {
      return report(
        "a name in backquotes is not closed",
        "it can have letters, digits, spaces and the characters _ . - /", from: start)
    }
    append(.quotedIdentifier(String(text)), from: start)
  }

  private mutating func symbol(from start: Int) {
    guard let scalar = reader.next else { return }
    if let symbol = Symbol(scalar, reader.peek(1)) {
      reader.advance(2)
      return append(.symbol(symbol), from: start)
    }
    reader.advance()
    if let symbol = Symbol(scalar) { return append(.symbol(symbol), from: start) }
    let suggestion: String? =
      switch scalar {
      case "=": "write `==` to compare"
      case "&": "write `&&`"
      case "|": "write `||`"
      case "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}": "use straight quotes"
      default: nil
      }
    let shown = scalar.properties.isWhitespace || scalar.value < 0x20 ? "U+" + hexadecimal(scalar) : "`\(scalar)`"
    report("\(shown) has no meaning here", suggestion, from: start)
  }

  // MARK: - Numbers

  private mutating func number(from start: Int) {
    if reader.next == "0", reader.peek(1) == "x" || reader.peek(1) == "X", reader.peek(2).map(isHexDigit) == true {
      reader.advance(2)
      integer(reader.take(while: isHexDigit), radix: 16, from: start)
      return
    }
    var text = reader.take(while: isDigit)
    var isDouble = false
    if reader.next == ".", reader.peek(1).map(isDigit) == true {
      isDouble = true
      reader.advance()
      text += "." + reader.take(while: isDigit)
    }
    if reader.next == "e" || reader.next == "E" {
      let hasSign = reader.peek(1) == "+" || reader.peek(1) == "-"
      if reader.peek(hasSign ? 2 : 1).map(isDigit) == true {
        isDouble = true
        text += "e" + (reader.peek(1) == "-" ? "-" : "")
        reader.advance(hasSign ? 2 : 1)
        text += reader.take(while: isDigit)
      }
    }
    guard isDouble else { return integer(text, radix: 10, from: start) }
    // The value is the nearest double; what is out of range is infinite, or zero.
    append(.double(Double(text.first == "." ? "0" + text : text) ?? .infinity), from: start)
  }

  private mutating func integer(_ digits: String, radix: Int, from start: Int) {
    let isUnsigned = reader.skip("u") || reader.skip("U")
    guard let number = UInt64(digits, radix: radix) else {
      report("the number is out of the range of \(isUnsigned ? "a uint" : "an int")", from: start)
      return append(.int(0), from: start)
    }
    append(isUnsigned ? .uint(number) : .int(number), from: start)
  }

  // MARK: - Text

  private mutating func string(from start: Int, prefix: String = "") {
    var literal = StringLiteral(isRaw: prefix.contains("r"), isBytes: prefix.contains("b"))
    literal.read(&reader)
    problems += literal.problems
    append(prefix.contains("b") ? .bytes(literal.bytes) : .string(String(literal.text)), from: start)
  }
}
