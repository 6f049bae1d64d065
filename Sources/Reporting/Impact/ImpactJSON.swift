package import Audit
import Inventory
import Policy

/// What a policy would change, as JSON: `tokenreeve policy impact --format json`.
package struct ImpactJSON {
  private let impact: PolicyImpact

  package init(_ impact: PolicyImpact) { self.impact = impact }

  package var text: String {
    var json = JSONWriter()
    json.object { json in
      json.integer("schemaVersion", 1)
      json.object("run") { json in
        let run = impact.new.run
        json.string("organizationId", run.organizationID)
        json.string("collectedAt", run.collectedAt.text)
        json.string("auditedAt", run.auditedAt.text)
        json.string("failOn", run.failOn.rawValue)
      }
      json.policy("old", impact.old)
      json.policy("new", impact.new)
      json.findings("added", impact.added) { finding, json in json.finding(finding) }
      json.findings("gone", impact.gone) { gone, json in
        json.string("reason", gone.reason.rawValue)
        json.finding(gone.finding)
      }
      json.findings("unknown", impact.unknown) { unknown, json in
        json.string("reason", unknown.reason)
        json.finding(unknown.finding)
      }
      json.findings("severityChanges", impact.severityChanges) { change, json in
        json.string("oldSeverity", change.old.rawValue)
        json.finding(change.finding)
      }
    }
    json.newline()
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

extension JSONWriter {
  fileprivate mutating func policy(_ name: String, _ report: AuditReport) {
    object(name) { json in
      json.string("policy", report.run.policyID)
      json.string("digest", report.run.policyDigest)
      json.string("verdict", report.verdict.state.rawValue)
      json.strings("reasons", report.verdict.reasons)
    }
  }

  fileprivate mutating func findings<Element>(
    _ name: String, _ elements: [Element], _ body: (Element, inout JSONWriter) -> Void
  ) {
    startLine()
    array(name) { json in
      for element in elements {
        json.startLine()
        json.object { body(element, &$0) }
      }
    }
  }
}
