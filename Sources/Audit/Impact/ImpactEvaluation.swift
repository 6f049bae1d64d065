import CEL
package import Inventory
import Policy

extension PolicyImpact {
  /// Audits the snapshot by both policies and compares what is open.
  package static func impact(
    of new: Auditor, against old: Auditor, on snapshot: Snapshot, _ options: Auditor.Options
  ) async -> PolicyImpact {
    let (before, after) = (await old.audit(snapshot, options), await new.audit(snapshot, options))
    let oldFindings = Dictionary(before.open.map { ($0.fingerprint, $0) }) { first, _ in first }
    let newFindings = Dictionary(after.findings.map { ($0.fingerprint, $0) }) { first, _ in first }
    var outcomes = ResourceOutcomes(new.policy, new.inventory(snapshot, options))
    var gone: [GoneFinding] = []
    var unknown: [UnknownFinding] = []
    for finding in before.open {
      let reason: GoneFinding.Reason
      if let now = newFindings[finding.fingerprint] {
        guard !now.disposition.isOpen else { continue }
        reason = .waived
      } else {
        switch outcomes.outcome(of: finding) {
        case nil: reason = .ruleNotSelected
        case .passed: reason = .passed
        case .notApplicable: reason = .notApplicable
        case .notEvaluable(let text):
          unknown.append(UnknownFinding(finding: finding, reason: text))
          continue
        case .flagged: continue
        }
      }
      gone.append(GoneFinding(finding: finding, reason: reason))
    }
    return PolicyImpact(
      old: before, new: after, added: after.open.filter { oldFindings[$0.fingerprint] == nil }, gone: gone,
      unknown: unknown,
      severityChanges: after.open.compactMap { finding in
        guard let old = oldFindings[finding.fingerprint], old.severity != finding.severity else { return nil }
        return SeverityChange(finding: finding, old: old.severity)
      })
  }
}

extension AuditReport {
  fileprivate var open: [Finding] { findings.filter(\.disposition.isOpen) }
}

/// Asks a policy's rules of single resources.
private struct ResourceOutcomes {
  private let rules: [String: SelectedRule]
  private let inventory: AuditedInventory
  private let now: Value
  private let organization: Value
  /// The places of resources by id, for the kinds that were asked for.
  private var places: [ResourceKind: [String: Int]] = [:]

  init(_ policy: GovernancePolicy, _ inventory: AuditedInventory) {
    rules = Dictionary(policy.rules.map { ($0.rule.id, $0) }) { first, _ in first }
    self.inventory = inventory
    now = conditionTimestamp(inventory.now)
    organization = inventory.object(.organization, 0)
  }

  /// Nil when the policy does not ask the finding's rule of its kind of resource.
  mutating func outcome(of finding: Finding) -> Outcome? {
    let kind = finding.resource.kind
    guard let programs = rules[finding.ruleID]?.programs[kind] else { return nil }
    guard let place = place(of: finding.resource.id, kind) else {
      return .notEvaluable("the resource was not found again")
    }
    return programs.outcome(
      ConditionEnvironment.bindings(
        kind, inventory.object(kind, place), now: now, org: organization, facts: inventory.facts))
  }

  private mutating func place(of id: String, _ kind: ResourceKind) -> Int? {
    if let known = places[kind] { return known[id] }
    let made = Dictionary(inventory.ids(of: kind).enumerated().map { ($1, $0) }) { first, _ in first }
    places[kind] = made
    return made[id]
  }
}
