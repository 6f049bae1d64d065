import CEL
import Inventory
import Policy
import Synchronization

/// Asks every rule of every resource of its kinds. A class, so that handing it on copies nothing.
final class Evaluation: Sendable {
  let policy: GovernancePolicy
  let inventory: AuditedInventory
  let dispositions: Dispositions
  private let now: Value
  private let org: Value

  init(policy: GovernancePolicy, inventory: AuditedInventory, dispositions: Dispositions) {
    self.policy = policy
    self.inventory = inventory
    self.dispositions = dispositions
    now = conditionTimestamp(inventory.now)
    org = inventory.object(.organization, 0)
  }

  /// Resources that one job takes at a time: enough to be worth it, few enough to balance two cores.
  private static let batchSize = 2048

  /// What one job found in consecutive resources; batches are in the order of the snapshot.
  struct Batch: Sendable {
    /// The resources, by their indices among those of their kind.
    let range: Range<Int>
    var tallies: [RuleTally]
    var flagged: [FlaggedOutcomes]
    /// How often each waiver matched.
    var waiverUses: [Int]
    /// In a batch of tokens, what each of the conditions on their elements is of them.
    var elementTruths: [Truths] = []
  }

  /// Resources of one kind that are judged together.
  private enum Work: Sendable {
    /// A segment of the tokens.
    case tokens(Int)
    case owners(Range<Int>)
    case resources(ResourceKind, Range<Int>)
  }

  /// Tokens come first: what other rules ask of them is answered on the way.
  func run(_ kinds: [ResourceKind] = ResourceKind.allCases, jobs: Int) async -> [Batch] {
    let others = kinds.filter { $0 != .apiToken }
    guard kinds.contains(.apiToken) else { return await run(work(on: others), jobs: jobs) }
    let conditions = elementConditions(of: others)
    let tokens = inventory.snapshot.tokens.segments.indices.map { Work.tokens($0) }
    var batches = await run(
      conditions.isEmpty && askedRules(of: .apiToken).isEmpty ? [] : tokens, conditions, jobs: jobs)
    for (place, asked) in conditions.enumerated() {
      inventory.tokenTruths.note(batches.map { $0.elementTruths[place] }, of: asked.condition)
    }
    // They are noted, and would be kept to the end of the audit.
    for place in batches.indices { batches[place].elementTruths = [] }
    return batches + (await run(work(on: others), jobs: jobs))
  }

  private func run(
    _ work: [Work], _ conditions: [ElementEvaluation.Asked] = [], jobs: Int
  ) async -> [Batch] {
    let queue = WorkQueue(work)
    let tokenEvaluation = ColumnEvaluation(self, .apiToken)
    let ownerEvaluation = ColumnEvaluation(self, .owner)
    return await withTaskGroup(of: [(Int, Batch)].self) { group in
      for _ in 0..<max(1, min(jobs, work.count)) {
        group.addTask { @concurrent [self] in
          // What they remember is each job's own.
          var (tokens, owners) = (tokenEvaluation, ownerEvaluation)
          var elements = ElementEvaluation(conditions, self)
          var batches: [(Int, Batch)] = []
          while let (index, work) = queue.next() {
            var batch = emptyBatch(range(of: work))
            switch work {
            case .tokens(let segment):
              let columns = TokenColumns(inventory.snapshot.tokens, segment: segment, now: inventory.now)
              tokens.evaluate(columns, in: &batch)
              batch.elementTruths = elements.evaluate(columns)
            case .owners(let range):
              owners.evaluate(OwnerColumns(inventory, range, bindings(.owner, .null)), in: &batch)
            case .resources(let kind, _): evaluate(kind, in: &batch)
            }
            batches.append((index, batch))
          }
          return batches
        }
      }
      var batches: [Int: Batch] = [:]
      for await some in group { for (index, batch) in some { batches[index] = batch } }
      return queue.indices.compactMap { batches[$0] }
    }
  }

  /// The resources of a piece of work, by their indices among those of their kind.
  private func range(of work: Work) -> Range<Int> {
    switch work {
    case .tokens(let segment):
      let (start, count) = (
        inventory.snapshot.tokens.starts[segment], inventory.snapshot.tokens.segments[segment].count
      )
      return start..<(start + count)
    case .owners(let range), .resources(_, let range): return range
    }
  }

  private func work(on kinds: [ResourceKind]) -> [Work] {
    kinds.flatMap { kind -> [Work] in
      guard policy.rules.contains(where: { $0.programs[kind] != nil }) else { return [] }
      let count = inventory.count(of: kind)
      return stride(from: 0, to: count, by: Self.batchSize).map {
        let range = $0..<min($0 + Self.batchSize, count)
        return kind == .owner ? .owners(range) : .resources(kind, range)
      }
    }
  }

  /// What rules on resources of other kinds ask of tokens.
  private func elementConditions(of kinds: [ResourceKind]) -> [ElementEvaluation.Asked] {
    kinds.flatMap { kind in
      askedRules(of: kind).flatMap { $0.programs.applies.elementConditions + $0.programs.condition.elementConditions }
        .map { ElementEvaluation.Asked(condition: $0, kind: kind) }
    }
  }

