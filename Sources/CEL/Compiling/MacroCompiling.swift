/// Macros over lists and maps, and names for values.
extension Compiler {
  mutating func comprehension(_ node: SyntaxNode, _ comprehension: Comprehension) -> Code {
    let loop = loop(node, comprehension)
    let filter = comprehension.filter.map { compile($0).bool }
    let body = compile(comprehension.body)
    switch comprehension.macro {
    case .all: return .bool(loop.quantifier(body.bool, settledBy: false))
    case .exists: return .bool(loop.quantifier(body.bool, settledBy: true))
    case .existsOne: return .bool(loop.existsOne(body.bool))
    case .filter: return .list(loop.filter(body.bool))
    case .map, .transformList: return .list(loop.map(body.value, where: filter))
    case .transformMap: return .value(loop.transformMap(body.value, where: filter))
    case .transformMapEntry: return .value(loop.transformMapEntry(body.value, where: filter))
    case .sortBy: return .list(loop.sort(by: body.value))
    }
  }

  /// The number of elements that a `filter()` lets pass.
  mutating func count(_ node: SyntaxNode, _ comprehension: Comprehension) -> Code {
    let loop = loop(node, comprehension)
    return .int(loop.count(compile(comprehension.body).bool))
  }

  private mutating func loop(_ node: SyntaxNode, _ comprehension: Comprehension) -> Loop {
    Loop(
      range: compile(comprehension.range).value, slots: slots(node), cost: comprehension.stepCost,
      condition: elementCondition(node, comprehension))
  }

  /// A value that can't be evaluated is an error where its name is used, not before.
  mutating func binding(_ node: SyntaxNode, _ values: [SyntaxNode], _ body: SyntaxNode) -> Code {
    let slots = slots(node)
    let values = values.map { compile($0).value }
    let body = compile(body).value
    return .value { frame throws(EvaluationError) in
      for (slot, value) in zip(slots, values) {
        do throws(EvaluationError) {
          frame.locals[slot] = try value(&frame)
        } catch {
          frame.locals[slot] = .opaque(FailedValue(error: error))
        }
      }
      return try body(&frame)
    }
  }

  mutating func optionalMap(
    _ node: SyntaxNode, _ target: SyntaxNode, _ body: SyntaxNode, isFlat: Bool
  ) -> Code {
    let slot = slots(node).first ?? 0
    let (target, body) = (compile(target).value, compile(body).value)
    return .value { frame throws(EvaluationError) in
      let value = try target(&frame)
      guard case .optional(let wrapped) = value else { throw .unexpected(value, expected: "an optional value") }
      guard let wrapped else { return .optional(nil) }
      frame.locals[slot] = wrapped
      let result = try body(&frame)
      guard isFlat else { return .optional(result) }
      guard case .optional = result else { throw .unexpected(result, expected: "an optional value") }
      return result
    }
  }
}
