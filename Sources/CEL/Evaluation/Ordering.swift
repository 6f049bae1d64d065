/// How two values stand to each other.
enum Order {
  case less, equal, greater
  /// NaN is neither less than anything, nor equal or greater.
  case unordered

  init<Number: Comparable>(_ left: Number, _ right: Number) {
    self = left < right ? .less : left > right ? .greater : left == right ? .equal : .unordered
  }
}

/// The order of two numbers of whatever types (langdef, "Numbers"); nil when one is no number.
func numericOrder(_ left: Value, _ right: Value) -> Order? {
  switch (left, right) {
  case (.int(let left), .int(let right)): Order(left, right)
  case (.uint(let left), .uint(let right)): Order(left, right)
  case (.double(let left), .double(let right)): Order(left, right)
  case (.int(let left), .uint(let right)): left < 0 ? .less : Order(left.magnitude, right)
  case (.uint(let left), .int(let right)): right < 0 ? .greater : Order(left, right.magnitude)
  case (.int(let left), .double(let right)): Order(Double(left), right)
  case (.double(let left), .int(let right)): Order(left, Double(right))
  case (.uint(let left), .double(let right)): Order(Double(left), right)
  case (.double(let left), .uint(let right)): Order(left, Double(right))
  default: nil
  }
}

/// The order of two values of types that have one; nil for others.
func order(_ left: Value, _ right: Value) -> Order? {
  switch (left, right) {
  case (.bool(let left), .bool(let right)): left == right ? .equal : right ? .less : .greater
  case (.string(let left), .string(let right)):
    haveSameCodePoints(left, right) ? .equal : precedesByCodePoints(left, right) ? .less : .greater
  case (.bytes(let left), .bytes(let right)):
    left == right ? .equal : left.lexicographicallyPrecedes(right) ? .less : .greater
  case (.timestamp(let left), .timestamp(let right)): Order(left, right)
  case (.duration(let left), .duration(let right)): Order(left, right)
  default: numericOrder(left, right)
  }
}

/// The four ordering operators.
enum OrderingOperator: String, CaseIterable {
  case less = "_<_"
  case lessOrEqual = "_<=_"
  case greater = "_>_"
  case greaterOrEqual = "_>=_"

  @inline(__always)
  func holds<Operand: Comparable>(_ left: Operand, _ right: Operand) -> Bool {
    switch self {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }

  func holds(for order: Order) -> Bool {
    switch self {
    case .less: order == .less
    case .lessOrEqual: order == .less || order == .equal
    case .greater: order == .greater
    case .greaterOrEqual: order == .greater || order == .equal
    }
  }
}
