package import Inventory

/// A risk, or a gap in what can be seen, that somebody has accepted on record until a date.
package struct Waiver: Sendable {
  /// What is accepted.
  package enum Subject: Sendable {
    /// Findings of these rules, on resources that match.
    case findings(rules: [String])
    /// Resources that match on which these rules were not evaluable.
    case notEvaluable(rules: [String])
    /// A list that could not be collected, or not completely.
    case list(CollectedList)
    /// Scopes that the API does not report, wherever a rule needs them.
    case scopes

    /// The rules whose findings or outcomes are accepted; empty for what any rule may need.
    package var rules: [String] {
      switch self {
      case .findings(let rules), .notEvaluable(let rules): rules
      case .list, .scopes: []
      }
    }

    /// The gap as a waiver file spells it; nil for findings.
    package var gap: String? {
      switch self {
      case .findings: nil
      case .notEvaluable: "not-evaluable"
      case .list(let list): list.rawValue
      case .scopes: "scopes"
      }
    }
  }

  package enum Match: Sendable {
    case ids([String])
    /// CEL over the resource, by kind.
    case condition([ResourceKind: CompiledMatch], source: String)
  }

  /// The waiver's name in reports: its own `id`, or the file's name and its number in it.
  package let id: String
  package let subject: Subject
  /// Nil for a list, and for scopes.
  package let match: Match?
  package let reason: String
  package let owner: String
  package let expires: Instant
  package let ticket: String?
  /// Whether the file says the id.
  package var hasOwnID = true

  /// The waiver's identity across runs: the id that its file says; without one a digest of everything that it says,
  /// since its number in the file changes when others come and go.
  package var resourceID: String {
    if hasOwnID { return id }
    var writer = JSONWriter()
    writer.object { writer in
      writer.strings("rules", subject.rules)
      writer.string("gap", subject.gap)
      switch match {
      case .ids(let ids): writer.strings("ids", ids)
      case .condition(_, let source): writer.string("match", source)
      case nil: break
      }
      writer.string("reason", reason)
      writer.string("owner", owner)
      writer.string("expires", expires.text)
      writer.string("ticket", ticket)
    }
    return "sha256-" + hexadecimalDigest(of: writer.bytes).prefix(32)
  }

  package func isExpired(at instant: Instant) -> Bool { instant >= expires }
}
