/// How much of a list was seen. What was not seen never counts as passed.
package struct Coverage: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    /// Every record was seen. `verified` says that the API's own counts agree; a count that was refused leaves a list
    /// complete but unverified.
    case complete(verified: Bool)
    /// Some records were seen; the text says why not all.
    case partial(String)
    /// Nothing of the list was seen; the text says why.
    case unavailable(String)
  }

  package var state: State
  /// Records that were kept.
  package var records: Int
  /// What the API's count said before and after the list was read; nil when it was not asked or gave no answer.
  package var countBefore: Int?
  package var countAfter: Int?
  /// Records that came more than once and were kept once.
  package var duplicates: Int
  /// What a reader should know although it changes nothing: drift, a count that was refused, a foreign link.
  package var notes: [String]
  /// What to do about a list that is not complete, such as the scope to grant.
  package var advice: String?

  package init(
    state: State, records: Int = 0, countBefore: Int? = nil, countAfter: Int? = nil, duplicates: Int = 0,
    notes: [String] = [], advice: String? = nil
  ) {
    self.state = state
    self.records = records
    self.countBefore = countBefore
    self.countAfter = countAfter
    self.duplicates = duplicates
    self.notes = notes
    self.advice = advice
  }

  package var isComplete: Bool { if case .complete = state { true } else { false } }

  /// Why the list is not complete; nil when it is.
  package var reason: String? {
    switch state {
    case .complete: nil
    case .partial(let reason), .unavailable(let reason): reason
    }
  }

  /// One word, or two: `complete`, `complete, unverified`, `partial`, `unavailable`.
  package var stateText: String {
    switch state {
    case .complete(verified: true): "complete"
    case .complete(verified: false): "complete, unverified"
    case .partial: "partial"
    case .unavailable: "unavailable"
    }
  }
}
