/// Makes the tree of an expression (langdef, "Syntax"). Macros are recognised here.
struct Parser {
  var problems: [Problem] = []
  private let tokens: [Token]
  private let limits: Limits
  private let recognizesMacros: Bool
  private var position = 0
  private var nesting = 0
  private var nodeCount = 0
  private var macroCount = 0

  /// Thrown after the problem has been noted.
  struct Failure: Error {}

  /// The tree of a text and how many nodes it has.
  /// - Throws: the text's syntax errors: everything that is no token, else the first place that is no expression.
  static func parse(
    _ source: String, _ limits: Limits, recognizesMacros: Bool = true
  ) throws(CompilationFailure) -> (root: SyntaxNode, nodeCount: Int) {
    // A string knows its bytes at once, and has no more scalars than bytes.
    guard source.utf8.count <= limits.sourceLength || source.unicodeScalars.count <= limits.sourceLength else {
      let problem = Problem(
        "the expression is longer than \(limits.sourceLength) characters",
        at: SourceRange(start: limits.sourceLength, end: limits.sourceLength))
      throw CompilationFailure(problems: [problem])
    }
    let (tokens, problems) = Lexer.tokens(Array(source.unicodeScalars))
    guard problems.isEmpty else { throw CompilationFailure(problems: problems) }
    var parser = Parser(tokens, limits, recognizesMacros)
    do throws(Failure) {
      let root = try parser.expression()
      try parser.expectEnd()
      if parser.problems.isEmpty { return (root, parser.nodeCount) }
    } catch {}
    throw CompilationFailure(problems: parser.problems)
  }

  private init(_ tokens: [Token], _ limits: Limits, _ recognizesMacros: Bool) {
    self.recognizesMacros = recognizesMacros
    self.tokens = tokens
    self.limits = limits
  }

  // MARK: - Tokens

  var token: Token { tokens[min(position, tokens.count - 1)] }

  var previousRange: SourceRange { tokens[max(0, position - 1)].range }

  mutating func advance() { position += 1 }

  func isNext(_ symbol: Symbol) -> Bool { token.kind == .symbol(symbol) }

  mutating func skip(_ symbol: Symbol) -> Bool {
    guard isNext(symbol) else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: Symbol, toClose opening: SourceRange? = nil) throws(Failure) {
    if skip(symbol) { return }
    let what = opening == nil ? "`\(symbol.rawValue)` should stand here" : "`\(symbol.rawValue)` is missing"
    throw note("\(what)\(token.kind == .end ? ", but the expression ends" : "")", at: token.range)
  }

  private mutating func expectEnd() throws(Failure) {
    guard token.kind == .end else {
      throw note("\(describe(token)) should not stand here: the expression is complete before it", at: token.range)
    }
  }

  @discardableResult
  mutating func note(_ message: String, _ suggestion: String? = nil, at range: SourceRange) -> Failure {
    problems.append(Problem(message, suggestion: suggestion, at: range))
    return Failure()
  }

  func describe(_ token: Token) -> String {
    switch token.kind {
    case .identifier(let name), .quotedIdentifier(let name): "`\(name)`"
    case .int, .uint, .double: "a number"
    case .string, .bytes: "a text"
    case .symbol(let symbol): "`\(symbol.rawValue)`"
    case .end: "the end of the expression"
    }
  }

  // MARK: - Nodes

  mutating func node(
    _ kind: SyntaxNode.Kind, _ range: SourceRange, focus: SourceRange? = nil, over children: [SyntaxNode] = []
  ) throws(Failure) -> SyntaxNode {
    var (depth, size) = (0, 1)
    for child in children {
      depth = max(depth, child.depth)
      size += child.size
    }
    guard depth < limits.nesting else { throw tooDeep(range) }
    defer { nodeCount += 1 }
    return SyntaxNode(id: nodeCount, kind: kind, range: range, focus: focus ?? range, depth: depth + 1, size: size)
  }

  private mutating func tooDeep(_ range: SourceRange) -> Failure {
    note("the expression is nested deeper than \(limits.nesting)", at: range)
  }

  mutating func countMacro(_ range: SourceRange) throws(Failure) {
    macroCount += 1
    if macroCount > limits.macros { throw note("the expression has more than \(limits.macros) macros", at: range) }
  }

  // MARK: - Operators

  mutating func expression() throws(Failure) -> SyntaxNode {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= limits.nesting else { throw tooDeep(token.range) }
    // `a ? b : c ? d : e` is gathered first and put together from its end.
    var cases: [(condition: SyntaxNode, then: SyntaxNode, focus: SourceRange)] = []
    var last = try disjunction()
    while isNext(.question) {
      let focus = token.range
      advance()
      let then = try disjunction()
      try expect(.colon)
      cases.append((last, then, focus))
      last = try disjunction()
    }
    while let (condition, then, focus) = cases.popLast() {
      last = try node(
        .conditional(condition, then: then, otherwise: last), condition.range.joined(to: last.range), focus: focus,
        over: [condition, then, last])
    }
    return last
  }

