/// One evaluation of a ``BatchProgram``.
struct BatchEvaluation {
  let program: BatchProgram
  let columns: any RecordColumns
  var bindings: [Value]
  var memory: BatchProgram.Memory

  /// - Parameter active: the records of which the node is asked; what is said of the others has no meaning.
  mutating func evaluate(_ node: BatchNode, _ active: Bitmap) -> Truths {
    switch node {
    case .constant(let truth): return Truths(repeating: truth, count: columns.count)
    case .presence(let field): return columns.presence(of: field)
    case .flag(let field): return columns.flags(field)
    case .times(let comparison, let left, let right):
      return comparison.truths(times(left), times(right), count: columns.count)
    case .numbers(let comparison, let left, let right):
      return comparison.truths(numbers(left, active), numbers(right, active), count: columns.count)
    case .text(let field, let text): return equals(field, text, active)
    case .pattern(let field, let expression): return pattern(field, expression, active)
    case .exists(let field, let condition): return exists(field, condition, active)
    case .not(let operand):
      let truths = evaluate(operand, active)
      return Truths(yes: truths.no, undecided: truths.undecided)
    case .and(let operands): return all(operands, active)
    case .or(let operands): return any(operands, active)
    case .conditional(let test, let then, let otherwise): return conditional(test, then, otherwise, active)
    case .coded(let field, let memo, let evaluation): return coded(field, memo, evaluation, active)
    case .nested(let field, let memo, let node): return nested(field, memo, node, active)
    case .record(let evaluation):
      var truths = Truths(repeating: .undecided, count: columns.count)
      active.forEachSet { truths[$0] = truth(evaluation, $0) }
      return truths
    }
  }

  // MARK: - Logic

  /// An operand that settles the result makes up for others that are not decided.
  private mutating func all(_ operands: [BatchNode], _ active: Bitmap) -> Truths {
    var (active, result) = (active, Truths(repeating: .yes, count: columns.count))
    for operand in operands where !active.isEmpty {
      let next = evaluate(operand, active)
      let settled = active.intersection(next.no)
      active.subtract(settled)
      result.yes.subtract(settled)
      result.undecided.subtract(settled)
      let undecided = active.intersection(next.undecided)
      result.yes.subtract(undecided)
      result.undecided.formUnion(undecided)
    }
    return result
  }

  private mutating func any(_ operands: [BatchNode], _ active: Bitmap) -> Truths {
    var (active, result) = (active, Truths(repeating: .no, count: columns.count))
    for operand in operands where !active.isEmpty {
      let next = evaluate(operand, active)
      let settled = active.intersection(next.yes)
      active.subtract(settled)
      result.yes.formUnion(settled)
      result.undecided.subtract(settled)
      result.undecided.formUnion(active.intersection(next.undecided))
    }
    return result
  }

  private mutating func conditional(
    _ test: BatchNode, _ then: BatchNode, _ otherwise: BatchNode, _ active: Bitmap
  ) -> Truths {
    let tests = evaluate(test, active)
    let (thenActive, otherwiseActive) = (active.intersection(tests.yes), active.intersection(tests.no))
    let (thens, others) = (evaluate(then, thenActive), evaluate(otherwise, otherwiseActive))
    return Truths(
      yes: thens.yes.intersection(thenActive).union(others.yes.intersection(otherwiseActive)),
      undecided: tests.undecided
        .union(thens.undecided.intersection(thenActive)).union(others.undecided.intersection(otherwiseActive)))
  }

  // MARK: - Parts

  private mutating func coded(
    _ field: Int, _ memo: Int, _ evaluation: Evaluation<Bool>, _ active: Bitmap
  ) -> Truths {
    let codes = columns.codes(field)
    var known = memory.coded[memo]
    memory.coded[memo] = []
    let missing = columns.codeCount(field) - known.count
    if missing > 0 { known.append(contentsOf: repeatElement(nil, count: missing)) }
    active.forEachSet { index in
      let code = Int(codes[index])
      if code >= 0, known[code] == nil { known[code] = truth(evaluation, index) }
    }
    memory.coded[memo] = known
    return Truths(count: codes.count) { codes[$0] < 0 ? .undecided : known[Int(codes[$0])] ?? .undecided }
  }

  private mutating func nested(_ field: Int, _ memo: Int, _ node: BatchNode, _ active: Bitmap) -> Truths {
    if memory.nested[memo] == nil, let values = columns.values(of: field) {
      var evaluation = BatchEvaluation(
        program: program, columns: values, bindings: bindings, memory: BatchProgram.Memory(coded: [], nested: []))
      memory.nested[memo] = evaluation.evaluate(node, Bitmap(repeating: true, count: values.count))
    }
    guard let known = memory.nested[memo] else { return Truths(repeating: .undecided, count: columns.count) }
    let codes = columns.codes(field)
    return Truths(count: codes.count) { codes[$0] > 0 ? known[Int(codes[$0]) - 1] : .undecided }
  }

