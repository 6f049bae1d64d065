/// Literals, names, and what stands in parentheses, brackets or braces.
extension Parser {
  mutating func primary() throws(Failure) -> SyntaxNode {
    let start = token
    switch start.kind {
    case .symbol(.openParenthesis):
      advance()
      let inner = try expression()
      try expect(.closeParenthesis, toClose: start.range)
      return inner
    case .symbol(.openBracket): return try list()
    case .symbol(.openBrace): return try map()
    case .symbol(.dot):
      advance()
      guard case .identifier = token.kind else {
        throw note("a name should stand after the point, not \(describe(token))", at: token.range)
      }
      return try name(isRooted: true, from: start.range)
    case .identifier: return try name(isRooted: false, from: start.range)
    case .symbol(.minus): return try negativeNumber()
    case .int(let number):
      advance()
      guard let value = Int64(exactly: number) else {
        throw note("the number is out of the range of an int", "write it with a u for a uint", at: start.range)
      }
      return try node(.literal(.int(value)), start.range)
    case .uint(let number): return try literal(.uint(number))
    case .double(let number): return try literal(.double(number))
    case .string(let text): return try literal(.string(text))
    case .bytes(let bytes): return try literal(.bytes(bytes))
    case .quotedIdentifier:
      throw note("a name in backquotes can only be a field's, after a point", at: start.range)
    case .symbol, .end: throw note("an expression should stand here, not \(describe(start))", at: start.range)
    }
  }

  private mutating func literal(_ value: Value) throws(Failure) -> SyntaxNode {
    let range = token.range
    advance()
    return try node(.literal(value), range)
  }

  /// A minus right before a number belongs to it, so that the smallest int can be written.
  private mutating func negativeNumber() throws(Failure) -> SyntaxNode {
    let minus = token.range
    advance()
    let range = minus.joined(to: token.range)
    switch token.kind {
    case .double(let number):
      advance()
      return try node(.literal(.double(-number)), range)
    case .int(let number) where number <= Int64.min.magnitude:
      advance()
      return try node(.literal(.int(Int64(truncatingIfNeeded: 0 &- number))), range)
    default: throw note("the number is out of the range of an int", at: range)
    }
  }

  private mutating func name(isRooted: Bool, from start: SourceRange) throws(Failure) -> SyntaxNode {
    let focus = token.range
    guard case .identifier(let name) = token.kind else { throw Failure() }
    advance()
    switch name {
    case "true" where !isRooted: return try node(.literal(.bool(true)), focus)
    case "false" where !isRooted: return try node(.literal(.bool(false)), focus)
    case "null" where !isRooted: return try node(.literal(.null), focus)
    case _ where Keyword.literals.contains(name):
      throw note("an expression should stand here, not `\(name)`", at: focus)
    case _ where Keyword.reserved.contains(name):
      throw note("`\(name)` is a reserved word", at: focus)
    default: break
    }
    if isNext(.openParenthesis) {
      let arguments = try self.arguments()
      return try call(name, isRooted: isRooted, target: nil, arguments, start.joined(to: previousRange), focus)
    }
    return try node(.identifier(name, isRooted: isRooted), start.joined(to: focus))
  }

  /// The grammar allows a comma after the last element, and one alone: `[,]`.
  private mutating func list() throws(Failure) -> SyntaxNode {
    let opening = token.range
    advance()
    var elements: [SyntaxNode.ListElement] = []
    let isLoneComma = skip(.comma)
    while !isLoneComma, !isNext(.closeBracket) {
      let isOptional = skip(.question)
      elements.append(SyntaxNode.ListElement(value: try expression(), isOptional: isOptional))
      guard skip(.comma) else { break }
    }
    try expect(.closeBracket, toClose: opening)
    return try node(.list(elements), opening.joined(to: previousRange), over: elements.map(\.value))
  }

  private mutating func map() throws(Failure) -> SyntaxNode {
    let opening = token.range
    advance()
    var entries: [SyntaxNode.MapEntry] = []
    let isLoneComma = skip(.comma)
    while !isLoneComma, !isNext(.closeBrace) {
      let isOptional = skip(.question)
      let key = try expression()
      try expect(.colon)
      entries.append(SyntaxNode.MapEntry(key: key, value: try expression(), isOptional: isOptional))
      guard skip(.comma) else { break }
    }
    try expect(.closeBrace, toClose: opening)
    return try node(
      .map(entries), opening.joined(to: previousRange), over: entries.flatMap { [$0.key, $0.value] })
  }

  /// `name{field: value}`, from the brace on.
  mutating func construction(_ name: String, _ start: SourceRange) throws(Failure) -> SyntaxNode {
    let opening = token.range
    advance()
    var fields: [(name: String, value: SyntaxNode)] = []
    let isLoneComma = skip(.comma)
    while !isLoneComma, !isNext(.closeBrace) {
      _ = skip(.question)
      let field = try fieldName()
      try expect(.colon)
      fields.append((field, try expression()))
      guard skip(.comma) else { break }
    }
    try expect(.closeBrace, toClose: opening)
    return try node(
      .construction(name, fields: fields), start.joined(to: previousRange), focus: start, over: fields.map(\.value))
  }

  /// `a.b.c` for a node that is a chain of plain names; with a leading point when it is rooted.
  func qualifiedName(_ node: SyntaxNode) -> String? {
    switch node.kind {
    case .identifier(let name, let isRooted): isRooted ? "." + name : name
    case .select(let operand, let field, false): qualifiedName(operand).map { "\($0).\(field)" }
    default: nil
    }
  }
}
