import Audit
import Files
import Inventory
import Policy

/// The lossless report: what programs, `diff` and `--baseline` read. Within a schema version members are only added.
enum JSONReport: Reporter {
  static let fileName = "report.json"
  static let schemaVersion = 1

  static func write(
    _ report: AuditReport, _ options: ReportOptions, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    var json = JSONWriter()
    try json.object { json in
      json.integer("schemaVersion", schemaVersion)
      write(report.run, to: &json)
      json.string("verdict", report.verdict.state.rawValue)
      json.strings("reasons", report.verdict.reasons)
      json.lines("coverage", report.coverage) { $1.coverage($0) }
      json.lines("rules", report.rules) { $1.rule($0) }
      try json.array("findings") { json in
        for finding in report.findings {
          json.startLine()
          json.object { $0.finding(finding) }
          try writer.write(json.bytes)
          json.bytes.removeAll(keepingCapacity: true)
        }
      }
      json.startLine()
      json.baseline(report.baseline)
      json.lines("waivers", report.waivers) { $1.waiver($0) }
      json.lines("expiring", report.expiring) { expiry, json in
        json.resource("resource", expiry.resource)
        json.string("expiresAt", expiry.expiresAt.text)
      }
      json.lines("notAssessed", AuditReport.notAssessed) { entry, json in
        json.string("title", entry.title)
        json.string("advice", entry.advice)
      }
    }
    json.newline()
    try writer.write(json.bytes)
  }

  static func writeUnfinished(to writer: inout some ByteWriter & ~Copyable) throws {
    var json = JSONWriter()
    json.object { json in
      json.integer("schemaVersion", schemaVersion)
      json.object("run") { $0.boolean("finished", false) }
      json.string("verdict", Verdict.State.inconclusive.rawValue)
      json.strings("reasons", ["\(UnfinishedRun.title). \(UnfinishedRun.explanation)"])
      for name in ["coverage", "rules", "findings"] { json.array(name) { _ in } }
      json.baseline(nil)
      for name in ["waivers", "expiring", "notAssessed"] { json.array(name) { _ in } }
    }
    json.newline()
    try writer.write(json.bytes)
  }

  private static func write(_ run: Run, to json: inout JSONWriter) {
    json.startLine()
    json.object("run") { json in
      json.boolean("finished", true)
      json.string("organizationId", run.organizationID)
      json.string("collectedAt", run.collectedAt.text)
      json.string("auditedAt", run.auditedAt.text)
      json.boolean("instantWasGiven", run.instantWasGiven)
      json.string("apiBase", run.apiBase)
      json.object("policy") { json in
        json.string("id", run.policyID)
        json.string("title", run.policyTitle)
        json.string("digest", run.policyDigest)
      }
      json.facts(of: run)
      json.string("failOn", run.failOn.rawValue)
      json.string("toolVersion", run.toolVersion)
    }
    json.startLine()
  }
}
