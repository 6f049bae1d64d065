/// Macros.
extension Checker {
  mutating func comprehension(_ node: SyntaxNode, _ comprehension: Comprehension) -> CELType {
    let (key, value) = elementTypes(of: comprehension.range)
    let isPair = comprehension.variables.count == 2
    let types = isPair ? [key.pair, value] : [key.single]
    let variables = zip(comprehension.variables, types).map { (name: $0, type: $1) }
    return withLocals(variables, of: node) { checker in
      if let filter = comprehension.filter {
        checker.requireBool(checker.check(filter), filter, "the filter of \(comprehension.macro.rawValue)()")
      }
      let body = checker.check(comprehension.body)
      switch comprehension.macro {
      case .all, .exists, .existsOne:
        checker.requireBool(body, comprehension.body, "the predicate of \(comprehension.macro.rawValue)()")
        return .bool
      case .filter:
        checker.requireBool(body, comprehension.body, "the predicate of filter()")
        return .list(checker.substitution.resolve(key.single))
      case .map, .transformList: return .list(body)
      case .transformMap: return .map(checker.keyType(key.pair), body)
      case .transformMapEntry: return checker.entryType(body, comprehension.body)
      case .sortBy: return .list(checker.substitution.resolve(key.single))
      }
    }
  }

  /// The types of a macro's variables: of a single one, and of the first and the second of a pair.
  private mutating func elementTypes(
    of range: SyntaxNode
  ) -> (key: (single: CELType, pair: CELType), value: CELType) {
    let checkedRange = check(range)
    let type = substitution.resolve(checkedRange)
    switch type {
    case .list(let element): return ((element, .int), element)
    case .map(let key, let value): return ((key, key), value)
    case .parameter:
      _ = substitution.assign(.dyn, to: type)
      return ((.dyn, .dyn), .dyn)
    case .dyn, .error: return ((.dyn, .dyn), .dyn)
    default:
      if mode == .checked { report("a macro goes over a list or a map, not \(finished(type))", at: range.range) }
      return ((.error, .error), .error)
    }
  }

  private mutating func entryType(_ type: CELType, _ node: SyntaxNode) -> CELType {
    switch substitution.resolve(type) {
    case .map(let key, let value): return .map(key, value)
    case .dyn, .error, .parameter: return .map(.dyn, .dyn)
    default:
      report("transformMapEntry() makes a map of each element, not \(finished(type))", at: node.range)
      return .error
    }
  }

  mutating func binding(
    _ node: SyntaxNode, _ values: [(name: String, value: SyntaxNode)], _ body: SyntaxNode
  ) -> CELType {
    let count = locals.count
    defer { locals.removeLast(locals.count - count) }
    for (name, value) in values {
      let type = check(value)
      locals.append(Local(name: name, type: type, slot: locals.count))
    }
    references[node.id] = .slots(Array(count..<locals.count))
    return check(body)
  }

  mutating func optionalMap(
    _ node: SyntaxNode, _ target: SyntaxNode, _ name: String, _ body: SyntaxNode, isFlat: Bool
  ) -> CELType {
    let checkedTarget = check(target)
    let type = substitution.resolve(checkedTarget)
    let wrapped: CELType
    switch type {
    case .optional(let type): wrapped = type
    case .dyn, .error, .parameter: wrapped = .dyn
    default:
      report("optMap() and optFlatMap() take an optional value, not \(finished(type))", at: target.range)
      wrapped = .error
    }
    return withLocals([(name, wrapped)], of: node) { checker in
      let result = checker.check(body)
      guard isFlat else { return .optional(result) }
      let optional = CELType.optional(checker.substitution.freshParameter())
      if checker.mode == .checked, !checker.substitution.assign(result, to: optional) {
        checker.report("optFlatMap() gives an optional value, not \(checker.finished(result))", at: body.range)
        return .error
      }
      return checker.substitution.resolve(result)
    }
  }
}