  private func evaluate(_ kind: ResourceKind, in batch: inout Batch) {
    let rules = askedRules(of: kind)
    for resource in batch.range {
      let bindings = bindings(kind, inventory.object(kind, resource))
      for rule in rules { note(rule.programs.outcome(bindings), of: rule.index, kind, resource, bindings, in: &batch) }
    }
  }

  /// The values of a condition's variables for a resource.
  func bindings(_ kind: ResourceKind, _ record: Value) -> [Value] {
    ConditionEnvironment.bindings(kind, record, now: now, org: org, facts: inventory.facts)
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

  /// Notes the outcome of a rule for one resource.
  func note(
    _ outcome: Outcome, of rule: Int, _ kind: ResourceKind, _ resource: Int, _ bindings: @autoclosure () -> [Value],
    in batch: inout Batch
  ) {
    switch outcome {
    case .passed: batch.tallies[rule].passed += 1
    case .notApplicable: batch.tallies[rule].notApplicable += 1
    case .notEvaluable(let reason):
      let isWaived = dispositions.acceptsNotEvaluable(
        policy.rules[rule].rule.id, reason: reason, inventory.id(kind, resource), kind, bindings(), &batch.waiverUses)
      batch.tallies[rule].noteNotEvaluable(reason, kind, resource, isWaived: isWaived)
    case .flagged:
      batch.tallies[rule].flagged += 1
      var found = FlaggedRows(batch.range)
      let bindings = bindings()
      found.insert(flagged(rule, kind, resource, bindings, &batch.waiverUses))
      batch.flagged[rule].append(found, severity(rule, kind, bindings), kind)
    }
  }

  /// Notes what a rule without overrides has flagged.
  /// - Parameter rows: which of the batch's resources.
  func noteFlagged(
    _ rule: Int, _ kind: ResourceKind, _ rows: Bitmap, in batch: inout Batch, _ bindings: (Int) -> [Value]
  ) {
    guard !rows.isEmpty else { return }
    var found = FlaggedRows(batch.range, rows: rows)
    if dispositions.hasWaivers(forFindingsOf: policy.rules[rule].rule.id, kind) {
      rows.forEachSet { row in
        found.insert(flagged(rule, kind, batch.range.lowerBound + row, bindings(row), &batch.waiverUses))
      }
    }
    batch.tallies[rule].flagged += found.count
    batch.flagged[rule].append(found, policy.rules[rule].severity, kind)
  }

  /// A flagged outcome, with the waiver that accepts it.
  func flagged(
    _ rule: Int, _ kind: ResourceKind, _ resource: Int, _ bindings: [Value], _ waiverUses: inout [Int]
  ) -> Flagged {
    let id = policy.rules[rule].rule.id
    let waiver =
      dispositions.hasWaivers(forFindingsOf: id, kind)
      ? dispositions.waiver(forFindingsOf: id, inventory.id(kind, resource), kind, bindings, &waiverUses) : nil
    return Flagged(resource: resource, waiver: waiver)
  }

  /// The severity that is in force for a resource that the rule flags.
  private func severity(_ rule: Int, _ kind: ResourceKind, _ bindings: [Value]) -> Severity {
    let selected = policy.rules[rule]
    guard let programs = selected.programs[kind], programs.hasVariants,
      let override = programs.inForce(bindings).override
    else { return selected.severity }
    return selected.overrides[override].settings.severity.value
  }

  /// The outcomes of rules on owners for the tokens that can't be attributed to one.
  func unattributed() -> Batch {
    var batch = emptyBatch(0..<0)
    let rules = policy.rules.indices.filter { policy.rules[$0].programs[.owner] != nil }
    guard !rules.isEmpty else { return batch }
    for token in inventory.unattributedTokens {
      let bindings = bindings(.apiToken, inventory.object(.apiToken, token))
      let reason = inventory.reasonForNoOwner(token)
      for rule in rules {
        let isWaived = dispositions.acceptsNotEvaluable(
          policy.rules[rule].rule.id, reason: reason, inventory.id(.apiToken, token), .apiToken, bindings,
          &batch.waiverUses)
        batch.tallies[rule].noteNotEvaluable(reason, .apiToken, token, isWaived: isWaived)
      }
    }
    return batch
  }

  private func emptyBatch(_ range: Range<Int>) -> Batch {
    Batch(
      range: range, tallies: policy.rules.map { _ in RuleTally() },
      flagged: policy.rules.map { _ in FlaggedOutcomes() },
      waiverUses: dispositions.waivers.map { _ in 0 })
  }

  /// What a flagged outcome says.
  func finding(_ rule: Int, _ kind: ResourceKind, _ flagged: Flagged, _ bindings: [Value]) -> Finding {
    let selected = policy.rules[rule]
    let inForce = selected.programs[kind]?.inForce(bindings)
    let override = (inForce?.override).map { selected.overrides[$0] }
    let name = inventory.name(kind, flagged.resource)
    return Finding(
      ruleID: selected.rule.id, severity: override?.settings.severity.value ?? selected.severity, resource: name,
      disposition: flagged.waiver.map { .waived(dispositions.waivers[$0]) } ?? .open,
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
