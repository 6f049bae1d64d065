package import Inventory
package import Policy

/// Judges a snapshot by a policy.
///
/// The same snapshot, policy, waivers and options give the same report, however many jobs there are.
package struct Auditor: Sendable {
  let policy: GovernancePolicy
  let waivers: [Waiver]
  /// The tables of facts that were given.
  let facts: [FactTable]
  private let baseline: Baseline?

  package init(
    policy: GovernancePolicy, waivers: [Waiver] = [], facts: [FactTable] = [], baseline: Baseline? = nil
  ) {
    self.policy = policy
    self.waivers = waivers
    self.facts = facts
    self.baseline = baseline
  }

  /// What conditions are asked of.
  func inventory(_ snapshot: Snapshot, _ options: Options) -> AuditedInventory {
    AuditedInventory(snapshot, at: options.at, facts: FactsObject(policy.facts, facts))
  }

  package struct Options: Sendable {
    /// The audit instant: `now` in every condition, and when waivers are judged.
    package var at: Instant
    package var instantWasGiven: Bool
    package var failOn: Severity
    package var toolVersion: String
    /// Why the snapshot as a whole is no basis for a pass, such as its age; nil when it is.
    package var doubt: String?
    /// Evaluations that run at the same time.
    package var jobs: Int
    /// Whether the report is to have the tokens and keys in numbers.
    package var countsInventory: Bool

    package init(
      at: Instant, instantWasGiven: Bool, failOn: Severity, toolVersion: String, doubt: String? = nil, jobs: Int = 1,
      countsInventory: Bool = false
    ) {
      self.at = at
      self.instantWasGiven = instantWasGiven
      self.failOn = failOn
      self.toolVersion = toolVersion
      self.doubt = doubt
      self.jobs = jobs
      self.countsInventory = countsInventory
    }
  }

  package func audit(_ snapshot: Snapshot, _ options: Options) async -> AuditReport {
    let inventory = inventory(snapshot, options)
    let dispositions = Dispositions(waivers, inventory)
    let evaluation = Evaluation(policy: policy, inventory: inventory, dispositions: dispositions)
    var tallies = policy.rules.map { _ in RuleTally() }
    var flagged = policy.rules.map { _ in FlaggedOutcomes() }
    var uses = dispositions.listUses
    for batch in await evaluation.run(jobs: options.jobs) + [evaluation.unattributed()] {
      for (index, tally) in batch.tallies.enumerated() { tallies[index].add(tally) }
      for (index, outcomes) in batch.flagged.enumerated() { flagged[index].append(outcomes) }
      for (index, count) in batch.waiverUses.enumerated() { uses[index] += count }
    }
    // Rules on waivers come last, when it is known what these match.
    let waived = inventory.with(waivers: zip(waivers, uses).map { AuditedWaiver(waiver: $0, matches: $1) })
    let housekeeping = Evaluation(policy: policy, inventory: waived, dispositions: dispositions)
    for batch in await housekeeping.run([.waiver], jobs: 1) {
      for (index, tally) in batch.tallies.enumerated() { tallies[index].add(tally) }
      for (index, outcomes) in batch.flagged.enumerated() { flagged[index].append(outcomes) }
    }
    let evaluated = FindingList(EvaluatedFindings(housekeeping, flagged))
    let compared = baseline?.compare(
      evaluated, rules: policy.rules, expired: dispositions.expiredWaivers(of: evaluated, in: waived))
    let findings = compared?.findings ?? evaluated

    let results = zip(policy.rules, tallies).map { selected, tally in
      tally.result(for: selected, gates: selected.worstSeverity >= options.failOn, inventory)
    }.sorted { ($1.severity, $0.rule.id) < ($0.severity, $1.rule.id) }
    let coverage = coverage(inventory, results, dispositions)
    let run = Run(
      organizationID: snapshot.header.organizationID, collectedAt: snapshot.header.collectedAt, auditedAt: options.at,
      instantWasGiven: options.instantWasGiven, toolVersion: options.toolVersion, apiBase: snapshot.header.apiBase,
      policyID: policy.id, policyTitle: policy.title, policyDigest: policy.digest, failOn: options.failOn,
      facts: facts.map { Run.FactSource(name: $0.name, digest: $0.digest, rows: $0.rowCount) })
    return AuditReport(
      run: run, verdict: Verdict(results, findings, coverage, doubt: options.doubt, failOn: options.failOn),
      coverage: coverage, rules: results, findings: findings,
      waivers: zip(waivers, uses).map { dispositions.result($0, uses: $1) }, expiring: inventory.expiring(),
      statistics: options.countsInventory ? inventory.statistics() : nil,
      baseline: compared.flatMap { baseline?.result($0, run: run, policy, waived) })
  }

  private func coverage(
    _ inventory: AuditedInventory, _ results: [RuleResult], _ dispositions: Dispositions
  ) -> [ListCoverage] {
    inventory.snapshot.header.lists.map { list in
      let gap = inventory.gap(in: list)
      let needed = results.filter { result in
        guard let gap, result.gates else { return false }
        return result.missingLists.contains(list) || result.notEvaluable.contains { $0.reason == gap }
      }
      return ListCoverage(
        list: list, coverage: inventory.snapshot.coverage(of: list), neededBy: needed.map(\.rule.id).sorted(),
        waiver: gap == nil ? nil : dispositions.waiver(for: list))
    }
  }
}
