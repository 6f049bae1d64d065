package import Inventory
import Policy

/// What a later snapshot of an organization holds otherwise than an earlier one.
package struct SnapshotDifference: Sendable {
  package let old: SnapshotHeader
  package let new: SnapshotHeader
  /// What a reader has to know before the rest.
  package let notes: [String]
  /// Tokens, keys and policies.
  package let lists: [ListDifference]

  /// Whether both snapshots have all of every list that is compared.
  package var isComplete: Bool {
    lists.allSatisfy { $0.oldCoverage.isComplete && $0.newCoverage.isComplete }
  }

  /// Compares two snapshots of one organization.
  package init(_ old: Snapshot, _ new: Snapshot) {
    self.old = old.header
    self.new = new.header
    var notes: [String] = []
    if old.header.collectedAt > new.header.collectedAt {
      notes.append(
        "the first snapshot is the later one: \(old.header.collectedAt.text), the second \(new.header.collectedAt.text)"
      )
    }
    if old.header.apiBase != new.header.apiBase {
      notes.append(
        "the hosts differ: \(old.header.apiBase ?? "Atlassian"), then \(new.header.apiBase ?? "Atlassian")")
    }
    for list in CollectedList.optional where old.coverage[list] != nil || new.coverage[list] != nil {
      let counts = [old, new].map { $0.coverage[list].map { "\($0.records)" } ?? "not asked for" }
      notes.append("the records of the list of \(list.title) are not compared: \(counts[0]), then \(counts[1])")
    }
    self.notes = notes
    let before = AuditedInventory(old, at: old.header.collectedAt)
    let now = AuditedInventory(new, at: new.header.collectedAt)
    lists = [
      ListDifference(.apiTokens, .apiToken, before, now) {
        RecordChanges.between(old.tokens[$0], new.tokens[$1])
      },
      ListDifference(.apiKeys, .apiKey, before, now) { RecordChanges.between(old.keys[$0], new.keys[$1]) },
      ListDifference(.policies, .policy, before, now) { RecordChanges.between(old.policies[$0], new.policies[$1]) },
    ]
  }
}

/// What became of the records of one list, matched by their ids.
package struct ListDifference: Sendable {
  package let list: CollectedList
  package let oldCoverage: Coverage
  package let newCoverage: Coverage
  /// Records that only the later snapshot has, and only the earlier one.
  private let onlyNew: [ResourceName]
  private let onlyOld: [ResourceName]
  package let changed: [ChangedRecord]
  package let unchanged: Int
  /// How many records could be read in neither snapshot, by field: whether these changed is not known.
  package let unreadable: [String: Int]
  /// Records whose id another one of their list has, which are not compared.
  package let duplicates: Int

  /// Records that were not there. None where the earlier list is not complete.
  package var appeared: [ResourceName] { oldCoverage.isComplete ? onlyNew : [] }
  /// Records that are not there any more. None where the later list is not complete.
  package var vanished: [ResourceName] { newCoverage.isComplete ? onlyOld : [] }
  /// Records that only the later snapshot has, where the earlier one does not have all.
  package var perhapsAppeared: [ResourceName] { oldCoverage.isComplete ? [] : onlyNew }
  /// Records that only the earlier snapshot has, where the later one does not have all.
  package var perhapsVanished: [ResourceName] { newCoverage.isComplete ? [] : onlyOld }

  package struct ChangedRecord: Sendable {
    /// As it is called in the later snapshot.
    package let resource: ResourceName
    package let changes: [RecordChange]
  }

  init(
    _ list: CollectedList, _ kind: ResourceKind, _ old: AuditedInventory, _ new: AuditedInventory,
    _ changes: (Int, Int) -> RecordChanges
  ) {
    self.list = list
    oldCoverage = old.snapshot.coverage(of: list)
    newCoverage = new.snapshot.coverage(of: list)
    var duplicates = 0
    var rest: [String: Int32] = [:]
    rest.reserveCapacity(old.count(of: kind))
    for index in 0..<old.count(of: kind) {
      let id = old.id(kind, index)
      if rest[id] == nil { rest[id] = Int32(index) } else { duplicates += 1 }
    }
    var onlyNew: [ResourceName] = []
    var changed: [ChangedRecord] = []
    var unchanged = 0
    var unreadable: [String: Int] = [:]
    var seen: Set<Int32> = []
    for index in 0..<new.count(of: kind) {
      guard let match = rest[new.id(kind, index)] else {
        onlyNew.append(new.name(kind, index))
        continue
      }
      guard seen.insert(match).inserted else {
        duplicates += 1
        continue
      }
      let found = changes(Int(match), index)
      for field in found.unreadable { unreadable[field, default: 0] += 1 }
      if found.changes.isEmpty {
        unchanged += 1
      } else {
        changed.append(ChangedRecord(resource: new.name(kind, index), changes: found.changes))
      }
    }
    onlyOld = rest.values.filter { !seen.contains($0) }.sorted().map { old.name(kind, Int($0)) }
    self.onlyNew = onlyNew
    self.changed = changed
    self.unchanged = unchanged
    self.unreadable = unreadable
    self.duplicates = duplicates
  }
}
