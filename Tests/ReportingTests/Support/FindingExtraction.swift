import Foundation
import Policy
import Reporting

@testable import Audit

/// What a format says of a finding.
struct ToldFinding: Hashable {
  let rule: String
  let resource: String
  let disposition: String
}

extension AuditReport {
  /// The findings themselves.
  var told: [ToldFinding] {
    findings.map {
      ToldFinding(
        rule: $0.ruleID, resource: "\($0.resource.kind.rawValue) \($0.resource.id)", disposition: $0.disposition.name)
    }
  }

  /// The findings that a format tells of, read back from it.
  func told(_ format: ReportFormat) throws -> [ToldFinding] {
    switch format {
    case .json: try jsonObject(bytes(.json))["findings"].map(fromJSON) ?? []
    case .jsonl: try lines(.jsonl).filter { $0["kind"] as? String == "finding" }.map(fromJSON)
    case .ocsf: try lines(.ocsf).compactMap(fromOCSF)
    case .sarif: try fromSARIF(jsonObject(bytes(.sarif)))
    case .csv:
      csvRecords(try text(.csv)).filter { ["open", "waived", "baselined"].contains($0[0]) }.map {
        ToldFinding(rule: $0[2], resource: "\($0[3]) \($0[4])", disposition: $0[0])
      }
    case .planCSV:
      csvRecords(try text(.planCSV)).dropFirst().filter { !$0[4].isEmpty }.map {
        ToldFinding(rule: $0[4], resource: "\($0[5]) \($0[6])", disposition: "open")
      }
    case .junit: try JUnitFile(bytes(.junit)).cases.compactMap(fromJUnit)
    case .markdown: fromMarkdown(try text(.markdown))
    case .planMarkdown:
      MarkdownTables(try text(.planMarkdown)).rows.map {
        ToldFinding(rule: $0[4].code[0], resource: $0[2].prose + $0[2].code[0], disposition: "open")
      }
    case .html:
      try HTMLPage(bytes(.html)).findings.map { row in
        ToldFinding(rule: row[1], resource: row[2], disposition: String(row[6].prefix { $0 != " " }))
      }
    case .text, .github: []
    }
  }

  private func jsonObject(_ bytes: [UInt8]) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
  }

  private func lines(_ format: ReportFormat) throws -> [[String: Any]] {
    try bytes(format).split(separator: 0x0A).map { try jsonObject(Array($0)) }
  }

  private func fromJSON(_ findings: Any) -> [ToldFinding] { (findings as? [[String: Any]] ?? []).map(fromJSON) }

  private func fromJSON(_ finding: [String: Any]) -> ToldFinding {
    let resource = finding["resource"] as? [String: Any] ?? [:]
    return ToldFinding(
      rule: finding["ruleId"] as? String ?? "", resource: "\(resource["kind"] ?? "") \(resource["id"] ?? "")",
      disposition: finding["disposition"] as? String ?? "")
  }

  /// Events without a resource say what is not known.
  private func fromOCSF(_ event: [String: Any]) -> ToldFinding? {
    guard let resource = (event["resources"] as? [[String: Any]])?.first else { return nil }
    let compliance = event["compliance"] as? [String: Any]
    return ToldFinding(
      rule: compliance?["control"] as? String ?? "", resource: "\(resource["type"] ?? "") \(resource["uid"] ?? "")",
      disposition: disposition(
        isOpen: event["status_id"] as? Int == 1, reason: event["status_detail"] as? String ?? ""))
  }

  private func fromSARIF(_ log: [String: Any]) -> [ToldFinding] {
    let run = (log["runs"] as? [[String: Any]])?.first ?? [:]
    return (run["results"] as? [[String: Any]] ?? []).map { result in
      let location = (result["locations"] as? [[String: Any]])?.first
      let name = (location?["logicalLocations"] as? [[String: Any]])?.first?["fullyQualifiedName"] as? String ?? ""
      let suppression = (result["suppressions"] as? [[String: Any]])?.first
      return ToldFinding(
        rule: result["ruleId"] as? String ?? "", resource: name.replacing("/", with: " ", maxReplacements: 1),
        disposition: disposition(
          isOpen: suppression == nil, reason: suppression?["justification"] as? String ?? ""))
    }
  }

  /// Formats that know only of open and suppressed say why.
  private func disposition(isOpen: Bool, reason: String) -> String {
    if isOpen { return "open" }
    return ["waived", "baselined"].first { reason.hasPrefix("\($0): ") } ?? "not said"
  }

  private func fromJUnit(_ testCase: JUnitFile.Case) -> ToldFinding? {
    let isGap = ["list ", "all ", "not evaluable: ", "verdict"].contains { testCase.name.hasPrefix($0) }
    guard !isGap else { return nil }
    return ToldFinding(
      rule: String(testCase.className.dropFirst("tokenreeve.".count)), resource: testCase.name,
      disposition: ["waived", "baselined"].first { testCase.message.hasPrefix("\($0): ") } ?? "open")
  }

  private func fromMarkdown(_ text: String) -> [ToldFinding] {
    text.split(separator: "\n#").flatMap { section -> [ToldFinding] in
      let rows = MarkdownTables(String(section)).rows
      if section.hasPrefix("## Waived") {
        return rows.map {
          ToldFinding(rule: $0[0].code[0], resource: $0[1].prose + $0[1].code[0], disposition: "waived")
        }
      }
      if section.hasPrefix("## Baselined") {
        return rows.map {
          ToldFinding(rule: $0[1].code[0], resource: $0[2].prose + $0[2].code[0], disposition: "baselined")
        }
      }
      guard section.hasPrefix("### `") else { return [] }
      let rule = String(section.split(separator: "`")[1])
      return rows.map { ToldFinding(rule: rule, resource: $0[0].prose + $0[0].code[0], disposition: "open") }
    }
  }
}
