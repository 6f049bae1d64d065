import CEL
import Inventory
import Policy

/// A flagged outcome: which resource, and what accepts it.
struct Flagged: Sendable {
  /// The resource's index among those of its kind.
  let resource: Int
  /// The waiver that accepts it, by index.
  let waiver: Int?
}

/// Which of consecutive resources of one kind a rule flagged, a bit for each, as an evaluation notes it.
struct FlaggedRows: Sendable {
  /// The resources, by their indices among those of their kind.
  let range: Range<Int>
  private var rows: Bitmap
  /// Those of them that a waiver accepts, by the waiver's index.
  private var accepted: [Int: Bitmap] = [:]

  init(_ range: Range<Int>) {
    self.range = range
    rows = Bitmap(repeating: false, count: range.count)
  }

  /// - Parameter rows: the flagged ones, none of which a waiver accepts.
  init(_ range: Range<Int>, rows: Bitmap) {
    self.range = range
    self.rows = rows
  }

  var count: Int { rows.setCount }
  var openCount: Int { accepted.values.reduce(count) { $0 - $1.setCount } }

  mutating func insert(_ flagged: Flagged) {
    let row = flagged.resource - range.lowerBound
    rows[row] = true
    if let waiver = flagged.waiver {
      accepted[waiver, default: Bitmap(repeating: false, count: range.count)][row] = true
    }
  }

  mutating func formUnion(_ other: FlaggedRows) {
    rows.formUnion(other.rows)
    for (waiver, rows) in other.accepted {
      accepted[waiver, default: Bitmap(repeating: false, count: range.count)].formUnion(rows)
    }
  }

  /// Calls `body` with the index of each flagged resource, in their order.
  func forEachResource(_ body: (Int) -> Void) { rows.forEachSet { body(range.lowerBound + $0) } }

  /// The waiver that accepts the resource of this index, if one does.
  func waiver(of resource: Int) -> Int? { accepted.first { $0.value[resource - range.lowerBound] }?.key }
}

/// The flagged outcomes of one rule, by severity and kind of resource, each in the order of the snapshot.
struct FlaggedOutcomes: Sendable {
  /// What stands together in reports.
  struct Part: Hashable, Sendable {
    let severity: Severity
    let kind: ResourceKind
  }

  private(set) var parts: [Part: [FlaggedRows]] = [:]

  /// Adds what was flagged among the resources of the batch that comes last.
  mutating func append(_ flagged: FlaggedRows, _ severity: Severity, _ kind: ResourceKind) {
    let part = Part(severity: severity, kind: kind)
    if let last = parts[part]?.indices.last, parts[part]?[last].range == flagged.range {
      parts[part]?[last].formUnion(flagged)
    } else {
      parts[part, default: []].append(flagged)
    }
  }

  /// Appends what a later batch flagged.
  mutating func append(_ later: FlaggedOutcomes) {
    for (part, flagged) in later.parts { parts[part, default: []].append(contentsOf: flagged) }
  }
}
