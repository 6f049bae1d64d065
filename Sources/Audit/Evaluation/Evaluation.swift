import CEL
import Inventory
import Policy
import Synchronization

/// Asks every rule of every resource of its kinds.
struct Evaluation: Sendable {
  let policy: GovernancePolicy
  let inventory: AuditedInventory
  let dispositions: Dispositions

  /// Resources that one job takes at a time: enough to be worth it, few enough to balance two cores.
  private static let batchSize = 1024

  /// What one job found in consecutive resources; batches are in the order of the snapshot.
  struct Batch: Sendable {
    var tallies: [RuleTally]
    var flagged: [FlaggedOutcomes]
    /// How often each waiver matched.
    var waiverUses: [Int]
  }

  /// Resources of one kind that are judged together.
  private enum Work: Sendable {
    /// A segment of the tokens.
    case tokens(Int)
    case resources(ResourceKind, Range<Int>)
  }

  func run(_ kinds: [ResourceKind] = ResourceKind.allCases, jobs: Int) async -> [Batch] {
    let queue = WorkQueue(work(on: kinds))
    let tokenEvaluation = TokenEvaluation(self)
    return await withTaskGroup(of: [(Int, Batch)].self) { group in
      for _ in 0..<max(1, jobs) {
        group.addTask { @concurrent in
          // What it remembers is each job's own.
          var tokens = tokenEvaluation
          var batches: [(Int, Batch)] = []
          while let (index, work) = queue.next() {
            switch work {
            case .tokens(let segment): batches.append((index, tokens.evaluate(segment)))
            case .resources(let kind, let range): batches.append((index, evaluate(kind, range)))
            }
          }
          return batches
        }
      }
      var batches: [Int: Batch] = [:]
      for await some in group { for (index, batch) in some { batches[index] = batch } }
      return queue.indices.compactMap { batches[$0] }
    }
  }

  private func work(on kinds: [ResourceKind]) -> [Work] {
    kinds.flatMap { kind -> [Work] in
      guard policy.rules.contains(where: { $0.programs[kind] != nil }) else { return [] }
      if kind == .apiToken { return inventory.snapshot.tokens.segments.indices.map { .tokens($0) } }
      let count = inventory.count(of: kind)
      return stride(from: 0, to: count, by: Self.batchSize).map {
        .resources(kind, $0..<min($0 + Self.batchSize, count))
      }
    }
  }

  private func evaluate(_ kind: ResourceKind, _ range: Range<Int>) -> Batch {
    var batch = emptyBatch
    let rules = askedRules(of: kind)
    let now = conditionTimestamp(inventory.now)
    let org = inventory.object(.organization, 0)
    for resource in range {
      let record = inventory.object(kind, resource)
      let bindings = ConditionEnvironment.bindings(kind, record, now: now, org: org, facts: inventory.facts)
      for rule in rules { note(rule, kind, resource, bindings, in: &batch) }
    }
    return batch
  }

  /// A rule that is asked of resources of one kind. A class, so that asking it copies nothing.
  final class AskedRule: Sendable {
    let index: Int
    let programs: RulePrograms

    init(index: Int, programs: RulePrograms) {
      self.index = index
      self.programs = programs
    }
  }

  func askedRules(of kind: ResourceKind) -> [AskedRule] {
    policy.rules.enumerated().compactMap { index, selected in
      selected.programs[kind].map { AskedRule(index: index, programs: $0) }
    }
  }

  /// Asks one rule of one resource, and notes the outcome.
  func note(_ asked: AskedRule, _ kind: ResourceKind, _ resource: Int, _ bindings: [Value], in batch: inout Batch) {
    let rule = asked.index
    switch asked.programs.outcome(bindings) {
    case .passed: batch.tallies[rule].passed += 1
    case .notApplicable: batch.tallies[rule].notApplicable += 1
    case .notEvaluable(let reason):
      let isWaived = dispositions.acceptsNotEvaluable(
        policy.rules[rule].rule.id, reason: reason, inventory.id(kind, resource), kind, bindings, &batch.waiverUses)
      batch.tallies[rule].noteNotEvaluable(reason, inventory.name(kind, resource), isWaived: isWaived)
    case .flagged: noteFlagged(rule, kind, resource, bindings, in: &batch)
    }
  }

