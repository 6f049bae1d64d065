import Audit
import Files
import Inventory
import Policy

/// JSON Lines: the run, then what is not known, then one finding a line, told apart by `kind`. For tools that read
/// piece by piece; the members of a finding are those of the JSON report.
enum JSONLinesReport: Reporter {
  static let fileName = "findings.jsonl"

  static func write(
    _ report: AuditReport, _ options: ReportOptions, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    var json = JSONWriter()
    json.line("run") { json in
      json.boolean("finished", true)
      json.string("organizationId", report.run.organizationID)
      json.string("auditedAt", report.run.auditedAt.text)
      json.string("policyDigest", report.run.policyDigest)
      json.facts(of: report.run)
      json.string("verdict", report.verdict.state.rawValue)
      json.strings("reasons", report.verdict.reasons)
      json.string("baselineAuditedAt", report.baseline?.run.auditedAt.text)
    }
    for gap in report.gaps { json.line(gap.name) { $0.gap(gap) } }
    try writer.write(json.bytes)
    for finding in report.findings {
      json.bytes.removeAll(keepingCapacity: true)
      json.line("finding") { $0.finding(finding) }
      try writer.write(json.bytes)
    }
  }

  static func writeUnfinished(to writer: inout some ByteWriter & ~Copyable) throws {
    var json = JSONWriter()
    json.line("run") { json in
      json.boolean("finished", false)
      json.string("verdict", Verdict.State.inconclusive.rawValue)
      json.strings("reasons", ["\(UnfinishedRun.title). \(UnfinishedRun.explanation)"])
    }
    try writer.write(json.bytes)
  }
}

extension JSONWriter {
  fileprivate mutating func line(_ kind: String, _ body: (inout JSONWriter) -> Void) {
    object { json in
      json.string("kind", kind)
      body(&json)
    }
    newline()
  }

  fileprivate mutating func gap(_ gap: Gap) {
    switch gap.subject {
    case .list(let entry): string("list", entry.list.rawValue)
    case .outcomes(let result, let outcomes):
      string("ruleId", result.rule.id)
      string("severity", result.severity.rawValue)
      integer("count", outcomes.count)
      integer("waived", outcomes.waived)
    }
    string("reason", gap.reason)
    boolean("decisive", gap.isDecisive)
    strings("waivers", gap.waivers.map(\.id))
  }
}
