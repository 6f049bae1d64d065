import Audit
import Policy

/// The impact of a policy counted by rule and by owner.
struct ImpactTotals {
  struct Counts {
    var added = 0
    var gone = 0
    var unknown = 0
    var changed = 0
    var isZero: Bool { added + gone + unknown + changed == 0 }
    /// How much there is to look at.
    var sum: Int { added + gone + unknown + changed }
  }

  struct RuleRow {
    let id: String
    /// Nil where the policy does not select the rule.
    let old: Severity?
    let new: Severity?
    let counts: Counts
  }

  /// What changes for a rule, or what a policy selects and the other doesn't; by the worse severity, then id.
  let rules: [RuleRow]
  /// Owners with something that changes, most first, then by name; what has no owner is one of them.
  let owners: [(name: String, counts: Counts)]

  init(_ impact: PolicyImpact) {
    var byRule: [String: Counts] = [:]
    var byOwner: [String: Counts] = [:]
    func count(_ finding: Finding, _ member: WritableKeyPath<Counts, Int>) {
      byRule[finding.ruleID, default: Counts()][keyPath: member] += 1
      byOwner[finding.resource.owner?.text ?? Self.nobody, default: Counts()][keyPath: member] += 1
    }
    for finding in impact.added { count(finding, \.added) }
    for gone in impact.gone { count(gone.finding, \.gone) }
    for unknown in impact.unknown { count(unknown.finding, \.unknown) }
    for change in impact.severityChanges { count(change.finding, \.changed) }
    let old = Dictionary(impact.old.rules.map { ($0.rule.id, $0.severity) }) { first, _ in first }
    let new = Dictionary(impact.new.rules.map { ($0.rule.id, $0.severity) }) { first, _ in first }
    rules = Set(old.keys).union(new.keys)
      .map { RuleRow(id: $0, old: old[$0], new: new[$0], counts: byRule[$0] ?? Counts()) }
      .filter { !$0.counts.isZero || $0.old != $0.new }
      .sorted { ($1.worst, $0.id) < ($0.worst, $1.id) }
    owners = byOwner.map { (name: $0.key, counts: $0.value) }
      .sorted { ($1.counts.sum, $0.name) < ($0.counts.sum, $1.name) }
  }

  static let nobody = "no owner known"
}

extension ImpactTotals.RuleRow {
  var worst: Severity { max(old ?? .info, new ?? .info) }
}
