import Audit
import Inventory
import Policy

/// The words that all reports for people share.

extension Verdict.State {
  var title: String { rawValue.uppercased() }
}

extension AuditReport {
  /// One sentence: why the verdict is what it is. That of a pass claims no more than was seen.
  var summary: String {
    guard verdict.state == .pass else { return verdict.reasons.first ?? "no reason is known" }
    let found =
      findings.isEmpty
      ? "nothing that the policy forbids was found"
      : "no open finding is at or above \(run.failOn.rawValue)"
        + acceptedText
    let gaps = gaps
    let seen =
      if gaps.isEmpty {
        "everything that \(findings.isEmpty ? "it" : "the policy") asks about was seen"
      } else if gaps.contains(where: \.isAccepted) {
        "what was not seen is accepted by a waiver"
      } else {
        "everything that this needs was seen"
      }
    return "\(found), and \(seen)"
  }
}

extension Instant {
  /// `2026-03-01 14:05:00 UTC`.
  var readable: String { "\(dateText) \(clockText) UTC" }
}

extension ResourceKind {
  /// The kind in a sentence about several: `API tokens`.
  var plural: String {
    switch self {
    case .apiToken: "API tokens"
    case .apiKey: "API keys"
    case .policy: "policies"
    case .owner: "owners"
    case .organization: "organizations"
    case .waiver: "waivers"
    case .coverage: "lists"
    }
  }
}

extension Waiver {
  /// What it accepts, in a clause.
  var subjectText: String {
    switch subject {
    case .findings(let rules): "findings of \(rules.joined(separator: ", "))"
    case .notEvaluable(let rules): "what \(rules.joined(separator: ", ")) could not be evaluated on"
    case .list(let list): "that the list of \(list.title) is not complete"
    case .scopes: "that the API does not report some scopes"
    }
  }

  /// Reason, owner and expiry, in a clause with hostile characters made visible.
  var acceptance: String {
    let ticket = ticket.map { ", \(visible($0))" } ?? ""
    return "\(visible(reason)) (waiver \(visible(id)), \(visible(owner)), until \(expires.dateText)\(ticket))"
  }
}

extension RuleOverride {
  /// The severity and the parameters, and by what, in a clause with hostile characters made visible:
  /// `high, maxLifetime 30d, by policy.yaml:5`.
  var inForce: String {
    let parameters = settings.parameters.map { "\($0.name) \(visible($0.value.text))" }
    let parts = [settings.severity.value.rawValue] + parameters + ["by \(visible(origin.text))"]
    return parts.joined(separator: ", ")
  }
}

extension Run {
  /// What a reader has to know about the audit instant; nil when it is that of the collection.
  var instantNote: String? {
    instantWasGiven ? "the instant that was asked for, also for the expiry of waivers" : nil
  }
}

func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
  "\(count) \(count == 1 ? singular : plural ?? singular + "s")"
}

/// A number with commas between thousands: `1,234,567`.
func grouped(_ number: Int) -> String {
  var text = ""
  for (index, digit) in String(number.magnitude).reversed().enumerated() {
    if index > 0, index % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return (number < 0 ? "-" : "") + String(text.reversed())
}
