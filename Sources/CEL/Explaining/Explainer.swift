/// Evaluates each node of a checked expression by itself, with the code that the compiler makes of it.
struct Explainer {
  let checked: CheckedExpression
  let environment: Environment
  let bindings: [Value]
  let stepLimit: Int
  private let text: ExpressionText
  private var compiler: Compiler
  /// By node: a macro's body is evaluated for each element.
  private var evaluations: [Int: Evaluation<Value>] = [:]
  /// Macros in macros could make more parts than anybody reads.
  private var remainingParts = 1000

  init(
    _ checked: CheckedExpression, _ source: String, in environment: Environment, _ bindings: [Value], stepLimit: Int
  ) {
    self.checked = checked
    self.environment = environment
    self.bindings = bindings
    self.stepLimit = stepLimit
    text = ExpressionText(source)
    compiler = Compiler(checked, environment)
  }

  mutating func explain(_ node: SyntaxNode, _ locals: Locals, isNeeded: Bool) -> Explanation {
    let result = evaluate(node, locals)
    var parts: [Explanation.Part] = []
    var stepCount: Int?
    remainingParts -= 1
    if remainingParts > 0 { (parts, stepCount) = self.parts(of: node, locals, isNeeded) }
    return Explanation(
      text: text.text(of: node.range), form: form(of: node), result: result, isNeeded: isNeeded, parts: parts,
      stepCount: stepCount)
  }

  /// The value of a node, at no other cost than evaluating it alone has.
  mutating func evaluate(_ node: SyntaxNode, _ locals: Locals) -> Result<Value, EvaluationError> {
    var frame: Frame
    switch self.frame(locals) {
    case .success(let made): frame = made
    case .failure(let error): return .failure(error)
    }
    let evaluation = evaluation(of: node)
    return Result { () throws(EvaluationError) in try evaluation(&frame) }
  }

  mutating func evaluation(of node: SyntaxNode) -> Evaluation<Value> {
    if let known = evaluations[node.id] { return known }
    let evaluation = compiler.compile(node).value
    evaluations[node.id] = evaluation
    return evaluation
  }

  func frame(_ locals: Locals) -> Result<Frame, EvaluationError> {
    guard bindings.count == environment.variables.count else {
      return .failure(
        EvaluationError("\(bindings.count) values for \(environment.variables.count) variables", kind: .unbound))
    }
    var frame = Frame(
      variables: bindings, budget: Budget(environment.limits), types: environment.declarations.objects)
    frame.locals = locals
    return .success(frame)
  }

  func slots(_ node: SyntaxNode) -> [Int] { compiler.slots(node) }

  // MARK: - Nodes

  private func form(of node: SyntaxNode) -> Explanation.Form {
    switch checked.reference(node) {
    case .local: return .local
    case .variable: return .name
    case .constant(.type): return .literal
    case .constant: return .name
    default: break
    }
    switch node.kind {
    case .select, .presence: return .field
    default: return isLiteral(node) ? .literal : .operation
    }
  }

  private func isLiteral(_ node: SyntaxNode) -> Bool {
    switch node.kind {
    case .literal: true
    case .list(let elements): elements.allSatisfy { isLiteral($0.value) }
    case .map(let entries): entries.allSatisfy { isLiteral($0.key) && isLiteral($0.value) }
    case .call(Operator.negate, _, _, let operands): operands.allSatisfy(isLiteral)
    default: false
    }
  }

  private mutating func parts(
    of node: SyntaxNode, _ locals: Locals, _ isNeeded: Bool
  ) -> ([Explanation.Part], stepCount: Int?) {
    switch checked.reference(node) {
    // `a.b` can be one name.
    case .variable, .local, .constant, .failure: return ([], nil)
    default: break
    }
    switch node.kind {
    case .literal, .identifier, .construction: return ([], nil)
    case .select(let operand, _, _), .presence(let operand, _): return (all([operand], locals, isNeeded), nil)
    case .call(let name, _, let target, let arguments):
      return (call(node, name, target, arguments, locals, isNeeded), nil)
    case .conditional(let condition, let then, let otherwise):
      return (conditional(condition, then, otherwise, locals, isNeeded), nil)
    case .and(let operands): return (chain(operands, settledBy: false, locals, isNeeded), nil)
    case .or(let operands): return (chain(operands, settledBy: true, locals, isNeeded), nil)
    case .list(let elements): return (all(elements.map(\.value), locals, isNeeded), nil)
    case .map(let entries): return (all(entries.flatMap { [$0.key, $0.value] }, locals, isNeeded), nil)
    case .comprehension(let comprehension): return steps(node, comprehension, locals, isNeeded)
    case .binding(let values, let body): return (binding(node, values.map(\.value), body, locals, isNeeded), nil)
    case .optionalMap(let target, _, let body, _): return (optionalMap(node, target, body, locals, isNeeded), nil)
    }
  }

