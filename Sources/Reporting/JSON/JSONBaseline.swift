import Audit
import Inventory
import Policy

/// The members of the JSON report that speak of the baseline.
extension JSONWriter {
  /// How a finding compares; null without a baseline.
  mutating func baselineComparison(_ finding: Finding) {
    guard let comparison = finding.baseline else { return string("baseline", nil) }
    object("baseline") { json in
      json.string("state", comparison.state.rawValue)
      json.string("reason", comparison.reason)
      json.string("since", finding.disposition.baselinedSince?.text)
    }
  }

  /// What the findings were compared with; null when there was no baseline.
  mutating func baseline(_ result: BaselineResult?) {
    guard let result else { return string("baseline", nil) }
    object("baseline") { json in
      json.string("auditedAt", result.run.auditedAt.text)
      json.string("collectedAt", result.run.collectedAt.text)
      json.object("policy") { json in
        json.string("id", result.run.policyID)
        json.string("digest", result.run.policyDigest)
      }
      json.string("verdict", result.verdict.rawValue)
      json.strings("notes", result.notes)
      json.lines("resolved", result.resolved) { $1.recordedFinding($0) }
      json.lines("unknown", result.unknown) { unseen, json in
        json.recordedFinding(unseen.finding)
        json.string("reason", unseen.reason)
      }
    }
  }

  mutating func recordedFinding(_ finding: RecordedFinding) {
    string("ruleId", finding.ruleID)
    string("severity", finding.severity.rawValue)
    resource("resource", finding.resource)
    string("fingerprint", finding.fingerprint)
    string("message", finding.message)
  }

  /// An array of objects, each on a line of its own.
  mutating func lines<Element>(
    _ name: String, _ elements: some Sequence<Element>, _ body: (Element, inout JSONWriter) -> Void
  ) {
    startLine()
    array(name) { json in
      for element in elements {
        json.startLine()
        json.object { body(element, &$0) }
      }
    }
    startLine()
  }
}

extension Disposition {
  /// Since when the finding is baselined; nil when it is not.
  var baselinedSince: Instant? { if case .baselined(let since) = self { since } else { nil } }
}
