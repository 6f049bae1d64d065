import Foundation
import Testing

/// A published schema, as far as these tests need one: names of members.
struct JSONSchemaFile {
  typealias Object = [String: Any]

  let schema: Object

  /// - Parameter name: of a file in `docs/schemas/`.
  init(_ name: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/schemas/\(name)")
    schema = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? Object)
  }

  /// Members that one of the two has and the other has not.
  func differences(_ bytes: [UInt8]) throws -> [String] {
    differences(try JSONSerialization.jsonObject(with: Data(bytes)), schema, "$")
  }

  private func differences(_ value: Any, _ schema: Object, _ path: String) -> [String] {
    let schema = resolved(schema, for: value)
    if let elements = value as? [Any] {
      guard let items = schema["items"] as? Object else { return ["\(path): no items"] }
      return elements.flatMap { differences($0, items, "\(path)[]") }
    }
    if let values = schema["enum"] as? [String], let text = value as? String, !values.contains(text) {
      return ["\(path) can't be \(text)"]
    }
    guard let object = value as? Object else { return [] }
    let properties = schema["properties"] as? [String: Object] ?? [:]
    let required = Set(schema["required"] as? [String] ?? [])
    return Set(object.keys).subtracting(properties.keys).map { "\(path).\($0) is not in the schema" }
      + required.subtracting(object.keys).map { "\(path).\($0) is missing" }
      + object.flatMap { name, member in differences(member, properties[name] ?? [:], "\(path).\(name)") }
  }

  /// Follows a reference, and takes of several schemas the first that describes an object of this kind.
  private func resolved(_ schema: Object, for value: Any) -> Object {
    if let reference = schema["$ref"] as? String {
      let definitions = self.schema["$defs"] as? [String: Object] ?? [:]
      return resolved(definitions[String(reference.dropFirst("#/$defs/".count))] ?? [:], for: value)
    }
    guard let choices = schema["oneOf"] as? [Object] else { return schema }
    let kind = (value as? Object)?["kind"] as? String
    return choices.map { resolved($0, for: value) }.first { choice in
      guard let properties = choice["properties"] as? [String: Object] else { return false }
      return properties["kind"]?["const"].map { $0 as? String == kind } ?? true
    } ?? [:]
  }
}
