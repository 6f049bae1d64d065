/// The lists and sets extensions; `sortBy` is a macro.
extension FunctionTable {
  mutating func addListFunctions() {
    list("first", .optional(.a)) { (list, _) throws(EvaluationError) in .optional(list.count == 0 ? nil : list[0]) }
    list("last", .optional(.a)) { (list, _) throws(EvaluationError) in
      .optional(list.count == 0 ? nil : list[list.count - 1])
    }
    list("reverse", .list(.a)) { (list, _) throws(EvaluationError) in .list(ListValue(list.elements.reversed())) }
    list("distinct", .list(.a)) { (list, frame) throws(EvaluationError) in
      .list(ListValue(try Self.distinct(list, &frame)))
    }
    list("sort", .list(.a)) { (list, frame) throws(EvaluationError) in
      let keyed = list.elements.map { (key: $0, value: $0) }
      return .list(ListValue(try Sorting.sorted(keyed, &frame).map(\.value)))
    }
    addRanges()
    addFlattening()
    addSets()
  }

  private mutating func list(
    _ name: String, _ result: CELType,
    _ function: @escaping @Sendable (ListValue, inout Frame) throws(EvaluationError) -> Value
  ) {
    receiver(name, .list(.a), result) { (value, frame) throws(EvaluationError) in
      guard case .list(let list) = value else { throw value.failure ?? .noOverload(name, [value]) }
      try frame.budget.spend(list.count)
      return try function(list, &frame)
    }
  }

  private static func distinct(_ list: ListValue, _ frame: inout Frame) throws(EvaluationError) -> [Value] {
    var values: [Value] = []
    var seen: Set<MapKey> = []
    for element in list.elements {
      if let key = MapKey(lookingUp: element) {
        if seen.insert(key).inserted { values.append(element) }
      } else if try !contains(values, element, &frame) {
        values.append(element)
      }
    }
    return values
  }

  private static func contains(
    _ values: [Value], _ element: Value, _ frame: inout Frame
  ) throws(EvaluationError) -> Bool {
    for value in values {
      try frame.budget.spend(1)
      if try areEqual(value, element, &frame) { return true }
    }
    return false
  }

  private mutating func addRanges() {
    global("lists.range", .int, .list(.int)) { (count, frame) throws(EvaluationError) in
      guard case .int(let count) = count else { throw count.failure ?? .noOverload("lists.range", [count]) }
      guard count >= 0 else { throw EvaluationError("lists.range() of a negative number") }
      try frame.budget.spend(Int(count))
      return .list(ListValue((0..<count).map { .int($0) }))
    }
    receiver("slice", [.list(.a), .int, .int], .list(.a)) { (arguments, frame) throws(EvaluationError) in
      guard case .list(let list) = arguments[0], case .int(let start) = arguments[1],
        case .int(let end) = arguments[2]
      else { throw .noOverload("slice", arguments) }
      guard start >= 0, start <= end, end <= list.count else {
        throw EvaluationError("there is no slice from \(start) to \(end) of a list of \(list.count)")
      }
      try frame.budget.spend(Int(end - start))
      return .list(ListValue((Int(start)..<Int(end)).map { list[$0] }))
    }
  }

  private mutating func addFlattening() {
    receiver("flatten", .list(.list(.a)), .list(.a)) { (list, frame) throws(EvaluationError) in
      try Self.flatten(list, depth: 1, &frame)
    }
    receiver("flatten", .list(.dyn), .int, .list(.dyn)) { (list, depth, frame) throws(EvaluationError) in
      guard case .int(let depth) = depth else { throw depth.failure ?? .noOverload("flatten", [list, depth]) }
      guard depth >= 0 else { throw EvaluationError("flatten() to a negative depth") }
      return try Self.flatten(list, depth: depth, &frame)
    }
  }

  private static func flatten(
    _ value: Value, depth: Int64, _ frame: inout Frame
  ) throws(EvaluationError) -> Value {
    guard case .list(let list) = value else { throw value.failure ?? .noOverload("flatten", [value]) }
    var values: [Value] = []
    try flatten(list, depth, into: &values, &frame)
    return .list(ListValue(values))
  }

  private static func flatten(
    _ list: ListValue, _ depth: Int64, into values: inout [Value], _ frame: inout Frame
  ) throws(EvaluationError) {
    try frame.budget.enter()
    defer { frame.budget.leave() }
    for index in 0..<list.count {
      try frame.budget.spend(1)
      let element = list[index]
      if depth > 0, case .list(let inner) = element {
        try flatten(inner, depth - 1, into: &values, &frame)
      } else {
        values.append(element)
      }
    }
  }

  private mutating func addSets() {
    let tests: [(String, @Sendable (ListValue, ListValue, inout Frame) throws(EvaluationError) -> Bool)] = [
      (
        "sets.contains",
        { (left, right, frame) throws(EvaluationError) in try Self.isSubset(right, of: left, &frame) }
      ),
      (
        "sets.equivalent",
        { (left, right, frame) throws(EvaluationError) in
          guard try Self.isSubset(left, of: right, &frame) else { return false }
          return try Self.isSubset(right, of: left, &frame)
        }
      ),
      (
        "sets.intersects",
        { (left, right, frame) throws(EvaluationError) in
          for element in left.elements {
            if try Lookup.contains(.list(right), element, &frame) { return true }
          }
          return false
        }
      ),
    ]
    for (name, test) in tests {
      global(name, .list(.a), .list(.a), .bool) { (left, right, frame) throws(EvaluationError) in
        guard case .list(let left) = left, case .list(let right) = right else {
          throw left.failure ?? right.failure ?? .noOverload(name, [left, right])
        }
        return .bool(try test(left, right, &frame))
      }
    }
  }

  private static func isSubset(
    _ left: ListValue, of right: ListValue, _ frame: inout Frame
  ) throws(EvaluationError) -> Bool {
    for element in left.elements {
      if try !Lookup.contains(.list(right), element, &frame) { return false }
    }
    return true
  }
}
