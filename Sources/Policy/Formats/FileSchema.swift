import Inventory

/// The JSON Schema of a file, from the declarations of its keys.
struct FileSchema {
  private let title: String
  private let root: FileMapping

  init(title: String, _ root: FileMapping) {
    self.title = title
    self.root = root
  }

  var text: String {
    let head: [JSONValue.Member] = [
      .init(name: "$schema", value: .string("https://json-schema.org/draft/2020-12/schema")),
      .init(name: "title", value: .string(title)),
    ]
    return Self.pretty(.object(head + Self.members(of: root))) + "\n"
  }

  // MARK: - Shapes

  private static func schema(_ shape: FileShape) -> JSONValue {
    switch shape {
    // YAML takes `2` and `true` for other types than `two`; as text they are all the same.
    case .text: object([("type", texts(["string", "number", "boolean"])), ("pattern", .string("\\S"))])
    case .boolean: object([("type", .string("boolean"))])
    case .choice(let names): object([("enum", texts(names))])
    case .pattern(let pattern): object([("type", .string("string")), ("pattern", .string(pattern))])
    case .record: object([("type", .string("object"))])
    case .list(let element): object([("type", .string("array")), ("items", schema(element))])
    case .oneOrMore(let element):
      anyOf([
        schema(element),
        object([("type", .string("array")), ("items", schema(element)), ("minItems", .number("1"))]),
      ])
    case .mapping(let mapping): .object(members(of: mapping))
    case .members(let value, let names):
      object(
        [("type", .string("object")), ("additionalProperties", schema(value))]
          + (names.map { [("propertyNames", object([("pattern", .string($0))]))] } ?? []))
    case .anyOf(let shapes): anyOf(shapes.map(schema))
    case .orEmpty(let value): anyOf([schema(value), object([("type", .string("null"))])])
    }
  }

  private static func members(of mapping: FileMapping) -> [JSONValue.Member] {
    let properties = mapping.keys.map { key in
      JSONValue.Member(name: key.name, value: described(schema(key.shape), key.description))
    }
    let required = mapping.keys.filter(\.isRequired).map(\.name)
    var members = [
      JSONValue.Member(name: "type", value: .string("object")),
      JSONValue.Member(name: "properties", value: .object(properties)),
    ]
    if !required.isEmpty { members.append(.init(name: "required", value: texts(required))) }
    if !mapping.exactlyOneOf.isEmpty {
      let choices = mapping.exactlyOneOf.map { object([("required", texts([$0]))]) }
      members.append(.init(name: "oneOf", value: .array(choices)))
    }
    members.append(.init(name: "additionalProperties", value: .boolean(false)))
    return members
  }

  private static func described(_ schema: JSONValue, _ description: String) -> JSONValue {
    guard case .object(let members) = schema else { return schema }
    return .object([.init(name: "description", value: .string(description))] + members)
  }

  private static func anyOf(_ schemas: [JSONValue]) -> JSONValue { object([("anyOf", .array(schemas))]) }

  private static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { JSONValue.Member(name: $0.0, value: $0.1) })
  }

  // MARK: - Text

  /// Members and elements on lines of their own, two spaces further in.
  private static func pretty(_ value: JSONValue, indent: String = "") -> String {
    let inner = indent + "  "
    switch value {
    case .object(let members) where !members.isEmpty:
      let lines = members.map { "\(inner)\(compact(.string($0.name))): \(pretty($0.value, indent: inner))" }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
    case .array(let elements) where !elements.allSatisfy(isText):
      return "[\n\(elements.map { inner + pretty($0, indent: inner) }.joined(separator: ",\n"))\n\(indent)]"
    case .array(let elements): return "[\(elements.map(compact).joined(separator: ", "))]"
    default: return compact(value)
    }
  }

  private static func isText(_ value: JSONValue) -> Bool { if case .string = value { true } else { false } }

  private static func compact(_ value: JSONValue) -> String {
    var writer = JSONWriter()
    writer.value(nil, value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
