import CEL
package import Inventory
package import Policy

extension Auditor {
  /// Explains what a rule makes of a resource, whatever came out: `fingerprint` is that of a finding, or is put together
  /// in the same way.
  ///
  /// - Parameter audited: The waivers with what they match, for a rule on waivers: `auditedWaivers` gives them.
  package func explain(
    _ fingerprint: String, in snapshot: Snapshot, _ options: Options, audited: [AuditedWaiver] = []
  ) throws(UnknownFingerprint) -> ResourceExplanation {
    let parts = try Fingerprint.parts(of: fingerprint)
    let inventory = inventory(snapshot, options).with(waivers: audited)
    let organization = snapshot.header.organizationID
    guard parts.organization == organization else {
      throw UnknownFingerprint(
        "the snapshot is of the organization \(organization), not of \(parts.organization)",
        advice: "explain it from a snapshot of that organization")
    }
    let selected = try rule(parts.rule)
    let kind = try kind(parts.kind, of: selected)
    let index = try index(of: kind, parts.id, in: inventory)
    let name = inventory.name(kind, index)
    let bindings = ConditionEnvironment.bindings(
      kind, inventory.object(kind, index), now: conditionTimestamp(inventory.now),
      org: inventory.object(.organization, 0), facts: inventory.facts)
    let explanation = selected.explanation(kind, bindings, facts: policy.facts)
    let settings = explanation?.settings ?? selected.settings
    let outcome: Outcome
    if let explanation {
      outcome = explanation.outcome
    } else {
      outcome = .notEvaluable(try reasonForNoOwner(index, kind, selected, inventory))
    }

    let dispositions = Dispositions(waivers, inventory)
    var uses = waivers.map { _ in 0 }
    var finding: Finding?
    if outcome == .flagged, let rule = policy.rules.firstIndex(where: { $0.rule.id == selected.rule.id }) {
      let evaluation = Evaluation(policy: policy, inventory: inventory, dispositions: dispositions)
      let flagged = evaluation.flagged(rule, kind, index, bindings, &uses)
      finding = evaluation.finding(rule, kind, flagged, bindings)
    }
    if case .notEvaluable(let reason) = outcome {
      _ = dispositions.acceptsNotEvaluable(selected.rule.id, reason: reason, name.id, kind, bindings, &uses)
    }
    return ResourceExplanation(
      fingerprint: Fingerprint.make(organization: organization, rule: selected.rule.id, kind: kind, id: name.id),
      resource: name, policyID: policy.id, selected: selected, gates: settings.severity.value >= options.failOn,
      auditedAt: options.at, outcome: outcome, finding: finding,
      expressions: explanation.map(ResourceExplanation.Expressions.init),
      waivers: zip(waivers, uses).filter { $0.1 > 0 }.map(\.0), settings: settings)
  }

  /// The waivers with what they match, for which every other rule has to be asked.
  package func auditedWaivers(in snapshot: Snapshot, _ options: Options) async -> [AuditedWaiver] {
    let inventory = inventory(snapshot, options)
    let dispositions = Dispositions(waivers, inventory)
    let evaluation = Evaluation(policy: policy, inventory: inventory, dispositions: dispositions)
    var uses = dispositions.listUses
    for batch in await evaluation.run(jobs: options.jobs) + [evaluation.unattributed()] {
      for (index, count) in batch.waiverUses.enumerated() { uses[index] += count }
    }
    return zip(waivers, uses).map { AuditedWaiver(waiver: $0, matches: $1) }
  }

  private func rule(_ id: String) throws(UnknownFingerprint) -> SelectedRule {
    if let selected = policy.rules.first(where: { $0.rule.id == id }) { return selected }
    let builtIn = BuiltInPolicies.ruleIDs
    if builtIn.contains(id) {
      throw UnknownFingerprint(
        "the policy \(policy.id) does not select the rule `\(id)`",
        advice: "give the policy that does with --policy; `extended` selects most rules")
    }
    let selected = policy.rules.map(\.rule.id)
    throw UnknownFingerprint(
      "there is no rule `\(id)`",
      advice: didYouMean(id, among: selected + builtIn)
        ?? "`tokenreeve policy show` lists the rules of a policy, `tokenreeve rules` the built-in ones")
  }

  /// A token that can't be attributed to an owner is an outcome of the rules on owners.
  private func kind(_ name: String, of selected: SelectedRule) throws(UnknownFingerprint) -> ResourceKind {
    let asked = selected.rule.resources.map(\.rawValue).joined(separator: " and ")
    guard let kind = ResourceKind(rawValue: name) else {
      let kinds = ResourceKind.allCases.map(\.rawValue)
      throw UnknownFingerprint(
        "there is no kind of resource `\(name)`",
        advice: didYouMean(name, among: kinds) ?? "the kinds are: \(kinds.joined(separator: ", "))")
    }
    let isUnattributed = kind == .apiToken && selected.programs[.owner] != nil
    guard selected.programs[kind] != nil || isUnattributed else {
      throw UnknownFingerprint("the rule `\(selected.rule.id)` is asked of \(asked), not of \(name)")
    }
    return kind
  }

  private func index(
    of kind: ResourceKind, _ id: String, in inventory: AuditedInventory
  ) throws(UnknownFingerprint) -> Int {
    if let index = inventory.index(of: kind, id: id) { return index }
    let gap = kind.list.flatMap { inventory.gap(in: $0) }
    throw UnknownFingerprint(
      "the snapshot has no \(kind.rawValue) `\(id)`" + (gap.map { "; \($0)" } ?? ""),
      advice: didYouMean(id, among: inventory.ids(of: kind)) ?? "")
  }

  private func reasonForNoOwner(
    _ index: Int, _ kind: ResourceKind, _ selected: SelectedRule, _ inventory: AuditedInventory
  ) throws(UnknownFingerprint) -> String {
    if inventory.unattributedTokens.contains(index) { return inventory.reasonForNoOwner(index) }
    let owner = inventory.snapshot.tokens[index].user.value?.id.value ?? ""
    let fingerprint = Fingerprint.make(
      organization: inventory.snapshot.header.organizationID, rule: selected.rule.id, kind: .owner, id: owner)
    throw UnknownFingerprint(
      "the rule `\(selected.rule.id)` is asked of owner, not of \(kind.rawValue)",
      advice: "the owner of the token is \(fingerprint)")
  }
}

extension ResourceExplanation.Expressions {
  fileprivate init(_ explanation: RuleExplanation) {
    // A credential may stand in any part, and be taken apart in any other.
    let values = ExplainedValues(
      of: [explanation.applies, explanation.condition] + explanation.overrides.map(\.match))
    overrides = explanation.overrides.map { asked in
      ResourceExplanation.Override(
        override: asked.override, match: ExplainedLine.lines(of: asked.match, values, isNeeded: true))
    }
    isTurnedOff = explanation.override?.isEnabled == false
    applies = ExplainedLine.lines(of: explanation.applies, values, isNeeded: !isTurnedOff)
    condition = ExplainedLine.lines(
      of: explanation.condition, values, isNeeded: explanation.outcome != .notApplicable)
  }
}
