import CEL
import Foundation

/// Why a case can't be run: it needs something that is not part of this implementation.
struct Unsupported: Error {
  let reason: String
}

extension Value {
  /// A value as the cases write it: an object whose one member names the type.
  init(conformance json: JSON) throws(Unsupported) {
    guard let (kind, content) = json.members.first, json.members.count == 1 else {
      throw Unsupported(reason: "a value without a type")
    }
    switch (kind, content) {
    case ("null_value", _): self = .null
    case ("bool_value", .bool(let flag)): self = .bool(flag)
    case ("string_value", .string(let text)): self = .string(text)
    case ("double_value", _): self = .double(try Self.double(content))
    case ("list_value", _):
      var elements: [Value] = []
      for element in content["values"]?.elements ?? [] { elements.append(try Value(conformance: element)) }
      self = .list(ListValue(elements))
    case ("map_value", _): self = .map(try Self.map(content))
    case ("type_value", .string(let name)): self = .type(TypeValue(name: name))
    case ("int64_value", .string(let text)):
      guard let number = Int64(text) else { throw Unsupported(reason: "the int64_value \(text)") }
      self = .int(number)
    case ("uint64_value", .string(let text)):
      guard let number = UInt64(text) else { throw Unsupported(reason: "the uint64_value \(text)") }
      self = .uint(number)
    case ("bytes_value", .string(let text)):
      guard let data = Data(base64Encoded: text) else { throw Unsupported(reason: "the bytes_value \(text)") }
      self = .bytes(Array(data))
    default: throw Unsupported(reason: "a value of kind \(kind)")
    }
  }

  private static func double(_ json: JSON) throws(Unsupported) -> Double {
    switch json {
    case .number(let number): return number
    case .string(let text):
      if let number = Double(text) { return number }
      throw Unsupported(reason: "the double_value \(text)")
    default: throw Unsupported(reason: "a double_value that is no number")
    }
  }

  private static func map(_ json: JSON) throws(Unsupported) -> MapValue {
    var entries: [(key: Value, value: Value)] = []
    for entry in json["entries"]?.elements ?? [] {
      guard let key = entry["key"], let value = entry["value"] else { throw Unsupported(reason: "a partial map entry") }
      entries.append((try Value(conformance: key), try Value(conformance: value)))
    }
    guard let map = MapValue(entries: entries) else { throw Unsupported(reason: "a map with such keys") }
    return map
  }

  /// Whether the value is the expected one: of the same type throughout, NaN included.
  func isSame(as other: Value) -> Bool {
    switch (self, other) {
    case (.double(let left), .double(let right)): left == right || left.isNaN && right.isNaN
    case (.list(let left), .list(let right)):
      left.count == right.count && (0..<left.count).allSatisfy { left[$0].isSame(as: right[$0]) }
    case (.map(let left), .map(let right)):
      left.count == right.count
        && left.entries.allSatisfy { entry in
          right.entries.contains { entry.key.isSame(as: $0.key) && entry.value.isSame(as: $0.value) }
        }
    default: type == other.type && self == other
    }
  }
}

extension CELType {
  /// A type as the cases write it (google.api.expr.v1alpha1.Type in JSON).
  init(conformance json: JSON) throws(Unsupported) {
    guard let (kind, content) = json.members.first, json.members.count == 1 else {
      throw Unsupported(reason: "a type without a kind")
    }
    switch kind {
    case "dyn": self = .dyn
    case "null": self = .null
    case "primitive": self = try Self.primitive(content.text ?? "")
    case "wrapper": self = .wrapper(try Self.primitive(content.text ?? ""))
    case "well_known" where content.text == "TIMESTAMP": self = .timestamp
    case "well_known" where content.text == "DURATION": self = .duration
    case "list_type": self = .list(try Self.nested(content["elem_type"]))
    case "map_type": self = .map(try Self.nested(content["key_type"]), try Self.nested(content["value_type"]))
    case "type": self = .type(try Self.nested(content))
    case "type_param": self = .parameter(content.text ?? "")
    case "error": self = .error
    case "abstract_type":
      var parameters: [CELType] = []
      for parameter in content["parameter_types"]?.elements ?? [] {
        parameters.append(try CELType(conformance: parameter))
      }
      let name = content["name"]?.text ?? ""
      self = name == "optional_type" ? .optional(parameters.first ?? .dyn) : .opaque(name, parameters)
    default: throw Unsupported(reason: "a type of kind \(kind)")
    }
  }

  /// A type that is left out, or empty, is `dyn`.
  private static func nested(_ json: JSON?) throws(Unsupported) -> CELType {
    guard let json, !json.members.isEmpty else { return .dyn }
    return try CELType(conformance: json)
  }

  private static func primitive(_ name: String) throws(Unsupported) -> CELType {
    switch name {
    case "BOOL": .bool
    case "INT64": .int
    case "UINT64": .uint
    case "DOUBLE": .double
    case "STRING": .string
    case "BYTES": .bytes
    default: throw Unsupported(reason: "the primitive type \(name)")
    }
  }
}
