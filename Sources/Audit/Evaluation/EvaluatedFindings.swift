import CEL
import Inventory
import Policy
import Synchronization

/// The findings of an evaluation: which rule flagged which resource, and what to say about it when that is asked for.
final class EvaluatedFindings: Sendable {
  private let evaluation: Evaluation
  private let parts: [Part]
  let groups: [FindingList.Group]

  /// One rule's findings on resources of one kind.
  private final class Part: Sendable {
    let rule: Int
    let kind: ResourceKind
    let start: Int
    let flagged: [FlaggedRows]
    /// The flagged resources in the order of reports, once that has been asked for.
    let sorted = Mutex<[Int32]?>(nil)

    init(rule: Int, kind: ResourceKind, start: Int, flagged: [FlaggedRows]) {
      self.rule = rule
      self.kind = kind
      self.start = start
      self.flagged = flagged
    }

    /// The waiver that accepts a flagged resource, by index.
    func waiver(of resource: Int) -> Int? {
      var (low, high) = (0, flagged.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if flagged[middle].range.lowerBound <= resource { low = middle } else { high = middle }
      }
      return flagged[low].waiver(of: resource)
    }
  }

  /// - Parameter flagged: for each rule of the policy.
  init(_ evaluation: Evaluation, _ flagged: [FlaggedOutcomes]) {
    self.evaluation = evaluation
    let rules = evaluation.policy.rules
    let outcomes = flagged.enumerated().flatMap { rule, outcomes in
      outcomes.parts.map { (rule: rule, id: rules[rule].rule.id, part: $0.key, flagged: $0.value) }
    }.sorted { left, right in
      (right.part.severity, left.id, left.part.kind.rawValue) < (left.part.severity, right.id, right.part.kind.rawValue)
    }
    var parts: [Part] = []
    var groups: [FindingList.Group] = []
    var count = 0
    for (rule, id, part, flagged) in outcomes {
      parts.append(Part(rule: rule, kind: part.kind, start: count, flagged: flagged))
      let open = flagged.reduce(0) { $0 + $1.openCount }
      let end = flagged.reduce(count) { $0 + $1.count }
      if let last = groups.last, last.ruleID == id, last.severity == part.severity {
        groups[groups.count - 1] = FindingList.Group(
          ruleID: id, severity: part.severity, range: last.range.lowerBound..<end, open: last.open + open)
      } else {
        groups.append(FindingList.Group(ruleID: id, severity: part.severity, range: count..<end, open: open))
      }
      count = end
    }
    self.parts = parts
    self.groups = groups
  }

  func finding(at position: Int) -> Finding {
    let (part, flagged) = flagged(at: position)
    let kind = part.kind
    let bindings = evaluation.bindings(kind, evaluation.inventory.object(kind, flagged.resource))
    return evaluation.finding(part.rule, kind, flagged, bindings)
  }

  func isOpen(_ position: Int) -> Bool { flagged(at: position).flagged.waiver == nil }

  private func flagged(at position: Int) -> (part: Part, flagged: Flagged) {
    var (low, high) = (0, parts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if parts[middle].start <= position { low = middle } else { high = middle }
    }
    let part = parts[low]
    let resource = part.sorted.withLock { sorted in
      if let sorted { return sorted[position - part.start] }
      let made = evaluation.inventory.sortedByID(part.flagged, part.kind)
      sorted = made
      return made[position - part.start]
    }
    return (part, Flagged(resource: Int(resource), waiver: part.waiver(of: Int(resource))))
  }
}

extension AuditedInventory {
  /// The flagged resources by their ids, byte by byte; those of one id in the order of the snapshot.
  fileprivate func sortedByID(_ flagged: [FlaggedRows], _ kind: ResourceKind) -> [Int32] {
    struct Entry {
      let prefix: UInt64
      let next: UInt64
      let resource: Int32
    }
    var entries: [Entry] = []
    entries.reserveCapacity(flagged.reduce(0) { $0 + $1.count })
    for rows in flagged {
      rows.forEachResource { resource in
        let (prefix, next) = idPrefix(kind, resource)
        entries.append(Entry(prefix: prefix, next: next, resource: Int32(resource)))
      }
    }
    entries.sort { left, right in
      if left.prefix != right.prefix { return left.prefix < right.prefix }
      if left.next != right.next { return left.next < right.next }
      let (leftID, rightID) = (id(kind, Int(left.resource)), id(kind, Int(right.resource)))
      if leftID.utf8.elementsEqual(rightID.utf8) { return left.resource < right.resource }
      return leftID.utf8.lexicographicallyPrecedes(rightID.utf8)
    }
    return entries.map(\.resource)
  }

  /// The first 16 bytes of a resource's id as numbers that are in the order of the ids, as far as these differ there.
  private func idPrefix(_ kind: ResourceKind, _ index: Int) -> (UInt64, UInt64) {
    var numbers: (UInt64, UInt64) = (0, 0)
    var count = 0
    for byte in id(kind, index).utf8.prefix(16) {
      if count < 8 { numbers.0 = numbers.0 << 8 | UInt64(byte) } else { numbers.1 = numbers.1 << 8 | UInt64(byte) }
      count += 1
    }
    if count < 8 { numbers.0 <<= UInt64(8 * (8 - count)) }
    if count < 16 { numbers.1 <<= UInt64(8 * min(8, 16 - count)) }
    return numbers
  }
}
