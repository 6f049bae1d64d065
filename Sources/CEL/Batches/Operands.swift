/// What stands on one side of a comparison: one number for all records of a batch, or one for each.
enum Operand {
  case same(Int64)
  case each([Int64])

  /// Stands where there is no number: a comparison with it is not decided.
  static let none = BatchTime.none

  @inline(__always)
  init(_ left: Operand, _ right: Operand, _ combine: (Int64, Int64) -> Int64) {
    switch (left, right) {
    case (.same(let left), .same(let right)): self = .same(combine(left, right))
    case (.each(let left), .same(let right)): self = .each(left.map { combine($0, right) })
    case (.same(let left), .each(let right)): self = .each(right.map { combine(left, $0) })
    case (.each(let left), .each(let right)): self = .each(left.indices.map { combine(left[$0], right[$0]) })
    }
  }
}

extension Comparison {
  /// The comparison for each of so many records.
  func truths(_ left: Operand, _ right: Operand, count: Int) -> Truths {
    switch self {
    case .ordering(.less): Self.truths(left, right, count) { $0 < $1 }
    case .ordering(.lessOrEqual): Self.truths(left, right, count) { $0 <= $1 }
    case .ordering(.greater): Self.truths(left, right, count) { $0 > $1 }
    case .ordering(.greaterOrEqual): Self.truths(left, right, count) { $0 >= $1 }
    case .equal: Self.truths(left, right, count) { $0 == $1 }
    case .unequal: Self.truths(left, right, count) { $0 != $1 }
    }
  }

  @inline(__always)
  private static func truths(
    _ left: Operand, _ right: Operand, _ count: Int, _ holds: (Int64, Int64) -> Bool
  ) -> Truths {
    let none = Operand.none
    switch (left, right) {
    case (.same(let left), .same(let right)):
      return Truths(
        repeating: left == none || right == none ? .undecided : Truth(holds(left, right)), count: count)
    case (.each(let left), .same(let right)):
      guard right != none else { return Truths(repeating: .undecided, count: count) }
      return Truths(count: count) { left[$0] == none ? .undecided : Truth(holds(left[$0], right)) }
    case (.same(let left), .each(let right)):
      guard left != none else { return Truths(repeating: .undecided, count: count) }
      return Truths(count: count) { right[$0] == none ? .undecided : Truth(holds(left, right[$0])) }
    case (.each(let left), .each(let right)):
      return Truths(count: count) { index in
        left[index] == none || right[index] == none ? .undecided : Truth(holds(left[index], right[index]))
      }
    }
  }
}
