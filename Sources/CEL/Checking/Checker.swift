/// Finds the type of each node and what its names stand for (langdef, "Gradual Type Checking").
struct Checker {
  enum Mode {
    case checked
    /// Every type is `dyn`, and what is wrong is an error when it is evaluated.
    case unchecked
  }

  struct Local {
    let name: String
    let type: CELType
    let slot: Int
  }

  let environment: Environment
  let names: NameResolution
  let mode: Mode
  private(set) var types: [CELType?]
  var references: [CheckedExpression.Reference?]
  var substitution = Substitution()
  var problems: [Problem] = []
  var locals: [Local] = []
  private var referencedFields: [FieldReference] = []

  static func check(
    _ root: SyntaxNode, nodeCount: Int, in environment: Environment, _ mode: Mode, expecting: CELType?
  ) throws(CompilationFailure) -> CheckedExpression {
    var checker = Checker(environment, mode, nodeCount)
    let type = checker.check(root)
    if let expecting, !checker.substitution.assign(type, to: expecting) {
      checker.report("the expression should be \(expecting), but is \(checker.finished(type))", at: root.range)
    }
    guard checker.problems.isEmpty else {
      throw CompilationFailure(problems: checker.problems.sorted { ($0.offset, $0.length) < ($1.offset, $1.length) })
    }
    // A closure over the checker would copy it for each node.
    let substitution = checker.substitution
    let types = checker.types.map { $0.map { substitution.resolve($0, isFinished: true) } }
    return CheckedExpression(
      root: root, types: types, references: checker.references,
      referencedFields: checker.referencedFields, isChecked: mode == .checked)
  }

  private init(_ environment: Environment, _ mode: Mode, _ nodeCount: Int) {
    self.environment = environment
    self.mode = mode
    names = NameResolution(container: environment.container, declarations: environment.declarations)
    types = Array(repeating: nil, count: nodeCount)
    references = Array(repeating: nil, count: nodeCount)
  }

  // MARK: - Results

  func finished(_ type: CELType) -> CELType { substitution.resolve(type, isFinished: true) }

  mutating func report(_ message: String, _ suggestion: String? = nil, at range: SourceRange) {
    problems.append(Problem(message, suggestion: suggestion, at: range))
  }

  /// Reports a problem, or makes it an error of the evaluation in an expression that is not checked.
  mutating func fail(
    _ node: SyntaxNode, _ message: String, _ suggestion: String? = nil, at range: SourceRange,
    kind: EvaluationError.Kind = .noSuchOverload
  ) -> CELType {
    if mode == .checked {
      report(message, suggestion, at: range)
      return .error
    }
    references[node.id] = .failure(EvaluationError(message, kind: kind))
    return .dyn
  }

  /// Checks that a node that has been checked is a bool.
  mutating func requireBool(_ type: CELType, _ node: SyntaxNode, _ what: String) {
    if mode == .checked, !substitution.assign(type, to: .bool) {
      report("\(what) should be bool, but is \(finished(type))", at: node.range)
    }
  }

  mutating func noteField(_ field: String, _ index: Int, of type: String) {
    let reference = FieldReference(type: type, field: field, index: index)
    // Few at most: as many as the declared types have fields.
    if !referencedFields.contains(reference) { referencedFields.append(reference) }
  }

  /// Checks a body in which more local variables are known.
  mutating func withLocals<Result>(
    _ variables: [(name: String, type: CELType)], of node: SyntaxNode, _ body: (inout Checker) -> Result
  ) -> Result {
    let count = locals.count
    for (name, type) in variables { locals.append(Local(name: name, type: type, slot: locals.count)) }
    references[node.id] = .slots(Array(count..<locals.count))
    defer { locals.removeLast(locals.count - count) }
    return body(&self)
  }

  // MARK: - Nodes

  mutating func check(_ node: SyntaxNode) -> CELType {
    let type = typeOf(node)
    types[node.id] = mode == .checked ? type : .dyn
    return mode == .checked ? type : .dyn
  }

