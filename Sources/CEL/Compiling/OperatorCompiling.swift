/// Comparisons and arithmetic of known types.
extension Compiler {
  func comparison(_ name: String, _ types: [CELType], _ left: Code, _ right: Code) -> Code? {
    if name == "_==_" || name == "_!=_" {
      return .bool(equality(types, left, right, isNegated: name == "_!=_"))
    }
    guard let ordering = OrderingOperator(rawValue: name) else { return nil }
    switch (types[0], types[1]) {
    case (.int, .int):
      let left = left.int
      if case .int(let bound)? = right.constant {
        return .bool { frame throws(EvaluationError) in try ordering.holds(left(&frame), bound) }
      }
      let right = right.int
      return .bool { frame throws(EvaluationError) in try ordering.holds(left(&frame), right(&frame)) }
    case (.uint, .uint):
      let (left, right) = (left.uint, right.uint)
      return .bool { frame throws(EvaluationError) in try ordering.holds(left(&frame), right(&frame)) }
    case (.double, .double):
      let (left, right) = (left.double, right.double)
      return .bool { frame throws(EvaluationError) in try ordering.holds(left(&frame), right(&frame)) }
    case (.timestamp, .timestamp):
      let (left, right) = (left.timestamp, right.timestamp)
      return .bool { frame throws(EvaluationError) in try ordering.holds(left(&frame), right(&frame)) }
    case (.duration, .duration):
      let left = left.duration
      if case .duration(let bound)? = right.constant {
        return .bool { frame throws(EvaluationError) in try ordering.holds(left(&frame), bound) }
      }
      let right = right.duration
      return .bool { frame throws(EvaluationError) in try ordering.holds(left(&frame), right(&frame)) }
    default: return nil
    }
  }

  private func equality(_ types: [CELType], _ left: Code, _ right: Code, isNegated: Bool) -> Evaluation<Bool> {
    switch (types[0], types[1]) {
    case (.bool, .bool):
      let (left, right) = (left.bool, right.bool)
      return { frame throws(EvaluationError) in (try left(&frame) == right(&frame)) != isNegated }
    case (.int, .int):
      let (left, right) = (left.int, right.int)
      return { frame throws(EvaluationError) in (try left(&frame) == right(&frame)) != isNegated }
    case (.uint, .uint):
      let (left, right) = (left.uint, right.uint)
      return { frame throws(EvaluationError) in (try left(&frame) == right(&frame)) != isNegated }
    case (.double, .double):
      let (left, right) = (left.double, right.double)
      return { frame throws(EvaluationError) in (try left(&frame) == right(&frame)) != isNegated }
    case (.timestamp, .timestamp):
      let (left, right) = (left.timestamp, right.timestamp)
      return { frame throws(EvaluationError) in (try left(&frame) == right(&frame)) != isNegated }
    case (.duration, .duration):
      let (left, right) = (left.duration, right.duration)
      return { frame throws(EvaluationError) in (try left(&frame) == right(&frame)) != isNegated }
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

  func arithmetic(_ name: String, _ types: [CELType], _ left: Code, _ right: Code) -> Code? {
    switch (types[0], types[1]) {
    case (.int, .int):
      guard let operation = ArithmeticOperator(rawValue: name) else { return nil }
      let (left, right) = (left.int, right.int)
      return .int { frame throws(EvaluationError) in try operation(left(&frame), right(&frame)) }
    case (.uint, .uint):
      guard let operation = ArithmeticOperator(rawValue: name) else { return nil }
      let (left, right) = (left.uint, right.uint)
      return .uint { frame throws(EvaluationError) in try operation(left(&frame), right(&frame)) }
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
