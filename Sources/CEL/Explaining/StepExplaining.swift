/// Macros over lists and maps.
extension Explainer {
  mutating func steps(
    _ node: SyntaxNode, _ comprehension: Comprehension, _ locals: Locals, _ isNeeded: Bool
  ) -> ([Explanation.Part], stepCount: Int?) {
    let range = explain(comprehension.range, locals, isNeeded: isNeeded)
    guard let elements = Loop.Elements(range.result) else { return ([.expression(range)], nil) }
    let slots = slots(node)
    var parts: [Explanation.Part] = [.expression(range)]
    for index in chosenSteps(comprehension, elements, slots, locals) {
      let values = elements.variables(index, count: slots.count)
      var stepLocals = locals
      for (slot, value) in zip(slots, values) { stepLocals[slot] = value }
      var stepParts: [Explanation] = []
      var isTaken = true
      if let filter = comprehension.filter {
        let explanation = explain(filter, stepLocals, isNeeded: isNeeded)
        if case .success(.bool(true)) = explanation.result {} else { isTaken = false }
        stepParts.append(explanation)
      }
      stepParts.append(explain(comprehension.body, stepLocals, isNeeded: isNeeded && isTaken))
      let variables = zip(comprehension.variables, values).map { (name: $0, value: $1) }
      parts.append(.step(Explanation.Step(index: index, variables: variables, parts: stepParts)))
    }
    return (parts, elements.count)
  }

  /// The steps to show: one that settles the result, those that fail and those that are chosen, then the first ones.
  /// Behind one that settles the result none is evaluated.
  private mutating func chosenSteps(
    _ comprehension: Comprehension, _ elements: Loop.Elements, _ slots: [Int], _ locals: Locals
  ) -> [Int] {
    guard let (predicate, telling, settles) = predicate(of: comprehension),
      case .success(var frame) = frame(locals)
    else { return Array(0..<min(elements.count, stepLimit)) }
    let evaluation = evaluation(of: predicate)
    var tellingSteps: [Int] = []
    var otherSteps: [Int] = []
    for index in 0..<elements.count {
      for (slot, value) in zip(slots, elements.variables(index, count: slots.count)) { frame.locals[slot] = value }
      do throws(EvaluationError) {
        if case .bool(telling) = try evaluation(&frame) {
          if settles { return ((tellingSteps + otherSteps).prefix(stepLimit - 1) + [index]).sorted() }
          tellingSteps.append(index)
        } else {
          otherSteps.append(index)
        }
      } catch {
        tellingSteps.append(index)
        if error.kind == .limit { break }
      }
    }
    return (tellingSteps + otherSteps).prefix(stepLimit).sorted()
  }

  /// What is asked of each element, which answer is the telling one, and whether that settles the macro's result.
  private func predicate(
    of comprehension: Comprehension
  ) -> (predicate: SyntaxNode, telling: Bool, settles: Bool)? {
    switch comprehension.macro {
    case .all: (comprehension.body, false, true)
    case .exists: (comprehension.body, true, true)
    case .existsOne, .filter: (comprehension.body, true, false)
    case .map, .transformList, .transformMap, .transformMapEntry, .sortBy:
      comprehension.filter.map { ($0, true, false) }
    }
  }
}

extension Loop.Elements {
  /// Nil for what a macro can't go over.
  fileprivate init?(_ range: Result<Value, EvaluationError>) {
    switch range {
    case .success(.list(let list)): self = .list(list)
    case .success(.map(let map)): self = .map(map.entries)
    default: return nil
    }
  }

  /// What the macro's variables stand for in one step.
  fileprivate func variables(_ index: Int, count: Int) -> [Value] {
    count == 1 ? [single(index)] : [first(index), second(index)]
  }
}