  private mutating func truth(_ evaluation: Evaluation<Bool>, _ index: Int) -> Truth {
    let record = columns.record(at: index)
    for slot in program.records { bindings[slot] = record }
    var frame = Frame(variables: bindings, budget: program.budget, types: program.recordTypes)
    if let local = program.local { frame.locals[local] = record }
    do throws(EvaluationError) { return Truth(try evaluation(&frame)) } catch { return .undecided }
  }

  private func equals(_ field: Int, _ other: [UInt8], _ active: Bitmap) -> Truths {
    var truths = Truths(repeating: .undecided, count: columns.count)
    let other = unsafe other.span.bytes
    columns.forEachText(field, of: active) { index, text in truths[index] = Truth(text.hasSameBytes(as: other)) }
    return truths
  }

  /// A text on which the expression could cost more than an evaluation may is not decided.
  private func pattern(_ field: Int, _ expression: RegularExpression, _ active: Bitmap) -> Truths {
    var truths = Truths(repeating: .undecided, count: columns.count)
    columns.forEachText(field, of: active) { index, text in
      var budget = program.budget
      if (try? budget.spend(matching: text.byteCount, expression)) != nil {
        truths[index] = Truth(expression.matches(text))
      }
    }
    return truths
  }

  // MARK: - Lists

  /// The records whose lists are not too long to go through within what an evaluation may cost.
  private func affordable(_ field: Int, _ condition: ElementCondition, _ active: Bitmap) -> Bitmap {
    let sizes = columns.sizes(field)
    var affordable = active
    active.forEachSet { index in
      var budget = program.budget
      let (cost, isTooMuch) = Int(sizes[index]).multipliedReportingOverflow(by: condition.cost)
      if isTooMuch || (try? budget.spend(cost)) == nil { affordable[index] = false }
    }
    return affordable
  }

  private func exists(_ field: Int, _ condition: ElementCondition, _ active: Bitmap) -> Truths {
    var truths = Truths(repeating: .undecided, count: columns.count)
    let active = affordable(field, condition, active)
    let counts = columns.counts(field, of: active, condition)
    active.forEachSet { index in
      guard let count = counts[index] else { return }
      truths[index] = count.yes > 0 ? .yes : count.undecided > 0 ? .undecided : .no
    }
    return truths
  }

  // MARK: - Numbers and times

  private func times(_ node: TimeNode) -> Operand {
    switch node {
    case .constant(let time): .same(time)
    case .column(let field): .each(columns.times(field))
    case .variable(let slot): .same(BatchTime.nanoseconds(bindings[slot]))
    case .sum(let left, let right): Operand(times(left), times(right), BatchTime.sum)
    case .difference(let left, let right): Operand(times(left), times(right), BatchTime.difference)
    }
  }

  private func numbers(_ node: NumberNode, _ active: Bitmap) -> Operand {
    switch node {
    case .constant(let number): return .same(number)
    case .size(let field): return .each(columns.sizes(field).map { $0 < 0 ? Operand.none : $0 })
    case .count(let field, let condition):
      let active = affordable(field, condition, active)
      let counts = columns.counts(field, of: active, condition)
      return .each(
        counts.indices.map { index in
          guard active[index], let count = counts[index], count.undecided == 0 else { return Operand.none }
          return Int64(count.yes)
        })
    case .distinct(let list, let condition, let field):
      let active = affordable(list, condition, active)
      let counts = columns.distinctCounts(list, of: active, condition, field: field)
      return .each(counts.indices.map { active[$0] ? counts[$0] ?? Operand.none : Operand.none })
    case .length(let field):
      var lengths = [Int64](repeating: Operand.none, count: columns.count)
      columns.forEachText(field, of: active) { index, text in
        var budget = program.budget
        if (try? budget.spend(bytes: text.byteCount)) != nil { lengths[index] = text.scalarCount }
      }
      return .each(lengths)
    }
  }
}

extension RawSpan {
  fileprivate func hasSameBytes(as other: RawSpan) -> Bool {
    byteCount == other.byteCount
      && byteOffsets.allSatisfy { offset in
        unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
          == other.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      }
  }

  /// How many Unicode scalars the bytes, which are UTF-8, stand for.
  fileprivate var scalarCount: Int64 {
    var count: Int64 = 0
    // Continuation bytes are 0x80 to 0xBF.
    for offset in byteOffsets where unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self) & 0xC0 != 0x80 {
      count += 1
    }
    return count
  }
}
