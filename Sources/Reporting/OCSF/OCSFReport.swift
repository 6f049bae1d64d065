import Audit
import Files
import Inventory
import Policy

/// Compliance Finding events (class 2003) of the Open Cybersecurity Schema Framework, one a line, for security lakes:
/// one for each finding, and one with an unknown status for each thing that could not be seen.
enum OCSFReport: Reporter {
  static let fileName = "findings.ocsf.jsonl"

  static func write(
    _ report: AuditReport, _ options: ReportOptions, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    let rules = Dictionary(report.rules.map { ($0.rule.id, $0.rule) }) { first, _ in first }
    var json = JSONWriter()
    if report.verdict.state == .inconclusive {
      json.ocsfUnknown(
        report.run, id: "verdict", "The verdict is inconclusive", report.verdict.reasons.joined(separator: "; "))
    }
    for (number, gap) in report.gaps.enumerated() {
      json.ocsfUnknown(report.run, id: "gap/\(number)", "\(gap.subjectText) is \(gap.name)", gap.reason, gap)
    }
    try writer.write(json.bytes)
    for finding in report.findings {
      json.bytes.removeAll(keepingCapacity: true)
      json.ocsfFinding(report.run, finding, rules[finding.ruleID], acceptance: report.acceptance(of: finding))
      try writer.write(json.bytes)
    }
  }

  static func writeUnfinished(to writer: inout some ByteWriter & ~Copyable) throws {
    var json = JSONWriter()
    json.ocsfUnknown(nil, id: "verdict", UnfinishedRun.title, "\(UnfinishedRun.title). \(UnfinishedRun.explanation)")
    try writer.write(json.bytes)
  }
}
