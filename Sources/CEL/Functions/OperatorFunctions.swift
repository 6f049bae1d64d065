extension FunctionTable {
  mutating func addOperators() {
    global("_==_", .a, .a, .bool) { (left, right, frame) throws(EvaluationError) in
      .bool(try areEqual(left, right, &frame))
    }
    global("_!=_", .a, .a, .bool) { (left, right, frame) throws(EvaluationError) in
      .bool(try !areEqual(left, right, &frame))
    }
    for ordering in OrderingOperator.allCases {
      for type: CELType in [.bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration] {
        global(ordering.rawValue, type, type, .bool) { (left, right, frame) throws(EvaluationError) in
          .bool(try Self.compare(left, right, ordering, &frame))
        }
      }
    }
    global(Operator.not, .bool, .bool) { (operand, _) throws(EvaluationError) in
      guard case .bool(let flag) = operand else { throw .noOverload(Operator.not, [operand]) }
      return .bool(!flag)
    }
    addArithmetic()
    addLookups()
  }

  static func compare(
    _ left: Value, _ right: Value, _ ordering: OrderingOperator, _ frame: inout Frame
  ) throws(EvaluationError) -> Bool {
    if case .string(let text) = left { try frame.budget.spend(bytes: text.utf8.count) }
    guard let order = order(left, right) else {
      throw left.failure ?? right.failure ?? .noOverload(ordering.rawValue, [left, right])
    }
    return ordering.holds(for: order)
  }

  private mutating func addArithmetic() {
    let sums: [(CELType, CELType, CELType)] = [
      (.int, .int, .int), (.uint, .uint, .uint), (.double, .double, .double), (.string, .string, .string),
      (.bytes, .bytes, .bytes), (.list(.a), .list(.a), .list(.a)), (.duration, .duration, .duration),
      (.timestamp, .duration, .timestamp), (.duration, .timestamp, .timestamp),
    ]
    for (left, right, result) in sums {
      global("_+_", left, right, result) { (left, right, frame) throws(EvaluationError) in
        try Arithmetic.add(left, right, &frame)
      }
    }
    let differences: [(CELType, CELType, CELType)] = [
      (.int, .int, .int), (.uint, .uint, .uint), (.double, .double, .double), (.timestamp, .duration, .timestamp),
      (.timestamp, .timestamp, .duration), (.duration, .duration, .duration),
    ]
    for (left, right, result) in differences {
      global("_-_", left, right, result) { (left, right, _) throws(EvaluationError) in
        try Arithmetic.subtract(left, right)
      }
    }
    for type: CELType in [.int, .uint, .double] {
      global("_*_", type, type, type) { (left, right, _) throws(EvaluationError) in
        try Arithmetic.multiply(left, right)
      }
      global("_/_", type, type, type) { (left, right, _) throws(EvaluationError) in
        try Arithmetic.divide(left, right)
      }
    }
    for type: CELType in [.int, .uint] {
      global("_%_", type, type, type) { (left, right, _) throws(EvaluationError) in
        try Arithmetic.remainder(left, right)
      }
    }
    for type: CELType in [.int, .double] {
      global(Operator.negate, type, type) { (operand, _) throws(EvaluationError) in try Arithmetic.negate(operand) }
    }
  }

  private mutating func addLookups() {
    for container: CELType in [.list(.a), .map(.a, .b)] {
      global(Operator.membership, .a, container, .bool) { (element, container, frame) throws(EvaluationError) in
        .bool(try Lookup.contains(container, element, &frame))
      }
    }
    let indices: [(container: CELType, index: CELType, result: CELType)] = [
      (.list(.a), .int, .a), (.map(.a, .b), .a, .b),
    ]
    for (container, index, result) in indices {
      global(Operator.index, container, index, result) { (container, index, frame) throws(EvaluationError) in
        try Lookup.index(container, index, &frame)
      }
      global(Operator.index, .optional(container), index, .optional(result)) {
        (container, index, frame) throws(EvaluationError) in try Lookup.index(container, index, &frame)
      }
      for container in [container, .optional(container)] {
        global(Operator.optionalIndex, container, index, .optional(result)) {
          (container, index, frame) throws(EvaluationError) in try Lookup.optionalIndex(container, index, &frame)
        }
      }
    }
  }
}
