/// A word of the language with its place.
struct Token {
  enum Kind: Equatable {
    case identifier(String)
    /// A field's name in backquotes.
    case quotedIdentifier(String)
    case int(UInt64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    /// An operator or a piece of punctuation, such as `&&`.
    case symbol(Symbol)
    case end
  }

  let kind: Kind
  let range: SourceRange
}

enum Symbol: String, CaseIterable {
  case equal = "=="
  case notEqual = "!="
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case and = "&&"
  case or = "||"
  case less = "<"
  case greater = ">"
  case not = "!"
  case plus = "+"
  case minus = "-"
  case times = "*"
  case divide = "/"
  case remainder = "%"
  case question = "?"
  case colon = ":"
  case dot = "."
  case comma = ","
  case openParenthesis = "("
  case closeParenthesis = ")"
  case openBracket = "["
  case closeBracket = "]"
  case openBrace = "{"
  case closeBrace = "}"

  /// The symbol that is written as this character.
  init?(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "<": self = .less
    case ">": self = .greater
    case "!": self = .not
    case "+": self = .plus
    case "-": self = .minus
    case "*": self = .times
    case "/": self = .divide
    case "%": self = .remainder
    case "?": self = .question
    case ":": self = .colon
    case ".": self = .dot
    case ",": self = .comma
    case "(": self = .openParenthesis
    case ")": self = .closeParenthesis
    case "[": self = .openBracket
    case "]": self = .closeBracket
    case "{": self = .openBrace
    case "}": self = .closeBrace
    default: return nil
    }
  }

  /// The symbol that is written as these two characters.
  init?(_ first: Unicode.Scalar, _ second: Unicode.Scalar?) {
    switch (first, second) {
    case ("=", "="): self = .equal
    case ("!", "="): self = .notEqual
    case ("<", "="): self = .lessOrEqual
    case (">", "="): self = .greaterOrEqual
    case ("&", "&"): self = .and
    case ("|", "|"): self = .or
    default: return nil
    }
  }
}

/// Words with a meaning of their own (langdef, "Syntax").
enum Keyword {
  /// Neither identifiers nor fields.
  static let literals: Set<String> = ["true", "false", "null", "in"]

  /// Not identifiers, but fields and receiver-style functions may have these names.
  static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
    "namespace", "return", "var", "void", "while",
  ]
}
