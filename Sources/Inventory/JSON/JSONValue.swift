/// A JSON document as a tree, for values whose shape is not known beforehand, such as a policy's `rule`.
package enum JSONValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  /// The number's own text: what is beyond 2⁵³ is not rounded.
  case number(String)
  case string(String)
  case array([JSONValue])
  /// Members in their order; a repeated name keeps each of its members.
  case object([Member])

  package struct Member: Hashable, Sendable {
    package let name: String
    package let value: JSONValue

    package init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// Reads one document; throws `JSONError` when the bytes are not exactly one JSON value.
  package init(parsing bytes: [UInt8]) throws(JSONError) {
    var scanner = JSONScanner(bytes)
    self = try scanner.readValue()
    try scanner.finish()
  }

  /// The value of the last member with this name; nil when there is none or this is not an object.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// The first name that an object in this value, or the value itself, has more than once; nil when there is none.
  package var repeatedName: String? {
    switch self {
    case .array(let elements): return elements.lazy.compactMap(\.repeatedName).first
    case .object(let members):
      var names: Set<String> = []
      for member in members where !names.insert(member.name).inserted { return member.name }
      return members.lazy.compactMap(\.value.repeatedName).first
    case .null, .boolean, .number, .string: return nil
    }
  }

  package var string: String? { if case .string(let text) = self { text } else { nil } }
  package var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
  package var integer: Int? { if case .number(let text) = self { Int(text) } else { nil } }
  package var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }
}

extension JSONScanner {
  /// Consumes the next value as a tree.
  package mutating func readValue() throws(JSONError) -> JSONValue {
    switch try peek() {
    case .null:
      try readNull()
      return .null
    case .boolean: return .boolean(try readBoolean())
    case .number: return .number(try readNumber())
    case .string: return .string(text(try readString()))
    case .array:
      var elements: [JSONValue] = []
      try readArray { scanner throws(JSONError) in elements.append(try scanner.readValue()) }
      return .array(elements)
    case .object:
      var members: [JSONValue.Member] = []
      try readObject { scanner, key throws(JSONError) in
        let name = scanner.text(key)
        members.append(JSONValue.Member(name: name, value: try scanner.readValue()))
      }
      return .object(members)
    }
  }
}
