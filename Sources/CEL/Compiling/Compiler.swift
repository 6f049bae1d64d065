/// Turns a checked expression into closures over Swift values.
///
/// What is made of constants alone is evaluated here, once.
struct Compiler {
  let checked: CheckedExpression
  let environment: Environment
  private(set) var problems: [Problem] = []
  /// Whether an evaluation may look up fields by their names, or compare records: then it needs their declarations.
  private(set) var needsRecordTypes = false
  /// What macros ask of elements that lie in columns, by the macro's node.
  private(set) var elements: [Int: ElementCondition]
  /// For evaluating what is constant; what costs too much is left for the evaluation.
  private var folding: Frame

  static func compile(
    _ checked: CheckedExpression, in environment: Environment
  ) throws(CompilationFailure) -> Program {
    var compiler = Compiler(checked, environment)
    let code = compiler.compile(checked.root)
    guard compiler.problems.isEmpty else { throw CompilationFailure(problems: compiler.problems) }
    return Program(
      code: code, checked: checked, recordTypes: compiler.needsRecordTypes ? environment.declarations.objects : [:],
      environment: environment, elements: compiler.elements)
  }

  /// - Parameter elements: those that are known already.
  init(_ checked: CheckedExpression, _ environment: Environment, elements: [Int: ElementCondition] = [:]) {
    self.elements = elements
    self.checked = checked
    self.environment = environment
    folding = Frame(
      variables: [], budget: Budget(environment.limits), types: environment.declarations.objects)
  }

  mutating func report(_ message: String, at range: SourceRange) {
    problems.append(Problem(message, at: range))
  }

  mutating func useRecordTypes() { needsRecordTypes = true }

  /// The constant that the code always gives; the code itself when evaluating it fails.
  mutating func fold(_ code: Code) -> Code {
    guard let value = try? code.value(&folding) else { return code }
    return .constant(value)
  }

  /// What the macro asks of elements that lie in columns; nil when they don't, or when it asks something else.
  mutating func elementCondition(_ node: SyntaxNode, _ comprehension: Comprehension) -> ElementCondition? {
    if let known = elements[node.id] { return known }
    let condition = BatchCompiler.elementCondition(comprehension, slots(node), checked, environment)
    if let condition { elements[node.id] = condition }
    return condition
  }

  func type(_ node: SyntaxNode) -> CELType { checked.type(node) }

  // MARK: - Nodes

  mutating func compile(_ node: SyntaxNode) -> Code {
    switch checked.reference(node) {
    case .failure(let error): return .value { _ throws(EvaluationError) in throw error }
    case .variable(let slot):
      return .reading(type(node), VariableReader(slot: slot))
    case .local(let slot): return .reading(type(node), LocalReader(slot: slot))
    case .constant(let value): return .constant(value)
    default: break
    }
    switch node.kind {
    case .literal(let value): return .constant(value)
    case .identifier(let name, _):
      return .value { _ throws(EvaluationError) in
        throw EvaluationError("there is no variable `\(name)`", kind: .unbound)
      }
    case .select(let operand, let field, let isOptional):
      return select(node, operand, field, isOptional: isOptional)
    case .presence(let operand, let field): return presence(node, operand, field)
    case .call(_, _, let target, let arguments): return call(node, target, arguments)
    case .conditional(let condition, let then, let otherwise): return conditional(condition, then, otherwise)
    case .and(let operands): return logical(operands, settledBy: false)
    case .or(let operands): return logical(operands, settledBy: true)
    case .list(let elements): return list(elements)
    case .map(let entries): return map(entries)
    case .construction:
      return .value { _ throws(EvaluationError) in
        throw EvaluationError("records can't be made in an expression", kind: .noSuchOverload)
      }
    case .comprehension(let comprehension): return self.comprehension(node, comprehension)
    case .binding(let values, let body): return binding(node, values.map(\.value), body)
    case .optionalMap(let target, _, let body, let isFlat): return optionalMap(node, target, body, isFlat: isFlat)
    }
  }

  func slots(_ node: SyntaxNode) -> [Int] {
    if case .slots(let slots) = checked.reference(node) { slots } else { [] }
  }
}
