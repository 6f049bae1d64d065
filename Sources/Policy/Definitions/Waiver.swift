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
  }

  package enum Match: Sendable {
    case ids([String])
    /// CEL over the resource, by kind.
    case condition([ResourceKind: CompiledMatch], source: String)
  }

  /// The waiver's name in reports: its own `id`, or the file's name and its number in it.
  package let id: String
  package let subject: Subject
  /// Nil for a list.
  package let match: Match?
  package let reason: String
  package let owner: String
  package let expires: Instant
  package let ticket: String?

  package func isExpired(at instant: Instant) -> Bool { instant >= expires }
}
