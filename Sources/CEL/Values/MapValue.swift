/// Values by key; entries keep the order in which they were given.
public struct MapValue: Sendable {
  /// A key with its value.
  public struct Entry: Sendable {
    /// A bool, int, uint or string.
    public let key: Value
    /// What the map has for the key.
    public let value: Value
  }

  private final class Storage: Sendable {
    let entries: [Entry]
    /// Nil for a map so small that comparing keys one by one is faster.
    let positions: [MapKey: Int]?

    init(entries: [Entry], positions: [MapKey: Int]?) {
      self.entries = entries
      self.positions = positions
    }
  }

  private let storage: Storage
  private static let smallCount = 8

  /// A map with text as keys; of two values with the same key the later one stays.
  public init(_ members: some Sequence<(String, Value)>) {
    var entries = Entries()
    for (key, value) in members { entries.set(.string(key), MapKey.string(StringKey(key)), value) }
    self.init(entries)
  }

  /// A map of these entries; nil when a key is of another type than bool, int, uint or string, or two keys are equal.
  public init?(entries: [(key: Value, value: Value)]) {
    var map = Entries()
    for entry in entries {
      guard let key = MapKey(entry.key), map.insert(entry.key, key, entry.value) else { return nil }
    }
    self.init(map)
  }

  init(_ entries: Entries) {
    let isSmall = entries.list.count <= Self.smallCount
    storage = Storage(entries: entries.list, positions: isSmall ? nil : entries.positions)
  }

  static let empty = MapValue(Entries())

  /// How many keys there are.
  public var count: Int { storage.entries.count }

  /// The entries in their order.
  public var entries: [Entry] { storage.entries }

  /// The value of a key; nil when the map has no key that is equal to it.
  public subscript(key: Value) -> Value? {
    guard let key = MapKey(lookingUp: key) else { return nil }
    return value(of: key)
  }

  /// The value of a key that is text.
  public subscript(key: String) -> Value? { value(of: .string(StringKey(key))) }

  func value(of key: MapKey) -> Value? {
    if let positions = storage.positions { return positions[key].map { storage.entries[$0].value } }
    for entry in storage.entries where MapKey(entry.key) == key { return entry.value }
    return nil
  }

  /// Entries while a map is put together.
  struct Entries {
    private(set) var list: [Entry] = []
    private(set) var positions: [MapKey: Int] = [:]

    /// False when there is an equal key already.
    mutating func insert(_ key: Value, _ mapKey: MapKey, _ value: Value) -> Bool {
      guard positions.updateValue(list.count, forKey: mapKey) == nil else { return false }
      list.append(Entry(key: key, value: value))
      return true
    }

    mutating func set(_ key: Value, _ mapKey: MapKey, _ value: Value) {
      if let position = positions[mapKey] {
        list[position] = Entry(key: key, value: value)
      } else {
        _ = insert(key, mapKey, value)
      }
    }
  }
}

/// A key by which entries are found: integers of either type that stand for the same number are the same key.
enum MapKey: Hashable {
  case bool(Bool)
  case int(Int64)
  /// More than an `int` can hold.
  case large(UInt64)
  case string(StringKey)

  /// Nil for a value that can't be a key.
  init?(_ value: Value) {
    switch value {
    case .bool(let flag): self = .bool(flag)
    case .int(let number): self = .int(number)
    case .uint(let number): self = Int64(exactly: number).map { .int($0) } ?? .large(number)
    case .string(let text): self = .string(StringKey(text))
    default: return nil
    }
  }

  /// As for a key; besides, a double that is a whole number finds the integer.
  init?(lookingUp value: Value) {
    if case .double(let number) = value {
      if let whole = Int64(exactly: number) {
        self = .int(whole)
      } else if let whole = UInt64(exactly: number) {
        self = .large(whole)
      } else {
        return nil
      }
    } else {
      self.init(value)
    }
  }
}

/// Text that is the same key only when its code points are the same.
struct StringKey: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: StringKey, right: StringKey) -> Bool { haveSameCodePoints(left.text, right.text) }

  func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