  private mutating func typeOf(_ node: SyntaxNode) -> CELType {
    switch node.kind {
    case .literal(let value): literalType(value)
    case .identifier(let name, let isRooted): identifier(node, name, isRooted: isRooted)
    case .select(let operand, let field, let isOptional): select(node, operand, field, isOptional: isOptional)
    case .presence(let operand, let field): presence(node, operand, field)
    case .call(let name, let isRooted, let target, let arguments):
      call(node, name, isRooted: isRooted, target, arguments)
    case .conditional(let condition, let then, let otherwise): conditional(node, condition, then, otherwise)
    case .and(let operands): logical(operands, "&&")
    case .or(let operands): logical(operands, "||")
    case .list(let elements): list(elements)
    case .map(let entries): map(entries)
    case .construction(let name, let fields): construction(node, name, fields)
    case .comprehension(let comprehension): self.comprehension(node, comprehension)
    case .binding(let values, let body): binding(node, values, body)
    case .optionalMap(let target, let name, let body, let isFlat):
      optionalMap(node, target, name, body, isFlat: isFlat)
    }
  }

  private func literalType(_ value: Value) -> CELType {
    switch value {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    default: .dyn
    }
  }

  // MARK: - Operators

  private mutating func conditional(
    _ node: SyntaxNode, _ condition: SyntaxNode, _ then: SyntaxNode, _ otherwise: SyntaxNode
  ) -> CELType {
    requireBool(check(condition), condition, "what stands before ?")
    let (first, second) = (check(then), check(otherwise))
    let result = substitution.freshParameter()
    guard substitution.assign([first, second], to: [result, result]) else {
      report(
        "both results of ?: should have the same type, but are \(finished(first)) and \(finished(second))",
        "dyn(…) around them allows different types", at: node.focus)
      return .error
    }
    return substitution.resolve(result)
  }

  private mutating func logical(_ operands: [SyntaxNode], _ symbol: String) -> CELType {
    for operand in operands { requireBool(check(operand), operand, "an operand of \(symbol)") }
    return .bool
  }

  // MARK: - Lists and maps

  private mutating func list(_ elements: [SyntaxNode.ListElement]) -> CELType {
    var common: CELType?
    for element in elements {
      let type = unwrap(check(element.value), element.value, isOptional: element.isOptional)
      common = join(common, type)
    }
    return .list(common ?? substitution.freshParameter())
  }

  private mutating func map(_ entries: [SyntaxNode.MapEntry]) -> CELType {
    var common: (key: CELType, value: CELType)?
    for entry in entries {
      // In one expression with what follows it, checking would copy the checker.
      let checkedKey = check(entry.key)
      let key = keyType(checkedKey)
      let value = unwrap(check(entry.value), entry.value, isOptional: entry.isOptional)
      common = (join(common?.key, key), join(common?.value, value))
    }
    return .map(common?.key ?? substitution.freshParameter(), common?.value ?? substitution.freshParameter())
  }

  /// A key of a type that no key can have is an error when it is evaluated; its type is not looked into.
  func keyType(_ type: CELType) -> CELType {
    switch substitution.resolve(type) {
    case .bool, .int, .uint, .string, .dyn, .error, .parameter: type
    default: .dyn
    }
  }

  /// The type of the value in the optional that an element or entry with a question mark is.
  private mutating func unwrap(_ type: CELType, _ node: SyntaxNode, isOptional: Bool) -> CELType {
    guard isOptional, mode == .checked else { return type }
    switch substitution.resolve(type) {
    case .optional(let wrapped): return wrapped
    case .dyn, .error, .parameter: return .dyn
    default:
      report("what follows ? should be an optional value, but is \(finished(type))", at: node.range)
      return .error
    }
  }

  /// The type of elements of which the first ones have `common`: `dyn` when they differ.
  private mutating func join(_ common: CELType?, _ type: CELType) -> CELType {
    guard let common else { return type }
    return substitution.assign(common, to: type) ? substitution.mostGeneral(common, type) : .dyn
  }

  private mutating func construction(
    _ node: SyntaxNode, _ name: String, _ fields: [(name: String, value: SyntaxNode)]
  ) -> CELType {
    for field in fields { _ = check(field.value) }
    return fail(
      node, "records such as \(name) can't be made in an expression", "a map is written {'key': value}",
      at: node.focus)
  }
}
