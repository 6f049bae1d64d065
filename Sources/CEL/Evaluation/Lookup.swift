/// Indices, keys, fields and membership of values whose types are known when they are evaluated.
enum Lookup {
  /// `container[index]`
  static func index(_ container: Value, _ index: Value, _ frame: inout Frame) throws(EvaluationError) -> Value {
    switch container {
    case .list(let list): return list[try position(index, in: list)]
    case .map(let map):
      try spend(on: index, &frame)
      guard let value = map[index] else { throw missingKey(index) }
      return value
    case .optional(let wrapped):
      guard let wrapped else { return .optional(nil) }
      return .optional(try find(wrapped, index, &frame))
    default: throw container.failure ?? index.failure ?? .noOverload(Operator.index, [container, index])
    }
  }

  /// `container[?index]`: what is not there is an empty optional.
  static func optionalIndex(
    _ container: Value, _ index: Value, _ frame: inout Frame
  ) throws(EvaluationError) -> Value {
    if case .optional(let wrapped) = container {
      guard let wrapped else { return .optional(nil) }
      return .optional(try find(wrapped, index, &frame))
    }
    return .optional(try find(container, index, &frame))
  }

  private static func find(
    _ container: Value, _ index: Value, _ frame: inout Frame
  ) throws(EvaluationError) -> Value? {
    switch container {
    case .list(let list):
      guard let position = listPosition(index) else { throw notAnIndex(index) }
      return position >= 0 && position < list.count ? list[Int(position)] : nil
    case .map(let map):
      try spend(on: index, &frame)
      return map[index]
    default: throw .noOverload(Operator.optionalIndex, [container, index])
    }
  }

  static func position(_ index: Value, in list: ListValue) throws(EvaluationError) -> Int {
    guard let position = listPosition(index) else { throw notAnIndex(index) }
    return try Self.position(position, in: list)
  }

  static func position(_ index: Int64, in list: ListValue) throws(EvaluationError) -> Int {
    guard index >= 0, index < list.count else {
      throw EvaluationError("the index \(index) is outside a list of \(list.count)")
    }
    return Int(index)
  }

  /// A whole number of any type can be an index.
  private static func listPosition(_ index: Value) -> Int64? {
    switch index {
    case .int(let number): number
    case .uint(let number): Int64(exactly: number) ?? .max
    case .double(let number): Int64(exactly: number)
    default: nil
    }
  }

  private static func notAnIndex(_ index: Value) -> EvaluationError {
    index.failure ?? EvaluationError("a list has no index of type \(index.type.name)")
  }

  private static func spend(on key: Value, _ frame: inout Frame) throws(EvaluationError) {
    if case .string(let text) = key { try frame.budget.spend(bytes: text.utf8.count) }
  }

  static func missingKey(_ key: Value) -> EvaluationError {
    switch key {
    case .string(let text): EvaluationError("the map has no key '\(text.prefix(100))'", kind: .noSuchField)
    case .int(let number): EvaluationError("the map has no key \(number)", kind: .noSuchField)
    default: key.failure ?? EvaluationError("the map has no such key", kind: .noSuchField)
    }
  }

  /// `operand.field`
  static func field(_ operand: Value, _ name: String, _ frame: inout Frame) throws(EvaluationError) -> Value {
    switch operand {
    case .map(let map):
      guard let value = map[name] else { throw missingKey(.string(name)) }
      return value
    case .object(let object): return try require(try field(object, name, &frame), name, of: object.typeName)
    case .optional(let wrapped):
      guard let wrapped else { return .optional(nil) }
      return .optional(try optionalField(wrapped, name, &frame))
    default: throw notSelectable(operand)
    }
  }

  /// `operand.?field`: what is absent is an empty optional.
  static func optionalField(
    _ operand: Value, _ name: String, _ frame: inout Frame
  ) throws(EvaluationError) -> Value? {
    switch operand {
    case .map(let map): return map[name]
    case .object(let object):
      switch try field(object, name, &frame) {
      case .absent: return nil
      case .unknown(let reason): throw EvaluationError(reason, kind: .unknown)
      case .value(let value): return value
      }
    case .optional(let wrapped):
      guard let wrapped else { return nil }
      return try optionalField(wrapped, name, &frame)
    default: throw notSelectable(operand)
    }
  }

  private static func field(
    _ object: any Object, _ name: String, _ frame: inout Frame
  ) throws(EvaluationError) -> Field {
    guard let index = frame.types[object.typeName]?.index(of: name) else {
      throw EvaluationError("\(object.typeName) has no field `\(name)`", kind: .noSuchField)
    }
    return object.field(index)
  }

  private static func require(_ field: Field, _ name: String, of type: String) throws(EvaluationError) -> Value {
    switch field {
    case .absent: throw EvaluationError("\(type) has no `\(name)`", kind: .noSuchField)
    case .unknown(let reason): throw EvaluationError(reason, kind: .unknown)
    case .value(let value): return value
    }
  }

  private static func notSelectable(_ operand: Value) -> EvaluationError {
    operand.failure ?? EvaluationError("a value of type \(operand.type.name) has no fields", kind: .noSuchOverload)
  }

  /// `element in container`
  static func contains(_ container: Value, _ element: Value, _ frame: inout Frame) throws(EvaluationError) -> Bool {
    switch container {
    case .list(let list):
      if case .string(let text) = element { return try contains(list, text, &frame) }
      for index in 0..<list.count {
        try frame.budget.spend(1)
        if try areEqual(element, list[index], &frame) { return true }
      }
      if let failure = element.failure { throw failure }
      return false
    case .map(let map):
      try spend(on: element, &frame)
      if let failure = element.failure { throw failure }
      return map[element] != nil
    default: throw container.failure ?? element.failure ?? .noOverload(Operator.membership, [element, container])
    }
  }

  static func contains(_ list: ListValue, _ text: String, _ frame: inout Frame) throws(EvaluationError) -> Bool {
    let length = text.utf8.count
    if case .strings(let strings) = list.storage {
      try frame.budget.spend(strings.count)
      for string in strings where string.utf8.count == length {
        try frame.budget.spend(bytes: length)
        if haveSameCodePoints(string, text) { return true }
      }
      return false
    }
    for index in 0..<list.count {
      try frame.budget.spend(1)
      guard case .string(let element) = list[index], element.utf8.count == length else { continue }
      try frame.budget.spend(bytes: length)
      if haveSameCodePoints(element, text) { return true }
    }
    return false
  }

  /// `has(operand.field)`
  static func presence(_ operand: Value, _ name: String, _ frame: inout Frame) throws(EvaluationError) -> Bool {
    try optionalField(operand, name, &frame) != nil
  }
}
