/// Comparisons and arithmetic of known types.
extension Compiler {
  func comparison(_ name: String, _ types: [CELType], _ left: Code, _ right: Code) -> Code? {
    if name == "_==_" || name == "_!=_" {
      return .bool(equality(types, left, right, isNegated: name == "_!=_"))
    }
    guard let ordering = OrderingOperator(rawValue: name) else { return nil }
    switch (types[0], types[1]) {
    case (.int, .int): return .bool(order(ordering, left.int, right.int))
    case (.uint, .uint): return .bool(order(ordering, left.uint, right.uint))
    case (.double, .double): return .bool(order(ordering, left.double, right.double))
    case (.timestamp, .timestamp): return .bool(order(ordering, left.timestamp, right.timestamp))
    case (.duration, .duration): return .bool(order(ordering, left.duration, right.duration))
    default: return nil
    }
  }

  @inline(__always)
  private func order<Result: Comparable & SendableMetatype>(
    _ ordering: OrderingOperator, _ left: @escaping Evaluation<Result>, _ right: @escaping Evaluation<Result>
  ) -> Evaluation<Bool> {
    switch ordering {
    case .less: { frame throws(EvaluationError) in try left(&frame) < right(&frame) }
    case .lessOrEqual: { frame throws(EvaluationError) in try left(&frame) <= right(&frame) }
    case .greater: { frame throws(EvaluationError) in try left(&frame) > right(&frame) }
    case .greaterOrEqual: { frame throws(EvaluationError) in try left(&frame) >= right(&frame) }
    }
  }

  private func equality(_ types: [CELType], _ left: Code, _ right: Code, isNegated: Bool) -> Evaluation<Bool> {
    switch (types[0], types[1]) {
    case (.bool, .bool): return equal(left.bool, right.bool, isNegated)
    case (.int, .int): return equal(left.int, right.int, isNegated)
    case (.uint, .uint): return equal(left.uint, right.uint, isNegated)
    case (.double, .double): return equal(left.double, right.double, isNegated)
    case (.timestamp, .timestamp): return equal(left.timestamp, right.timestamp, isNegated)
    case (.duration, .duration): return equal(left.duration, right.duration, isNegated)
    case (.string, .string):
      let left = left.string
      if case .string(let text)? = right.constant {
        return { frame throws(EvaluationError) in
          try frame.budget.spend(bytes: text.utf8.count)
          return haveSameCodePoints(try left(&frame), text) != isNegated
        }
      }
      let right = right.string
      return { frame throws(EvaluationError) in
        let text = try left(&frame)
        try frame.budget.spend(bytes: text.utf8.count)
        return haveSameCodePoints(text, try right(&frame)) != isNegated
      }
    default:
      let (left, right) = (left.value, right.value)
      return { frame throws(EvaluationError) in
        let value = try left(&frame)
        return try areEqual(value, try right(&frame), &frame) != isNegated
      }
    }
  }

  @inline(__always)
  private func equal<Result: Equatable & SendableMetatype>(
    _ left: @escaping Evaluation<Result>, _ right: @escaping Evaluation<Result>, _ isNegated: Bool
  ) -> Evaluation<Bool> {
    { frame throws(EvaluationError) in (try left(&frame) == right(&frame)) != isNegated }
  }

  func arithmetic(_ name: String, _ types: [CELType], _ left: Code, _ right: Code) -> Code? {
    switch (types[0], types[1]) {
    case (.int, .int): return integers(name, left.int, right.int).map { .int($0) }
    case (.uint, .uint): return integers(name, left.uint, right.uint).map { .uint($0) }
    case (.double, .double): return doubles(name, left.double, right.double)
    case (.string, .string) where name == "_+_":
      let (left, right) = (left.string, right.string)
      return .string { frame throws(EvaluationError) in
        let text = try left(&frame)
        return try Arithmetic.concatenate(text, try right(&frame), &frame)
      }
    case (.timestamp, _), (_, .timestamp), (.duration, .duration): return times(name, types, left, right)
    default: return nil
    }
  }

  @inline(__always)
  private func integers<Number: FixedWidthInteger & SendableMetatype>(
    _ name: String, _ left: @escaping Evaluation<Number>, _ right: @escaping Evaluation<Number>
  ) -> Evaluation<Number>? {
    switch name {
    case "_+_": { frame throws(EvaluationError) in try Arithmetic.add(left(&frame), right(&frame)) }
    case "_-_": { frame throws(EvaluationError) in try Arithmetic.subtract(left(&frame), right(&frame)) }
    case "_*_": { frame throws(EvaluationError) in try Arithmetic.multiply(left(&frame), right(&frame)) }
    case "_/_": { frame throws(EvaluationError) in try Arithmetic.divide(left(&frame), right(&frame)) }
    case "_%_": { frame throws(EvaluationError) in try Arithmetic.remainder(left(&frame), right(&frame)) }
    default: nil
    }
  }

  private func doubles(
    _ name: String, _ left: @escaping Evaluation<Double>, _ right: @escaping Evaluation<Double>
  ) -> Code? {
    switch name {
    case "_+_": .double { frame throws(EvaluationError) in try left(&frame) + right(&frame) }
    case "_-_": .double { frame throws(EvaluationError) in try left(&frame) - right(&frame) }
    case "_*_": .double { frame throws(EvaluationError) in try left(&frame) * right(&frame) }
    case "_/_": .double { frame throws(EvaluationError) in try left(&frame) / right(&frame) }
    default: nil
    }
  }

  private func times(_ name: String, _ types: [CELType], _ left: Code, _ right: Code) -> Code? {
    switch (name, types[0], types[1]) {
    case ("_-_", .timestamp, .timestamp):
      let (left, right) = (left.timestamp, right.timestamp)
      return .duration { frame throws(EvaluationError) in try Arithmetic.subtract(left(&frame), right(&frame)) }
    case ("_-_", .timestamp, .duration):
      let (left, right) = (left.timestamp, right.duration)
      return .timestamp { frame throws(EvaluationError) in try Arithmetic.subtract(left(&frame), right(&frame)) }
    case ("_+_", .timestamp, .duration):
      let (left, right) = (left.timestamp, right.duration)
      return .timestamp { frame throws(EvaluationError) in try Arithmetic.add(left(&frame), right(&frame)) }
    case ("_+_", .duration, .timestamp):
      let (left, right) = (left.duration, right.timestamp)
      return .timestamp { frame throws(EvaluationError) in
        let span = try left(&frame)
        return try Arithmetic.add(try right(&frame), span)
      }
    case ("_+_", .duration, .duration):
      let (left, right) = (left.duration, right.duration)
      return .duration { frame throws(EvaluationError) in try Arithmetic.add(left(&frame), right(&frame)) }
    case ("_-_", .duration, .duration):
      let (left, right) = (left.duration, right.duration)
      return .duration { frame throws(EvaluationError) in try Arithmetic.subtract(left(&frame), right(&frame)) }
    default: return nil
    }
  }
}
