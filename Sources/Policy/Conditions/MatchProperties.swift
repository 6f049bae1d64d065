import CEL

/// What can be told of a condition on resources, by kind, before it is asked of any.
extension [ResourceKind: CompiledMatch] {
  /// What the condition is of every resource; nil when that depends on the resource.
  var constant: Bool? {
    let values = Set(values.map(\.constant))
    return values.count == 1 ? values.first.flatMap(\.self) : nil
  }

  /// A field that the condition reads and whose content the people under audit choose: a label or a name.
  var userChosenField: String? { values.flatMap(\.userChosenFields).min() }
}

extension CompiledMatch {
  /// A condition that has a value although nothing is known of the resource has it for every resource.
  fileprivate var constant: Bool? {
    guard case .bool(let value)? = try? condition.evaluate([:]) else { return nil }
    return value
  }

  fileprivate var userChosenFields: [String] {
    condition.referencedFields.filter { $0.field == "label" || $0.field == "name" }
      .filter { ["token", "key", "user", "owner"].contains($0.type) }
      .map { "\($0.type).\($0.field)" }
  }
}
