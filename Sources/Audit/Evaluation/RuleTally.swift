import Inventory
import Policy

/// Counts the outcomes of one rule.
struct RuleTally: Sendable {
  var passed = 0
  var flagged = 0
  var notApplicable = 0
  private var notEvaluable: [String: Reason] = [:]

  private static let exampleLimit = 5

  private struct Reason: Sendable {
    var count = 0
    var waived = 0
    var examples: [Example] = []

    mutating func add(_ example: Example, isWaived: Bool) {
      count += 1
      if isWaived { waived += 1 }
      if examples.count < RuleTally.exampleLimit { examples.append(example) }
    }
  }

  /// A resource, whose name is made for those that are shown.
  private struct Example: Sendable {
    let kind: ResourceKind
    let index: Int
  }

  mutating func noteNotEvaluable(_ reason: String, _ kind: ResourceKind, _ index: Int, isWaived: Bool) {
    notEvaluable[reason, default: Reason()].add(Example(kind: kind, index: index), isWaived: isWaived)
  }

  /// Adds what a later batch found.
  mutating func add(_ other: RuleTally) {
    passed += other.passed
    flagged += other.flagged
    notApplicable += other.notApplicable
    for (reason, added) in other.notEvaluable {
      var entry = notEvaluable[reason] ?? Reason()
      entry.count += added.count
      entry.waived += added.waived
      entry.examples += added.examples.prefix(Self.exampleLimit - entry.examples.count)
      notEvaluable[reason] = entry
    }
  }

  func result(for selected: SelectedRule, gates: Bool, _ inventory: AuditedInventory) -> RuleResult {
    let lists = Set(selected.rule.resources.compactMap(\.list)).filter { inventory.gap(in: $0) != nil }
    return RuleResult(
      selected: selected, gates: gates, passed: passed, flagged: flagged, notApplicable: notApplicable,
      notEvaluable: notEvaluable.map {
        NotEvaluable(
          reason: $0.key, count: $0.value.count, waived: $0.value.waived,
          examples: $0.value.examples.map { inventory.name($0.kind, $0.index) })
      }.sorted { ($1.count, $0.reason) < ($0.count, $1.reason) },
      missingLists: lists.sorted())
  }
}
