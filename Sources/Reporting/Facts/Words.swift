import Audit
import Inventory
import Policy

/// The words that all reports for people share.

extension Verdict.State {
  var title: String { rawValue.uppercased() }
}

extension Verdict {
  /// One sentence: why the verdict is what it is.
  var summary: String {
    switch state {
    case .pass: "nothing that the policy forbids was found, and everything that it asks about was seen"
    case .fail, .inconclusive: reasons.first ?? "no reason is known"
    }
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
    }
  }

  /// Reason, owner and expiry, in a clause with hostile characters made visible.
  var acceptance: String {
    let ticket = ticket.map { ", \(visible($0))" } ?? ""
    return "\(visible(reason)) (waiver \(visible(id)), \(visible(owner)), until \(expires.dateText)\(ticket))"
  }
}

extension Run {
  /// What a reader has to know about the waivers' dates; nil when they were judged as of the collection.
  var instantNote: String? {
    instantWasGiven ? "waivers were judged as of \(auditedAt.readable), the instant that was asked for" : nil
  }
}

func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
  "\(count) \(count == 1 ? singular : plural ?? singular + "s")"
}
