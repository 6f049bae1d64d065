import Files
import Foundation
import Inventory
import Reporting
import Testing

/// The published schemas name exactly the members that the files have.
struct JSONSchemaTests {
  private let report: JSONSchemaFile

  init() throws { report = try JSONSchemaFile("report-1.schema.json") }

  @Test func everyMemberIsDescribed() throws {
    for made in [ReportBuilder.everything(), ReportBuilder.compared(), ReportBuilder.allInOrder()] {
      #expect(try report.differences(made.bytes(.json)) == [])
    }
  }

  @Test func everyMemberOfADifferenceIsDescribed() throws {
    let schema = try JSONSchemaFile("diff-1.schema.json")
    for difference in try DifferenceSamples.all() {
      var writer = MemoryWriter()
      try DifferenceFormat.json.write(difference, ReportOptions(), to: &writer)
      #expect(try schema.differences(writer.bytes) == [])
    }
  }

  @Test func everyListOfTheSampleHasAnElement() throws {
    let value = try JSONSerialization.jsonObject(with: Data(ReportBuilder.everything().bytes(.json))) as? [String: Any]
    for name in ["coverage", "rules", "findings", "waivers", "expiring", "notAssessed"] {
      #expect((value?[name] as? [Any])?.isEmpty == false, "\(name)")
    }
  }

  @Test func everyListHasItsNameInTheSchema() throws {
    let definitions = try #require(report.schema["$defs"] as? [String: JSONSchemaFile.Object])
    let properties = try #require(definitions["coverage"]?["properties"] as? [String: JSONSchemaFile.Object])
    #expect(properties["list"]?["enum"] as? [String] == CollectedList.allCases.map(\.rawValue))
  }
}
