extension FunctionTable {
  /// `or` and `orValue` evaluate their argument only when it is needed, so the compiler knows them.
  mutating func addOptionalFunctions() {
    global("optional.of", .a, .optional(.a)) { (value, _) throws(EvaluationError) in .optional(value) }
    global("optional.ofNonZeroValue", .a, .optional(.a)) { (value, _) throws(EvaluationError) in
      .optional(Self.isZero(value) ? nil : value)
    }
    global("optional.none", [], .optional(.a)) { (_, _) throws(EvaluationError) in .optional(nil) }
    receiver("hasValue", .optional(.a), .bool) { (value, _) throws(EvaluationError) in
      .bool(try Self.unwrap(value, "hasValue") != nil)
    }
    receiver("value", .optional(.a), .a) { (value, _) throws(EvaluationError) in
      guard let wrapped = try Self.unwrap(value, "value") else {
        throw EvaluationError("optional.none() has no value", kind: .noSuchField)
      }
      return wrapped
    }
    receiver("or", .optional(.a), .optional(.a), .optional(.a)) { (first, second, _) throws(EvaluationError) in
      try Self.unwrap(first, "or") == nil ? second : first
    }
    receiver("orValue", .optional(.a), .a, .a) { (first, second, _) throws(EvaluationError) in
      try Self.unwrap(first, "orValue") ?? second
    }
    for (name, isReceiver) in [("optional.unwrap", false), ("unwrapOpt", true)] {
      add(
        name,
        [
          Function.Overload(
            parameters: [.list(.optional(.a))], result: .list(.a), isReceiverStyle: isReceiver,
            implementation: .unary { (list, frame) throws(EvaluationError) in
              try Self.unwrapAll(list, name, &frame)
            })
        ])
    }
  }

  static func unwrap(_ value: Value, _ function: String) throws(EvaluationError) -> Value? {
    guard case .optional(let wrapped) = value else { throw value.failure ?? .noOverload(function, [value]) }
    return wrapped
  }

  private static func unwrapAll(
    _ value: Value, _ function: String, _ frame: inout Frame
  ) throws(EvaluationError) -> Value {
    guard case .list(let list) = value else { throw value.failure ?? .noOverload(function, [value]) }
    try frame.budget.spend(list.count)
    var values: [Value] = []
    for element in list.elements { if let value = try unwrap(element, function) { values.append(value) } }
    return .list(ListValue(values))
  }

  /// Whether the value is the default of its type: false, 0, empty, null.
  static func isZero(_ value: Value) -> Bool {
    switch value {
    case .null: true
    case .bool(let flag): !flag
    case .int(let number): number == 0
    case .uint(let number): number == 0
    case .double(let number): number == 0
    case .string(let text): text.isEmpty
    case .bytes(let bytes): bytes.isEmpty
    case .list(let list): list.count == 0
    case .map(let map): map.count == 0
    case .duration(let span): span.nanoseconds == 0
    case .timestamp(let instant): instant.seconds == 0 && instant.nanoseconds == 0
    case .optional, .type, .object, .opaque: false
    }
  }
}
