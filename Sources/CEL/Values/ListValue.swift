/// A list that makes its elements when they are asked for.
public protocol ListSource: Sendable {
  /// How many elements there are; the same each time.
  var count: Int { get }

  /// The element at an index from 0 to `count - 1`; the same each time.
  subscript(index: Int) -> Value { get }
}

/// A list of values.
public struct ListValue: Sendable {
  enum Storage: Sendable {
    case values([Value])
    case strings([String])
    indirect case source(any ListSource)
    indirect case columns(any ColumnarList)
  }

  let storage: Storage

  /// A list of these elements.
  public init(_ elements: [Value]) { storage = .values(elements) }

  /// A list of strings, which takes less memory and is scanned faster than the same strings as values.
  public init(strings: [String]) { storage = .strings(strings) }

  /// A list whose elements come from elsewhere.
  public init(source: some ListSource) { storage = .source(source) }

  /// A list whose elements lie in columns.
  package init(columns source: some ColumnarList) { storage = .columns(source) }

  /// How many elements there are.
  public var count: Int {
    switch storage {
    case .values(let values): values.count
    case .strings(let strings): strings.count
    case .source(let source): source.count
    case .columns(let source): source.count
    }
  }

  /// The element at an index from 0 to `count - 1`.
  public subscript(index: Int) -> Value {
    switch storage {
    case .values(let values): values[index]
    case .strings(let strings): .string(strings[index])
    case .source(let source): source[index]
    case .columns(let source): source[index]
    }
  }

  /// The elements as values, in their order.
  public var elements: [Value] {
    switch storage {
    case .values(let values): values
    case .strings(let strings): strings.map { .string($0) }
    case .source(let source): (0..<source.count).map { source[$0] }
    case .columns(let source): (0..<source.count).map { source[$0] }
    }
  }

  func appending(_ other: ListValue) -> ListValue {
    switch (storage, other.storage) {
    case (.strings(let left), .strings(let right)): ListValue(strings: left + right)
    default: other.count == 0 ? self : count == 0 ? other : ListValue(elements + other.elements)
    }
  }
}
