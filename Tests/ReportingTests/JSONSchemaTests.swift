import Audit
import Foundation
import Inventory
import Reporting
import Testing

/// The published schema names exactly the members that the report has.
struct JSONSchemaTests {
  private typealias Object = [String: Any]

  private let schema: Object

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/schemas/report-1.schema.json")
    schema = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? Object)
  }

  @Test func everyMemberIsDescribed() throws {
    for report in [ReportBuilder.everything(), ReportBuilder.compared(), ReportBuilder.allInOrder()] {
      let value = try JSONSerialization.jsonObject(with: Data(report.bytes(.json)))
      #expect(differences(value, schema, "$") == [])
    }
  }

  @Test func everyListOfTheSampleHasAnElement() throws {
    let value = try JSONSerialization.jsonObject(with: Data(ReportBuilder.everything().bytes(.json))) as? Object
    for name in ["coverage", "rules", "findings", "waivers", "expiring", "notAssessed"] {
      #expect((value?[name] as? [Any])?.isEmpty == false, "\(name)")
    }
  }

  @Test func everyListHasItsNameInTheSchema() throws {
    let definitions = try #require(schema["$defs"] as? [String: Object])
    let properties = try #require(definitions["coverage"]?["properties"] as? [String: Object])
    #expect(properties["list"]?["enum"] as? [String] == CollectedList.allCases.map(\.rawValue))
  }

  /// Members that one of the two has and the other has not.
  private func differences(_ value: Any, _ schema: Object, _ path: String) -> [String] {
    let schema = resolved(schema, for: value)
    if let elements = value as? [Any] {
      guard let items = schema["items"] as? Object else { return ["\(path): no items"] }
      return elements.flatMap { differences($0, items, "\(path)[]") }
    }
    guard let object = value as? Object else { return [] }
    let properties = schema["properties"] as? [String: Object] ?? [:]
    let required = Set(schema["required"] as? [String] ?? [])
    return Set(object.keys).subtracting(properties.keys).map { "\(path).\($0) is not in the schema" }
      + required.subtracting(object.keys).map { "\(path).\($0) is missing" }
      + object.flatMap { name, member in differences(member, properties[name] ?? [:], "\(path).\(name)") }
  }

  /// Follows a reference, and takes of several schemas the first that describes an object.
  private func resolved(_ schema: Object, for value: Any) -> Object {
    if let reference = schema["$ref"] as? String {
      let definitions = self.schema["$defs"] as? [String: Object] ?? [:]
      return resolved(definitions[String(reference.dropFirst("#/$defs/".count))] ?? [:], for: value)
    }
    guard let choices = schema["oneOf"] as? [Object] else { return schema }
    return choices.map { resolved($0, for: value) }.first { $0["properties"] != nil } ?? [:]
  }
}