  private mutating func all(_ nodes: [SyntaxNode], _ locals: Locals, _ isNeeded: Bool) -> [Explanation.Part] {
    nodes.map { .expression(explain($0, locals, isNeeded: isNeeded)) }
  }

  private mutating func call(
    _ node: SyntaxNode, _ name: String, _ target: SyntaxNode?, _ arguments: [SyntaxNode], _ locals: Locals,
    _ isNeeded: Bool
  ) -> [Explanation.Part] {
    guard case .function(_, _, let hasTarget) = checked.reference(node) else { return [] }
    let operands = (hasTarget ? [target].compactMap { $0 } : []) + arguments
    guard let first = operands.first, name == "or" || name == "orValue" else { return all(operands, locals, isNeeded) }
    // The argument is asked for only when the optional is empty.
    let optional = explain(first, locals, isNeeded: isNeeded)
    let isEmpty = if case .success(.optional(nil)) = optional.result { true } else { false }
    return [.expression(optional)] + all(Array(operands.dropFirst()), locals, isNeeded && isEmpty)
  }

  private mutating func conditional(
    _ condition: SyntaxNode, _ then: SyntaxNode, _ otherwise: SyntaxNode, _ locals: Locals, _ isNeeded: Bool
  ) -> [Explanation.Part] {
    let test = explain(condition, locals, isNeeded: isNeeded)
    let flag: Bool? = if case .success(.bool(let flag)) = test.result { flag } else { nil }
    return [
      .expression(test), .expression(explain(then, locals, isNeeded: isNeeded && flag == true)),
      .expression(explain(otherwise, locals, isNeeded: isNeeded && flag == false)),
    ]
  }

  /// The operands of `&&` or `||`: none is asked behind the first that settles the result.
  private mutating func chain(
    _ operands: [SyntaxNode], settledBy decisive: Bool, _ locals: Locals, _ isNeeded: Bool
  ) -> [Explanation.Part] {
    var isSettled = false
    return operands.map { operand in
      let explanation = explain(operand, locals, isNeeded: isNeeded && !isSettled)
      if case .success(.bool(decisive)) = explanation.result { isSettled = true }
      return .expression(explanation)
    }
  }

  private mutating func binding(
    _ node: SyntaxNode, _ values: [SyntaxNode], _ body: SyntaxNode, _ locals: Locals, _ isNeeded: Bool
  ) -> [Explanation.Part] {
    var locals = locals
    var parts: [Explanation.Part] = []
    for (slot, value) in zip(slots(node), values) {
      let explanation = explain(value, locals, isNeeded: isNeeded)
      switch explanation.result {
      case .success(let value): locals[slot] = value
      case .failure(let error): locals[slot] = .opaque(FailedValue(error: error))
      }
      parts.append(.expression(explanation))
    }
    return parts + [.expression(explain(body, locals, isNeeded: isNeeded))]
  }

  /// The body is shown only where there is a value for its variable.
  private mutating func optionalMap(
    _ node: SyntaxNode, _ target: SyntaxNode, _ body: SyntaxNode, _ locals: Locals, _ isNeeded: Bool
  ) -> [Explanation.Part] {
    let optional = explain(target, locals, isNeeded: isNeeded)
    guard case .success(.optional(let wrapped?)) = optional.result, let slot = slots(node).first else {
      return [.expression(optional)]
    }
    var locals = locals
    locals[slot] = wrapped
    return [.expression(optional), .expression(explain(body, locals, isNeeded: isNeeded))]
  }
}
