/// Functions and operators: those of known types work on Swift values without wrapping; the others are dispatched.
extension Compiler {
  mutating func call(_ node: SyntaxNode, _ target: SyntaxNode?, _ arguments: [SyntaxNode]) -> Code {
    guard case .function(let function, let overloads, let hasTarget) = checked.reference(node) else {
      return .value { _ throws(EvaluationError) in
        throw EvaluationError("a function has no overload", kind: .noSuchOverload)
      }
    }
    let nodes = (hasTarget ? [target].compactMap { $0 } : []) + arguments
    if function.name == "size", nodes.count == 1, case .comprehension(let comprehension) = nodes[0].kind,
      comprehension.macro == .filter
    {
      return count(nodes[0], comprehension)
    }
    let codes = nodes.map { compile($0) }
    if nodes.contains(where: { type($0).mayHoldRecords }) { useRecordTypes() }
    if environment.checksLiterals { checkLiteral(function.name, nodes, codes) }
    let code =
      specialized(function.name, nodes.map { type($0) }, codes)
      ?? dispatched(function, overloads, nodes.map { type($0) }, codes, result: type(node))
    return codes.allSatisfy { $0.constant != nil } ? fold(code) : code
  }

  // MARK: - Any function

  private func dispatched(
    _ function: Function, _ overloads: [Function.Overload], _ types: [CELType], _ codes: [Code], result: CELType
  ) -> Code {
    let values = codes.map(\.value)
    let evaluation: Evaluation<Value>
    // One overload whose types the checker has seen to is called straight, and so is an operator: all its overloads
    // have one implementation, which looks at the values.
    let isSettled = overloads.count == 1 && !types.contains(where: \.isDynamic)
    if let overload = overloads.first, isSettled || Operator.symbol(function.name) != nil {
      evaluation = Self.direct(overload.implementation, values)
    } else {
      let name = function.name
      evaluation = { frame throws(EvaluationError) in
        var arguments: [Value] = []
        arguments.reserveCapacity(values.count)
        for value in values { arguments.append(try value(&frame)) }
        for overload in overloads where overload.takes(arguments) {
          return try overload.implementation.call(arguments, &frame)
        }
        for argument in arguments { if let failure = argument.failure { throw failure } }
        throw .noOverload(name, arguments)
      }
    }
    return .reading(result, EvaluationReader(evaluation))
  }

  private static func direct(
    _ implementation: Function.Implementation, _ values: [Evaluation<Value>]
  ) -> Evaluation<Value> {
    switch implementation {
    case .unary(let function) where values.count == 1:
      let value = values[0]
      return { frame throws(EvaluationError) in try function(try value(&frame), &frame) }
    case .binary(let function) where values.count == 2:
      let (first, second) = (values[0], values[1])
      return { frame throws(EvaluationError) in
        let left = try first(&frame)
        return try function(left, try second(&frame), &frame)
      }
    default:
      return { frame throws(EvaluationError) in
        var arguments: [Value] = []
        arguments.reserveCapacity(values.count)
        for value in values { arguments.append(try value(&frame)) }
        return try implementation.call(arguments, &frame)
      }
    }
  }

  // MARK: - Functions of known types

  private func specialized(_ name: String, _ types: [CELType], _ codes: [Code]) -> Code? {
    switch codes.count {
    case 1: return unary(name, types[0], codes[0])
    case 2:
      return comparison(name, types, codes[0], codes[1]) ?? arithmetic(name, types, codes[0], codes[1])
        ?? textSearch(name, types, codes[0], codes[1]) ?? lookup(name, types, codes[0], codes[1])
        ?? optionalChoice(name, codes[0], codes[1])
    default: return nil
    }
  }

