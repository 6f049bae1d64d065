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

/// The flagged outcomes of one rule, by kind of resource, each in the order of the snapshot.
struct FlaggedOutcomes: Sendable {
  private(set) var byKind: [ResourceKind: [Flagged]] = [:]

  mutating func append(_ flagged: Flagged, _ kind: ResourceKind) { byKind[kind, default: []].append(flagged) }

  /// Appends what a later batch flagged.
  mutating func append(_ later: FlaggedOutcomes) {
    for (kind, flagged) in later.byKind { byKind[kind, default: []].append(contentsOf: flagged) }
  }
}
