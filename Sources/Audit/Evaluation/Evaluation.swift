import CEL
import Inventory
import Policy

/// Asks every rule of every resource of its kinds.
struct Evaluation: Sendable {
  let policy: GovernancePolicy
  let inventory: AuditedInventory
  let dispositions: Dispositions

  /// Resources that one job takes at a time: enough to be worth a task, few enough to balance two cores.
  private static let batchSize = 8192

  /// What one job found; batches are in the order of the snapshot.
  struct Batch: Sendable {
    var tallies: [RuleTally]
    var findings: [Finding] = []
    /// How often each waiver matched.
    var waiverUses: [Int]
  }

  func run(_ kinds: [ResourceKind] = ResourceKind.allCases, jobs: Int) async -> [Batch] {
    let work: [(kind: ResourceKind, range: Range<Int>)] = kinds.flatMap { kind in
      guard policy.rules.contains(where: { $0.programs[kind] != nil }) else { return [(ResourceKind, Range<Int>)]() }
      let count = inventory.count(of: kind)
      return stride(from: 0, to: count, by: Self.batchSize).map { (kind, $0..<min($0 + Self.batchSize, count)) }
    }
    return await withTaskGroup(of: (Int, Batch).self) { group in
      var next = 0
      func addTask() {
        guard next < work.count else { return }
        let (index, item) = (next, work[next])
        group.addTask { @concurrent in (index, evaluate(item.kind, item.range)) }
        next += 1
      }
      for _ in 0..<max(1, jobs) { addTask() }
      var batches: [Int: Batch] = [:]
      for await (index, batch) in group {
        batches[index] = batch
        addTask()
      }
      return work.indices.compactMap { batches[$0] }
    }
  }

  private func evaluate(_ kind: ResourceKind, _ range: Range<Int>) -> Batch {
    var batch = emptyBatch
    let rules = policy.rules.indices.compactMap { index in
      policy.rules[index].programs[kind].map { (index: index, selected: policy.rules[index], programs: $0) }
    }
    let now = conditionTimestamp(inventory.now)
    let org = inventory.object(.organization, 0)
    for resource in range {
      let record = inventory.object(kind, resource)
      let bindings = ConditionEnvironment.bindings(kind, record, now: now, org: org)
      for rule in rules {
        switch rule.programs.outcome(bindings) {
        case .passed: batch.tallies[rule.index].passed += 1
        case .notApplicable: batch.tallies[rule.index].notApplicable += 1
        case .notEvaluable(let reason):
          let name = inventory.name(kind, resource)
          let isWaived = dispositions.acceptsNotEvaluable(
            rule.selected.rule.id, reason: reason, name, bindings, &batch.waiverUses)
          batch.tallies[rule.index].noteNotEvaluable(reason, name, isWaived: isWaived)
        case .flagged:
          batch.tallies[rule.index].flagged += 1
          let name = inventory.name(kind, resource)
          batch.findings.append(finding(rule.selected, rule.programs, name, bindings, &batch.waiverUses))
        }
      }
    }
    return batch
  }

  /// The outcomes of rules on owners for the tokens that can't be attributed to one.
  func unattributed() -> Batch {
    var batch = emptyBatch
    let rules = policy.rules.indices.filter { policy.rules[$0].programs[.owner] != nil }
    guard !rules.isEmpty else { return batch }
    let now = conditionTimestamp(inventory.now)
    let org = inventory.object(.organization, 0)
    for token in inventory.unattributedTokens {
      let name = inventory.name(.apiToken, token)
      let bindings = ConditionEnvironment.bindings(
        .apiToken, inventory.object(.apiToken, token), now: now, org: org)
      let reason = inventory.reasonForNoOwner(token)
      for rule in rules {
        let isWaived = dispositions.acceptsNotEvaluable(
          policy.rules[rule].rule.id, reason: reason, name, bindings, &batch.waiverUses)
        batch.tallies[rule].noteNotEvaluable(reason, name, isWaived: isWaived)
      }
    }
    return batch
  }

  private var emptyBatch: Batch {
    Batch(tallies: policy.rules.map { _ in RuleTally() }, waiverUses: dispositions.waivers.map { _ in 0 })
  }

  func finding(
    _ selected: SelectedRule, _ programs: RulePrograms, _ name: ResourceName, _ bindings: [Value],
    _ waiverUses: inout [Int]
  ) -> Finding {
    let (index, programs) = programs.inForce(bindings)
    let override = index.map { selected.overrides[$0] }
    return Finding(
      ruleID: selected.rule.id, severity: override?.settings.severity.value ?? selected.severity, resource: name,
      disposition: dispositions.disposition(of: selected.rule.id, name, bindings, &waiverUses),
      fingerprint: Fingerprint.make(
        organization: inventory.snapshot.header.organizationID, rule: selected.rule.id, kind: name.kind, id: name.id),
      message: programs.message.text(bindings),
      evidence: programs.evidence(bindings).map { Finding.Evidence(field: $0.field, value: $0.value) },
      override: override)
  }
}