  private func unary(_ name: String, _ type: CELType, _ code: Code) -> Code? {
    switch (name, type) {
    case (Operator.not, .bool):
      let operand = code.bool
      return .bool { frame throws(EvaluationError) in try !operand(&frame) }
    case (Operator.negate, .int):
      let operand = code.int
      return .int { frame throws(EvaluationError) in try Arithmetic.subtract(0, try operand(&frame)) }
    case ("size", .list):
      let list = code.list
      return .int { frame throws(EvaluationError) in Int64(try list(&frame).count) }
    case ("size", .string):
      let text = code.string
      return .int { frame throws(EvaluationError) in
        let text = try text(&frame)
        try frame.budget.spend(bytes: text.utf8.count)
        return Int64(text.unicodeScalars.count)
      }
    case ("dyn", _): return .value(code.value)
    case (_, .timestamp):
      guard let component = TimestampComponent(rawValue: name) else { return nil }
      let instant = code.timestamp
      return .int { frame throws(EvaluationError) in try instant(&frame).component(component) }
    case (_, .duration):
      guard let component = DurationComponent(rawValue: name) else { return nil }
      let span = code.duration
      return .int { frame throws(EvaluationError) in try span(&frame).component(component) }
    default: return nil
    }
  }

  private func textSearch(_ name: String, _ types: [CELType], _ text: Code, _ part: Code) -> Code? {
    guard types == [.string, .string] else { return nil }
    let text = text.string
    if name == "matches", case .string(let pattern)? = part.constant {
      guard let expression = try? RegularExpression(pattern) else { return nil }
      return .bool { frame throws(EvaluationError) in try expression.matches(try text(&frame), &frame) }
    }
    guard let search = TextSearch(rawValue: name) else { return nil }
    let part = part.string
    return .bool { frame throws(EvaluationError) in
      let text = try text(&frame)
      return try search.holds(text, try part(&frame), &frame)
    }
  }

  private func lookup(_ name: String, _ types: [CELType], _ first: Code, _ second: Code) -> Code? {
    switch (name, types[0], types[1]) {
    case (Operator.membership, .string, .list):
      let (text, list) = (first.string, second.list)
      return .bool { frame throws(EvaluationError) in
        let text = try text(&frame)
        return try Lookup.contains(try list(&frame), text, &frame)
      }
    case (Operator.index, .list(let element), .int):
      let (list, index) = (first.list, second.int)
      return .reading(
        element,
        EvaluationReader { frame throws(EvaluationError) in
          let list = try list(&frame)
          return list[try Lookup.position(try index(&frame), in: list)]
        })
    default: return nil
    }
  }

  /// `or` and `orValue` ask for their argument only when the optional is empty.
  private func optionalChoice(_ name: String, _ first: Code, _ second: Code) -> Code? {
    guard name == "or" || name == "orValue" else { return nil }
    let isValue = name == "orValue"
    let (first, second) = (first.value, second.value)
    return .value { frame throws(EvaluationError) in
      let optional = try first(&frame)
      guard let wrapped = try FunctionTable.unwrap(optional, name) else {
        let other = try second(&frame)
        if !isValue { _ = try FunctionTable.unwrap(other, name) }
        return other
      }
      return isValue ? wrapped : optional
    }
  }

  // MARK: - Literals

  /// Reports a regular expression, timestamp or duration that can't be read.
  private mutating func checkLiteral(_ name: String, _ nodes: [SyntaxNode], _ codes: [Code]) {
    guard let node = nodes.last, case .literal(.string(let text)) = node.kind else { return }
    do throws(EvaluationError) {
      var frame = Frame(variables: [], budget: Budget(environment.limits), types: [:])
      switch (name, nodes.count) {
      case ("matches", 2): _ = try FunctionTable.regularExpression(text, &frame)
      case ("timestamp", 1): _ = try Convert.toTimestamp(.string(text), &frame)
      case ("duration", 1): _ = try Convert.toDuration(.string(text), &frame)
      default: break
      }
    } catch {
      report(error.message, at: node.range)
    }
  }
}
