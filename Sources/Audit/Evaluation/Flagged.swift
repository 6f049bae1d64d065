import Inventory
import Policy

/// A flagged outcome as an evaluation notes it: which resource, and what accepts it.
struct Flagged: Sendable {
  /// The resource's index among those of its kind.
  let resource: Int32
  /// The waiver that accepts it, by index; negative: none.
  let waiver: Int32

  var isOpen: Bool { waiver < 0 }
}

/// The flagged outcomes of one rule, by severity and kind of resource, each in the order of the snapshot.
struct FlaggedOutcomes: Sendable {
  /// What stands together in reports.
  struct Part: Hashable, Sendable {
    let severity: Severity
    let kind: ResourceKind
  }

  private(set) var parts: [Part: [Flagged]] = [:]

  mutating func append(_ flagged: Flagged, _ severity: Severity, _ kind: ResourceKind) {
    parts[Part(severity: severity, kind: kind), default: []].append(flagged)
  }

  mutating func append(_ flagged: [Flagged], _ severity: Severity, _ kind: ResourceKind) {
    parts[Part(severity: severity, kind: kind), default: []].append(contentsOf: flagged)
  }

  /// Appends what a later batch flagged.
  mutating func append(_ later: FlaggedOutcomes) {
    for (part, flagged) in later.parts { parts[part, default: []].append(contentsOf: flagged) }
  }
}
