/// Sorting by the language's order.
enum Sorting {
  /// Stable. The keys must have one type that has an order.
  static func sorted(
    _ elements: [(key: Value, value: Value)], _ frame: inout Frame
  ) throws(EvaluationError) -> [(key: Value, value: Value)] {
    guard let first = elements.first?.key else { return elements }
    for (key, _) in elements where order(first, key) == nil || first.type != key.type {
      throw key.failure
        ?? EvaluationError("only values of one type that has an order can be sorted", kind: .noSuchOverload)
    }
    // Each element takes part in about as many comparisons as the number of elements has binary digits.
    try frame.budget.spend(elements.count * (Int.bitWidth - elements.count.leadingZeroBitCount))
    return elements.sorted { order($0.key, $1.key) == .less }
  }
}
