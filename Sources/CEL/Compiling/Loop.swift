/// What a macro goes over, and the places of its variables.
struct Loop: Sendable {
  let range: Evaluation<Value>
  let slots: [Int]
  /// What each step costs at least.
  let cost: Int
  /// What is asked of each element, for lists whose elements lie in columns.
  let condition: ElementCondition?

  /// The elements of a list, or the entries of a map.
  enum Elements {
    case list(ListValue)
    case map([MapValue.Entry])

    var count: Int {
      switch self {
      case .list(let list): list.count
      case .map(let entries): entries.count
      }
    }

    /// What a single variable stands for: the element or the key.
    func single(_ index: Int) -> Value {
      switch self {
      case .list(let list): list[index]
      case .map(let entries): entries[index].key
      }
    }

    /// What the first of two variables stands for: the index or the key.
    func first(_ index: Int) -> Value {
      switch self {
      case .list: .int(Int64(index))
      case .map(let entries): entries[index].key
      }
    }

    func second(_ index: Int) -> Value {
      switch self {
      case .list(let list): list[index]
      case .map(let entries): entries[index].value
      }
    }
  }

  @inline(__always)
  private func elements(_ frame: inout Frame) throws(EvaluationError) -> Elements {
    let value = try range(&frame)
    switch value {
    case .list(let list): return .list(list)
    case .map(let map): return .map(map.entries)
    default: throw .unexpected(value, expected: "a list or a map")
    }
  }

  /// Sets the variables for one step.
  @inline(__always)
  private func bind(_ elements: Elements, _ index: Int, _ frame: inout Frame) throws(EvaluationError) {
    try frame.budget.spend(cost)
    if slots.count == 1 {
      frame.locals[slots[0]] = elements.single(index)
    } else {
      frame.locals[slots[0]] = elements.first(index)
      frame.locals[slots[1]] = elements.second(index)
    }
  }

  // MARK: - Lists in columns

  /// What the columns say of the condition for the elements of a list that lies in them.
  private struct ColumnarElements {
    let list: any ColumnarList
    let truths: Truths

    subscript(index: Int) -> Truth { truths[list.place(of: index)] }
  }

  @inline(__always)
  private func columnar(_ elements: Elements, _ frame: inout Frame) -> ColumnarElements? {
    guard let condition, case .list(let value) = elements, case .columns(let list) = value.storage else { return nil }
    return ColumnarElements(list: list, truths: list.truths(of: condition, frame.variables))
  }

  /// Whether the condition holds for an element, which is asked itself where columns don't tell.
  @inline(__always)
  private func holds(
    _ predicate: Evaluation<Bool>, _ elements: Elements, _ columnar: ColumnarElements?, _ index: Int,
    _ frame: inout Frame
  ) throws(EvaluationError) -> Bool {
    switch columnar?[index] {
    case .yes:
      try frame.budget.spend(cost)
      return true
    case .no:
      try frame.budget.spend(cost)
      return false
    case .undecided, nil:
      try bind(elements, index, &frame)
      return try predicate(&frame)
    }
  }

  // MARK: - Macros

  /// A predicate that settles the result makes up for errors on other elements.
  func quantifier(_ predicate: @escaping Evaluation<Bool>, settledBy decisive: Bool) -> Evaluation<Bool> {
    { frame throws(EvaluationError) in
      let elements = try elements(&frame)
      let columnar = columnar(elements, &frame)
      var failure: EvaluationError?
      for index in 0..<elements.count {
        if let truth = columnar?[index], truth != .undecided {
          try frame.budget.spend(cost)
          if (truth == .yes) == decisive { return decisive }
          continue
        }
        try bind(elements, index, &frame)
        do throws(EvaluationError) {
          if try predicate(&frame) == decisive { return decisive }
        } catch {
          failure = failure ?? error
        }
      }
      if let failure { throw failure }
      return !decisive
    }
  }

  func existsOne(_ predicate: @escaping Evaluation<Bool>) -> Evaluation<Bool> {
    let count = count(predicate)
    return { frame throws(EvaluationError) in try count(&frame) == 1 }
  }

  /// How many elements fulfil the condition.
  func count(_ predicate: @escaping Evaluation<Bool>) -> Evaluation<Int64> {
    { frame throws(EvaluationError) in
      let elements = try elements(&frame)
      let columnar = columnar(elements, &frame)
      var count: Int64 = 0
      for index in 0..<elements.count where try holds(predicate, elements, columnar, index, &frame) { count += 1 }
      return count
    }
  }

  func filter(_ predicate: @escaping Evaluation<Bool>) -> Evaluation<ListValue> {
    { frame throws(EvaluationError) in
      let elements = try elements(&frame)
      if let columnar = columnar(elements, &frame) {
        var indices: [Int32] = []
        for index in 0..<elements.count where try holds(predicate, elements, columnar, index, &frame) {
          indices.append(Int32(index))
        }
        return ListValue(columns: SelectedElements(list: columnar.list, indices: indices))
      }
      var values: [Value] = []
      for index in 0..<elements.count {
        try bind(elements, index, &frame)
        if try predicate(&frame) { values.append(elements.single(index)) }
      }
      return ListValue(values)
    }
  }

  func map(
    _ transform: @escaping Evaluation<Value>, where filter: Evaluation<Bool>?
  ) -> Evaluation<ListValue> {
    { frame throws(EvaluationError) in
      let elements = try elements(&frame)
      var values: [Value] = []
      for index in 0..<elements.count {
        try bind(elements, index, &frame)
        if let filter, try !filter(&frame) { continue }
        values.append(try transform(&frame))
      }
      return ListValue(values)
    }
  }

  func transformMap(
    _ transform: @escaping Evaluation<Value>, where filter: Evaluation<Bool>?
  ) -> Evaluation<Value> {
    { frame throws(EvaluationError) in
      let elements = try elements(&frame)
      var map = MapValue.Entries()
      for index in 0..<elements.count {
        try bind(elements, index, &frame)
        if let filter, try !filter(&frame) { continue }
        try map.insert(elements.first(index), try transform(&frame))
      }
      return .map(MapValue(map))
    }
  }

  func transformMapEntry(
    _ transform: @escaping Evaluation<Value>, where filter: Evaluation<Bool>?
  ) -> Evaluation<Value> {
    { frame throws(EvaluationError) in
      let elements = try elements(&frame)
      var map = MapValue.Entries()
      for index in 0..<elements.count {
        try bind(elements, index, &frame)
        if let filter, try !filter(&frame) { continue }
        let value = try transform(&frame)
        guard case .map(let made) = value else { throw .unexpected(value, expected: "a map") }
        try frame.budget.spend(made.count)
        for entry in made.entries { try map.insert(entry.key, entry.value) }
      }
      return .map(MapValue(map))
    }
  }

  func sort(by key: @escaping Evaluation<Value>) -> Evaluation<ListValue> {
    { frame throws(EvaluationError) in
      let elements = try elements(&frame)
      var keyed: [(key: Value, value: Value)] = []
      for index in 0..<elements.count {
        try bind(elements, index, &frame)
        keyed.append((try key(&frame), elements.single(index)))
      }
      return ListValue(try Sorting.sorted(keyed, &frame).map(\.value))
    }
  }
}
