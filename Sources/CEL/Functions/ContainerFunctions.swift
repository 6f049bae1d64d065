extension FunctionTable {
  mutating func addContainerFunctions() {
    for type: CELType in [.string, .bytes, .list(.a), .map(.a, .b)] {
      global("size", type, .int) { (value, frame) throws(EvaluationError) in .int(try Self.size(value, &frame)) }
      receiver("size", type, .int) { (value, frame) throws(EvaluationError) in .int(try Self.size(value, &frame)) }
    }
    global("type", .a, .type(.a)) { (value, _) throws(EvaluationError) in
      if let failure = value.failure { throw failure }
      return .type(value.type)
    }
    global("dyn", .a, .dyn) { (value, _) throws(EvaluationError) in value }
  }

  static func size(_ value: Value, _ frame: inout Frame) throws(EvaluationError) -> Int64 {
    switch value {
    case .string(let text):
      try frame.budget.spend(bytes: text.utf8.count)
      return Int64(text.unicodeScalars.count)
    case .bytes(let bytes): return Int64(bytes.count)
    case .list(let list): return Int64(list.count)
    case .map(let map): return Int64(map.count)
    default: throw value.failure ?? .noOverload("size", [value])
    }
  }
}
