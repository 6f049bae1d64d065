import Audit
import Files
import Inventory
import Policy

/// SARIF 2.1.0 (OASIS, errata 01): results by rule, waived and baselined ones suppressed; what is not known as
/// notifications. What is resolved is counted, and is no result: readers that don't know `baselineState` would take a
/// result that is `absent` for an open one.
///
/// An organization has no source files: results have logical locations. GitHub's code scanning wants a file of the
/// repository for each result, which `ReportOptions.sarifArtifact` names.
enum SARIFReport: Reporter {
  static let fileName = "report.sarif"

  static func write(
    _ report: AuditReport, _ options: ReportOptions, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    var json = JSONWriter()
    let indexes = Dictionary(report.rules.enumerated().map { ($1.rule.id, $0) }) { first, _ in first }
    try json.sarifLog { json in
      json.object("tool") { json in
        json.object("driver") { json in
          json.string("name", "tokenreeve")
          json.string("version", report.run.toolVersion)
          json.array("rules") { json in for result in report.rules { json.sarifRule(result) } }
        }
      }
      json.object("automationDetails") { $0.string("id", "tokenreeve/\(report.run.policyID)/") }
      json.array("invocations") { json in
        json.object { json in
          // Without results, an inconclusive run would pass for one that found nothing.
          json.boolean("executionSuccessful", report.verdict.state != .inconclusive)
          json.array("toolExecutionNotifications") { json in
            for gap in report.gaps {
              json.sarifNotification(
                gap.isDecisive ? "error" : "note", "\(gap.subjectText) is \(gap.name): \(gap.reason)")
            }
            if report.verdict.state == .inconclusive {
              for reason in report.verdict.reasons {
                json.sarifNotification("error", "verdict inconclusive: \(reason)")
              }
            }
          }
        }
      }
      json.object("properties") { json in
        json.string("verdict", report.verdict.state.rawValue)
        json.strings("reasons", report.verdict.reasons)
        json.string("organizationId", report.run.organizationID)
        json.string("auditedAt", report.run.auditedAt.text)
        json.string("policyDigest", report.run.policyDigest)
        json.facts(of: report.run)
        json.string("failOn", report.run.failOn.rawValue)
        json.strings("notAssessed", AuditReport.notAssessed.map(\.title))
        if let baseline = report.baseline {
          json.object("baseline") { json in
            json.string("auditedAt", baseline.run.auditedAt.text)
            json.string("age", report.baselineText)
            json.integer("resolved", baseline.resolved.count)
            json.integer("unknown", baseline.unknown.count)
          }
        }
      }
      try json.array("results") { json in
        for finding in report.findings {
          json.startLine()
          json.sarifResult(
            finding, acceptance: report.acceptance(of: finding), index: indexes[finding.ruleID],
            artifact: options.sarifArtifact)
          try writer.write(json.bytes)
          json.bytes.removeAll(keepingCapacity: true)
        }
      }
    }
    try writer.write(json.bytes)
  }

  static func writeUnfinished(to writer: inout some ByteWriter & ~Copyable) throws {
    var json = JSONWriter()
    json.sarifLog { json in
      json.object("tool") { json in json.object("driver") { $0.string("name", "tokenreeve") } }
      json.array("invocations") { json in
        json.object { json in
          json.boolean("executionSuccessful", false)
          json.array("toolExecutionNotifications") { json in
            json.sarifNotification("error", "\(UnfinishedRun.title). \(UnfinishedRun.explanation)")
          }
        }
      }
      json.array("results") { _ in }
    }
    try writer.write(json.bytes)
  }
}