  func noteFlagged(
    _ rule: Int, _ kind: ResourceKind, _ resource: Int, _ bindings: @autoclosure () -> [Value], in batch: inout Batch
  ) {
    batch.tallies[rule].flagged += 1
    batch.flagged[rule].append(
      flagged(rule, kind, resource, bindings(), &batch.waiverUses), severity(rule, kind, bindings()), kind)
  }

  /// A flagged outcome, with the waiver that accepts it.
  func flagged(
    _ rule: Int, _ kind: ResourceKind, _ resource: Int, _ bindings: @autoclosure () -> [Value],
    _ waiverUses: inout [Int]
  ) -> Flagged {
    let id = policy.rules[rule].rule.id
    let waiver =
      dispositions.hasWaivers(forFindingsOf: id, kind)
      ? dispositions.waiver(forFindingsOf: id, inventory.id(kind, resource), kind, bindings(), &waiverUses) : nil
    return Flagged(resource: Int32(resource), waiver: waiver.map(Int32.init) ?? -1)
  }

  /// The severity that is in force for a resource that the rule flags.
  private func severity(_ rule: Int, _ kind: ResourceKind, _ bindings: @autoclosure () -> [Value]) -> Severity {
    let selected = policy.rules[rule]
    guard let programs = selected.programs[kind], programs.hasVariants,
      let override = programs.inForce(bindings()).override
    else { return selected.severity }
    return selected.overrides[override].settings.severity.value
  }

  /// The outcomes of rules on owners for the tokens that can't be attributed to one.
  func unattributed() -> Batch {
    var batch = emptyBatch
    let rules = policy.rules.indices.filter { policy.rules[$0].programs[.owner] != nil }
    guard !rules.isEmpty else { return batch }
    let now = conditionTimestamp(inventory.now)
    let org = inventory.object(.organization, 0)
    for token in inventory.unattributedTokens {
      let bindings = ConditionEnvironment.bindings(
        .apiToken, inventory.object(.apiToken, token), now: now, org: org, facts: inventory.facts)
      let reason = inventory.reasonForNoOwner(token)
      for rule in rules {
        let isWaived = dispositions.acceptsNotEvaluable(
          policy.rules[rule].rule.id, reason: reason, inventory.id(.apiToken, token), .apiToken, bindings,
          &batch.waiverUses)
        batch.tallies[rule].noteNotEvaluable(reason, inventory.name(.apiToken, token), isWaived: isWaived)
      }
    }
    return batch
  }

  var emptyBatch: Batch {
    Batch(
      tallies: policy.rules.map { _ in RuleTally() }, flagged: policy.rules.map { _ in FlaggedOutcomes() },
      waiverUses: dispositions.waivers.map { _ in 0 })
  }

  /// What a flagged outcome says.
  func finding(_ rule: Int, _ kind: ResourceKind, _ flagged: Flagged, _ bindings: [Value]) -> Finding {
    let selected = policy.rules[rule]
    let inForce = selected.programs[kind]?.inForce(bindings)
    let override = (inForce?.override).map { selected.overrides[$0] }
    let name = inventory.name(kind, Int(flagged.resource))
    return Finding(
      ruleID: selected.rule.id, severity: override?.settings.severity.value ?? selected.severity, resource: name,
      disposition: flagged.isOpen ? .open : .waived(dispositions.waivers[Int(flagged.waiver)]),
      fingerprint: Fingerprint.make(
        organization: inventory.snapshot.header.organizationID, rule: selected.rule.id, kind: name.kind, id: name.id),
      message: inForce?.programs.message.text(bindings) ?? selected.rule.title,
      measure: inForce?.programs.measure(bindings),
      evidence: inForce?.programs.evidence(bindings).map { Finding.Evidence(field: $0.field, value: $0.value) } ?? [],
      override: override)
  }
}

/// What is to be judged, taken piece by piece by several jobs.
private final class WorkQueue<Work: Sendable>: Sendable {
  private let work: [Work]
  private let taken = Atomic(0)

  init(_ work: [Work]) { self.work = work }

  var indices: Range<Int> { work.indices }

  func next() -> (index: Int, work: Work)? {
    let index = taken.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < work.count ? (index, work[index]) : nil
  }
}
