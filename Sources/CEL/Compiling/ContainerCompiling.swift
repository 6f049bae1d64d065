/// List and map literals.
extension Compiler {
  mutating func list(_ elements: [SyntaxNode.ListElement]) -> Code {
    let codes = elements.map { (code: compile($0.value), isOptional: $0.isOptional) }
    if codes.allSatisfy({ $0.code.constant != nil && !$0.isOptional }) {
      return .constant(.list(Self.constantList(codes.compactMap(\.code.constant))))
    }
    let parts = codes.map { (value: $0.code.value, isOptional: $0.isOptional) }
    return .list { frame throws(EvaluationError) in
      try frame.budget.spend(parts.count)
      var values: [Value] = []
      values.reserveCapacity(parts.count)
      for part in parts {
        let value = try part.value(&frame)
        if let value = part.isOptional ? try Self.present(value) : value { values.append(value) }
      }
      return ListValue(values)
    }
  }

  /// A list of texts alone is kept as such, so that it is scanned faster.
  private static func constantList(_ values: [Value]) -> ListValue {
    var strings: [String] = []
    for value in values {
      guard case .string(let text) = value else { return ListValue(values) }
      strings.append(text)
    }
    return strings.isEmpty ? ListValue(values) : ListValue(strings: strings)
  }

  private static func present(_ value: Value) throws(EvaluationError) -> Value? {
    guard case .optional(let wrapped) = value else { throw .unexpected(value, expected: "an optional value") }
    return wrapped
  }

  mutating func map(_ entries: [SyntaxNode.MapEntry]) -> Code {
    let codes = entries.map { (key: compile($0.key), value: compile($0.value), isOptional: $0.isOptional) }
    let parts = codes.map { (key: $0.key.value, value: $0.value.value, isOptional: $0.isOptional) }
    let code = Code.value { frame throws(EvaluationError) in
      try frame.budget.spend(parts.count)
      var map = MapValue.Entries()
      for part in parts {
        let key = try part.key(&frame)
        let value = try part.value(&frame)
        if let value = part.isOptional ? try Self.present(value) : value {
          try map.insert(key, value)
        } else {
          _ = try MapKey(checking: key)
        }
      }
      return .map(MapValue(map))
    }
    let isConstant = codes.allSatisfy { $0.key.constant != nil && $0.value.constant != nil }
    return isConstant ? fold(code) : code
  }
}

extension MapValue.Entries {
  mutating func insert(_ key: Value, _ value: Value) throws(EvaluationError) {
    guard insert(key, try MapKey(checking: key), value) else { throw EvaluationError("the map has the same key twice") }
  }
}

extension MapKey {
  fileprivate init(checking key: Value) throws(EvaluationError) {
    guard let mapKey = MapKey(key) else {
      throw key.failure ?? EvaluationError("a map can't have a key of type \(key.type.name)")
    }
    self = mapKey
  }
}