  private mutating func disjunction() throws(Failure) -> SyntaxNode {
    let first = try conjunction()
    guard isNext(.or) else { return first }
    let focus = token.range
    var operands = [first]
    while skip(.or) { operands.append(try conjunction()) }
    return try node(.or(operands), range(of: operands), focus: focus, over: operands)
  }

  private mutating func conjunction() throws(Failure) -> SyntaxNode {
    let first = try binary(atLeast: 3)
    guard isNext(.and) else { return first }
    let focus = token.range
    var operands = [first]
    while skip(.and) { operands.append(try binary(atLeast: 3)) }
    return try node(.and(operands), range(of: operands), focus: focus, over: operands)
  }

  private func range(of nodes: [SyntaxNode]) -> SourceRange {
    SourceRange(start: nodes.first?.range.start ?? 0, end: nodes.last?.range.end ?? 0)
  }

  /// Operators of one precedence associate to the left.
  private mutating func binary(atLeast precedence: Int) throws(Failure) -> SyntaxNode {
    var left = try unary()
    while let (name, binds) = Operator.binary(token.kind), binds >= precedence {
      let focus = token.range
      advance()
      let right = try binary(atLeast: binds + 1)
      left = try node(
        .call(name, isRooted: false, target: nil, arguments: [left, right]), left.range.joined(to: right.range),
        focus: focus, over: [left, right])
    }
    return left
  }

  private mutating func unary() throws(Failure) -> SyntaxNode {
    var operators: [(name: String, range: SourceRange)] = []
    if isNext(.not) {
      while isNext(.not) {
        operators.append((Operator.not, token.range))
        advance()
      }
    } else {
      while isNext(.minus) {
        if case .int = tokens[position + 1].kind { break }
        if case .double = tokens[position + 1].kind { break }
        operators.append((Operator.negate, token.range))
        advance()
      }
    }
    var operand = try member()
    while let (name, range) = operators.popLast() {
      operand = try node(
        .call(name, isRooted: false, target: nil, arguments: [operand]), range.joined(to: operand.range),
        focus: range, over: [operand])
    }
    return operand
  }

  // MARK: - Members

  private mutating func member() throws(Failure) -> SyntaxNode {
    var operand = try primary()
    while true {
      if skip(.dot) {
        operand = try selection(from: operand)
      } else if isNext(.openBracket) {
        operand = try index(into: operand)
      } else if isNext(.openBrace), let name = qualifiedName(operand) {
        operand = try construction(name, operand.range)
      } else {
        return operand
      }
    }
  }

  private mutating func selection(from operand: SyntaxNode) throws(Failure) -> SyntaxNode {
    let isOptional = skip(.question)
    let focus = token.range
    let name = try fieldName()
    if !isOptional, isNext(.openParenthesis), tokens[position - 1].kind == .identifier(name) {
      let arguments = try self.arguments()
      return try call(name, isRooted: false, target: operand, arguments, operand.range.joined(to: previousRange), focus)
    }
    return try node(
      .select(operand, field: name, isOptional: isOptional), operand.range.joined(to: focus), focus: focus,
      over: [operand])
  }

  /// The name after a point; reserved words are allowed there.
  mutating func fieldName() throws(Failure) -> String {
    switch token.kind {
    case .identifier(let name) where !Keyword.literals.contains(name):
      advance()
      return name
    case .quotedIdentifier(let name):
      advance()
      return name
    default: throw note("a field's name should stand here, not \(describe(token))", at: token.range)
    }
  }

  private mutating func index(into operand: SyntaxNode) throws(Failure) -> SyntaxNode {
    let opening = token.range
    advance()
    let isOptional = skip(.question)
    let index = try expression()
    try expect(.closeBracket, toClose: opening)
    return try node(
      .call(
        isOptional ? Operator.optionalIndex : Operator.index, isRooted: false, target: nil,
        arguments: [operand, index]), operand.range.joined(to: previousRange), focus: index.range,
      over: [operand, index])
  }

  mutating func arguments() throws(Failure) -> [SyntaxNode] {
    let opening = token.range
    advance()
    var arguments: [SyntaxNode] = []
    if skip(.closeParenthesis) { return arguments }
    repeat { arguments.append(try expression()) } while skip(.comma)
    try expect(.closeParenthesis, toClose: opening)
    return arguments
  }

  mutating func call(
    _ name: String, isRooted: Bool, target: SyntaxNode?, _ arguments: [SyntaxNode], _ range: SourceRange,
    _ focus: SourceRange
  ) throws(Failure) -> SyntaxNode {
    if !isRooted, recognizesMacros, let expanded = try macro(name, target, arguments, range, focus) { return expanded }
    return try node(
      .call(name, isRooted: isRooted, target: target, arguments: arguments), range, focus: focus,
      over: arguments + (target.map { [$0] } ?? []))
  }
}
