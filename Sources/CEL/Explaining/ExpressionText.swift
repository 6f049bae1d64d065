/// Pieces of an expression's text as people read them: on one line, without comments, with the parentheses that belong
/// to them.
struct ExpressionText {
  private let scalars: [Unicode.Scalar]
  private let tokens: [Token]

  init(_ source: String) {
    scalars = Array(source.unicodeScalars)
    tokens = Lexer.tokens(scalars).tokens.filter { $0.kind != .end }
  }

  /// The text of a node. The tree knows no parentheses, so those at the ends of an operand lie outside its range.
  func text(of range: SourceRange) -> String {
    guard var first = tokens.firstIndex(where: { $0.range.start >= range.start }),
      var last = tokens.lastIndex(where: { $0.range.end <= range.end }), first <= last
    else { return "" }
    var (unopened, unclosed) = (0, 0)
    for token in tokens[first...last] {
      if token.kind == .symbol(.openParenthesis) { unclosed += 1 }
      guard token.kind == .symbol(.closeParenthesis) else { continue }
      if unclosed > 0 { unclosed -= 1 } else { unopened += 1 }
    }
    first = max(0, first - unopened)
    last = min(tokens.count - 1, last + unclosed)
    return tokens[first...last].enumerated().map { offset, token in
      let text = String(String.UnicodeScalarView(scalars[token.range.start..<token.range.end]))
      let isApart = offset > 0 && tokens[first + offset - 1].range.end < token.range.start
      return isApart ? " " + text : text
    }.joined()
  }
}
