/// The language's `==` (langdef, "Equality"): numbers lie on one line whatever their types; values of different types
/// are not equal otherwise.
func areEqual(_ left: Value, _ right: Value, _ frame: inout Frame) throws(EvaluationError) -> Bool {
  switch (left, right) {
  case (.null, .null): return true
  case (.bool(let left), .bool(let right)): return left == right
  case (.int(let left), .int(let right)): return left == right
  case (.uint(let left), .uint(let right)): return left == right
  case (.string(let left), .string(let right)):
    try frame.budget.spend(bytes: min(left.utf8.count, right.utf8.count))
    return haveSameCodePoints(left, right)
  case (.bytes(let left), .bytes(let right)):
    try frame.budget.spend(bytes: min(left.count, right.count))
    return left == right
  case (.timestamp(let left), .timestamp(let right)): return left == right
  case (.duration(let left), .duration(let right)): return left == right
  case (.type(let left), .type(let right)): return left == right
  case (.list, .list), (.map, .map), (.optional, .optional), (.object, .object):
    try frame.budget.enter()
    defer { frame.budget.leave() }
    return try haveEqualParts(left, right, &frame)
  case (.opaque(let left), .opaque(let right)):
    if let failure = (left as? FailedValue ?? right as? FailedValue)?.error { throw failure }
    return left.typeName == right.typeName && left.isEqual(to: right)
  default:
    if let order = numericOrder(left, right) { return order == .equal }
    if let failure = left.failure ?? right.failure { throw failure }
    return false
  }
}

private func haveEqualParts(
  _ left: Value, _ right: Value, _ frame: inout Frame
) throws(EvaluationError) -> Bool {
  switch (left, right) {
  case (.list(let left), .list(let right)): return try areEqual(left, right, &frame)
  case (.map(let left), .map(let right)): return try areEqual(left, right, &frame)
  case (.object(let left), .object(let right)): return try areEqual(left, right, &frame)
  case (.optional(let left), .optional(let right)):
    guard let left, let right else { return left == nil && right == nil }
    return try areEqual(left, right, &frame)
  default: return false
  }
}

private func areEqual(_ left: ListValue, _ right: ListValue, _ frame: inout Frame) throws(EvaluationError) -> Bool {
  guard left.count == right.count else { return false }
  for index in 0..<left.count {
    try frame.budget.spend(1)
    guard try areEqual(left[index], right[index], &frame) else { return false }
  }
  return true
}

private func areEqual(_ left: MapValue, _ right: MapValue, _ frame: inout Frame) throws(EvaluationError) -> Bool {
  guard left.count == right.count else { return false }
  for entry in left.entries {
    try frame.budget.spend(1)
    guard let other = right[entry.key], try areEqual(entry.value, other, &frame) else { return false }
  }
  return true
}

/// Records are equal when they have the same type and all fields are; a field that is not known leaves that open.
private func areEqual(
  _ left: any Object, _ right: any Object, _ frame: inout Frame
) throws(EvaluationError) -> Bool {
  guard left.typeName == right.typeName else { return false }
  guard let type = frame.types[left.typeName] else {
    throw EvaluationError("records of type \(left.typeName) can't be compared", kind: .noSuchOverload)
  }
  var unknown: EvaluationError?
  for index in type.fields.indices {
    try frame.budget.spend(1)
    switch (left.field(index), right.field(index)) {
    case (.absent, .absent): continue
    case (.value(let left), .value(let right)): if try !areEqual(left, right, &frame) { return false }
    case (.unknown(let reason), _), (_, .unknown(let reason)): unknown = EvaluationError(reason, kind: .unknown)
    default: return false
    }
  }
  if let unknown { throw unknown }
  return true
}

extension Value: Equatable {
  /// The language's own equality. Records of an application's types are never equal here, since which fields they have
  /// is known to an ``Environment`` alone; nor are values that are nested deeper than evaluations look.
  public static func == (left: Value, right: Value) -> Bool {
    var limits = Limits()
    limits.evaluationCost = .max
    var frame = Frame(variables: [], budget: Budget(limits), types: [:])
    return (try? areEqual(left, right, &frame)) ?? false
  }
}
