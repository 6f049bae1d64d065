/// One evaluation of a ``BatchProgram``.
struct BatchEvaluation {
  let program: BatchProgram
  let columns: any RecordColumns
  var bindings: [Value]
  var memory: BatchProgram.Memory

  /// - Parameter active: the records of which the node is asked; what is said of the others has no meaning.
  mutating func evaluate(_ node: BatchNode, _ active: [Bool]) -> [Truth] {
    switch node {
    case .constant(let truth): return Array(repeating: truth, count: columns.count)
    case .presence(let field): return columns.presence(of: field)
    case .flag(let field): return columns.flags(field)
    case .comparison(let comparison, let left, let right): return compare(comparison, times(left), times(right))
    case .not(let operand):
      var truths = evaluate(operand, active)
      for index in truths.indices { truths[index] = truths[index].negated }
      return truths
    case .and(let operands): return logical(operands, active, settledBy: .no)
    case .or(let operands): return logical(operands, active, settledBy: .yes)
    case .conditional(let test, let then, let otherwise): return conditional(test, then, otherwise, active)
    case .coded(let field, let memo, let evaluation): return coded(field, memo, evaluation, active)
    case .record(let evaluation):
      var truths = [Truth](repeating: .undecided, count: columns.count)
      for index in truths.indices where active[index] { truths[index] = truth(evaluation, index) }
      return truths
    }
  }

  // MARK: - Logic

  /// An operand that settles the result makes up for others that are not decided.
  private mutating func logical(_ operands: [BatchNode], _ active: [Bool], settledBy decisive: Truth) -> [Truth] {
    var active = active
    var truths: [Truth]?
    for operand in operands {
      let next = evaluate(operand, active)
      guard var result = truths else {
        truths = next
        for index in next.indices where next[index] == decisive { active[index] = false }
        continue
      }
      truths = nil
      for index in next.indices where active[index] {
        if next[index] == decisive {
          result[index] = decisive
          active[index] = false
        } else if next[index] == .undecided {
          result[index] = .undecided
        }
      }
      truths = result
    }
    return truths ?? []
  }

  private mutating func conditional(
    _ test: BatchNode, _ then: BatchNode, _ otherwise: BatchNode, _ active: [Bool]
  ) -> [Truth] {
    let tests = evaluate(test, active)
    let thens = evaluate(then, zip(active, tests).map { $0 && $1 == .yes })
    let others = evaluate(otherwise, zip(active, tests).map { $0 && $1 == .no })
    return tests.indices.map { index in
      switch tests[index] {
      case .yes: thens[index]
      case .no: others[index]
      case .undecided: .undecided
      }
    }
  }

  // MARK: - Parts

  private mutating func coded(
    _ field: Int, _ memo: Int, _ evaluation: Evaluation<Bool>, _ active: [Bool]
  ) -> [Truth] {
    let codes = columns.codes(field)
    var known = memory.truths[memo]
    memory.truths[memo] = []
    let missing = columns.codeCount(field) - known.count
    if missing > 0 { known.append(contentsOf: repeatElement(nil, count: missing)) }
    var truths = [Truth](repeating: .undecided, count: codes.count)
    for index in codes.indices where active[index] && codes[index] >= 0 {
      let code = Int(codes[index])
      if let truth = known[code] {
        truths[index] = truth
      } else {
        let truth = truth(evaluation, index)
        known[code] = truth
        truths[index] = truth
      }
    }
    memory.truths[memo] = known
    return truths
  }

  private mutating func truth(_ evaluation: Evaluation<Bool>, _ index: Int) -> Truth {
    let record = columns.record(at: index)
    for slot in program.records { bindings[slot] = record }
    var frame = Frame(variables: bindings, budget: program.budget, types: program.recordTypes)
    do throws(EvaluationError) { return Truth(try evaluation(&frame)) } catch { return .undecided }
  }

  // MARK: - Times

  private func times(_ node: TimeNode) -> Times {
    switch node {
    case .constant(let time): return .same(time)
    case .column(let field): return .each(columns.times(field))
    case .variable(let slot): return .same(BatchTime.nanoseconds(bindings[slot]))
    case .sum(let left, let right): return Times(times(left), times(right), BatchTime.sum)
    case .difference(let left, let right): return Times(times(left), times(right), BatchTime.difference)
    }
  }

  private func compare(_ comparison: TimeComparison, _ left: Times, _ right: Times) -> [Truth] {
    switch comparison {
    case .ordering(.less): truths(left, right) { $0 < $1 }
    case .ordering(.lessOrEqual): truths(left, right) { $0 <= $1 }
    case .ordering(.greater): truths(left, right) { $0 > $1 }
    case .ordering(.greaterOrEqual): truths(left, right) { $0 >= $1 }
    case .equal: truths(left, right) { $0 == $1 }
    case .unequal: truths(left, right) { $0 != $1 }
    }
  }

  @inline(__always)
  private func truths(_ left: Times, _ right: Times, _ holds: (Int64, Int64) -> Bool) -> [Truth] {
    func truth(_ left: Int64, _ right: Int64) -> Truth {
      left == BatchTime.none || right == BatchTime.none ? .undecided : Truth(holds(left, right))
    }
    switch (left, right) {
    case (.same(let left), .same(let right)): return Array(repeating: truth(left, right), count: columns.count)
    case (.each(let left), .same(let right)): return left.map { truth($0, right) }
    case (.same(let left), .each(let right)): return right.map { truth(left, $0) }
    case (.each(let left), .each(let right)): return left.indices.map { truth(left[$0], right[$0]) }
    }
  }
}

/// The times of all records of a batch.
private enum Times {
  case same(Int64)
  case each([Int64])

  @inline(__always)
  init(_ left: Times, _ right: Times, _ combine: (Int64, Int64) -> Int64) {
    switch (left, right) {
    case (.same(let left), .same(let right)): self = .same(combine(left, right))
    case (.each(let left), .same(let right)): self = .each(left.map { combine($0, right) })
    case (.same(let left), .each(let right)): self = .each(right.map { combine(left, $0) })
    case (.each(let left), .each(let right)): self = .each(left.indices.map { combine(left[$0], right[$0]) })
    }
  }
}
