/// The math extension: functions called `math.…`.
extension FunctionTable {
  mutating func addMathFunctions() {
    for rounding in MathFunctions.Rounding.allCases {
      double("math.\(rounding.rawValue)", .double) { number throws(EvaluationError) in .double(rounding(number)) }
    }
    for test in MathFunctions.Test.allCases {
      double("math.\(test.rawValue)", .bool) { number throws(EvaluationError) in .bool(test(number)) }
    }
    addSigns()
    addBits()
    addExtremes("math.greatest", wins: .greater)
    addExtremes("math.least", wins: .less)
  }

  private mutating func double(
    _ name: String, _ result: CELType, _ function: @escaping @Sendable (Double) throws(EvaluationError) -> Value
  ) {
    global(name, .double, result) { (value, _) throws(EvaluationError) in
      guard case .double(let number) = value else { throw value.failure ?? .noOverload(name, [value]) }
      return try function(number)
    }
  }

  private mutating func addSigns() {
    for type: CELType in [.int, .uint, .double] {
      global("math.abs", type, type) { (value, _) throws(EvaluationError) in
        switch value {
        case .int(let number):
          guard let magnitude = MathFunctions.abs(number) else { throw .integerOverflow }
          return .int(magnitude)
        case .uint: return value
        case .double(let number): return .double(number.magnitude)
        default: throw value.failure ?? .noOverload("math.abs", [value])
        }
      }
      global("math.sign", type, type) { (value, _) throws(EvaluationError) in
        switch value {
        case .int(let number): return .int(MathFunctions.sign(number))
        case .uint(let number): return .uint(number.signum())
        case .double(let number): return .double(MathFunctions.sign(number))
        default: throw value.failure ?? .noOverload("math.sign", [value])
        }
      }
      global("math.sqrt", type, .double) { (value, _) throws(EvaluationError) in
        switch value {
        case .int(let number): return .double(Double(number).squareRoot())
        case .uint(let number): return .double(Double(number).squareRoot())
        case .double(let number): return .double(number.squareRoot())
        default: throw value.failure ?? .noOverload("math.sqrt", [value])
        }
      }
    }
  }

  private mutating func addBits() {
    for type: CELType in [.int, .uint] {
      for operation in MathFunctions.BitOperation.allCases {
        let name = "math.\(operation.rawValue)"
        global(name, type, type, type) { (left, right, _) throws(EvaluationError) in
          switch (left, right) {
          case (.int(let left), .int(let right)): return .int(operation(left, right))
          case (.uint(let left), .uint(let right)): return .uint(operation(left, right))
          default: throw left.failure ?? right.failure ?? .noOverload(name, [left, right])
          }
        }
      }
      global("math.bitNot", type, type) { (value, _) throws(EvaluationError) in
        switch value {
        case .int(let number): return .int(~number)
        case .uint(let number): return .uint(~number)
        default: throw value.failure ?? .noOverload("math.bitNot", [value])
        }
      }
      for shift in MathFunctions.BitShift.allCases { addShift(shift, of: type) }
    }
  }

  private mutating func addShift(_ shift: MathFunctions.BitShift, of type: CELType) {
    let name = "math.\(shift.rawValue)"
    global(name, type, .int, type) { (value, offset, _) throws(EvaluationError) in
      let result: Value?
      switch (value, offset) {
      case (.int(let number), .int(let offset)): result = shift(number, by: offset).map { .int($0) }
      case (.uint(let number), .int(let offset)): result = shift(number, by: offset).map { .uint($0) }
      default: throw value.failure ?? offset.failure ?? .noOverload(name, [value, offset])
      }
      guard let result else { throw EvaluationError("\(name)() can't shift by a negative offset") }
      return result
    }
  }

  // MARK: - Greatest and least

  /// Three numbers and more come as a list: the parser sees to that.
  private mutating func addExtremes(_ name: String, wins: Order) {
    let numbers: [CELType] = [.int, .uint, .double]
    for type in numbers {
      global(name, type, type) { (value, _) throws(EvaluationError) in
        guard numericOrder(value, value) != nil else { throw value.failure ?? .noOverload(name, [value]) }
        return value
      }
      global(name, .list(type), type) { (list, frame) throws(EvaluationError) in
        guard case .list(let list) = list else { throw list.failure ?? .noOverload(name, [list]) }
        guard list.count > 0 else { throw EvaluationError("\(name)() of an empty list") }
        try frame.budget.spend(list.count)
        var extreme = list[0]
        guard numericOrder(extreme, extreme) != nil else { throw .noOverload(name, [extreme]) }
        for index in 1..<list.count { extreme = try Self.extreme(extreme, list[index], name, wins) }
        return extreme
      }
      for other in numbers {
        global(name, type, other, type == other ? type : .dyn) { (left, right, _) throws(EvaluationError) in
          try Self.extreme(left, right, name, wins)
        }
      }
    }
  }

  private static func extreme(
    _ left: Value, _ right: Value, _ name: String, _ wins: Order
  ) throws(EvaluationError) -> Value {
    guard let order = numericOrder(right, left) else {
      throw left.failure ?? right.failure ?? .noOverload(name, [left, right])
    }
    return order == wins ? right : left
  }
}
