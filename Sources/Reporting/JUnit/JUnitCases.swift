import Audit
import Inventory
import Policy

/// The test cases of a report, worst first: what was not seen at all, open findings by severity, what could not be
/// evaluated or judged, what is skipped, what passed.
///
/// A case fails or has an error exactly when it keeps the verdict from being pass, so that a file without failures and
/// errors means pass.
struct JUnitCases {
  private let report: AuditReport
  private let below: JUnitBelow
  private let rulesByID: [String: RuleResult]

  init(_ report: AuditReport, below: JUnitBelow) {
    self.report = report
    self.below = below
    rulesByID = Dictionary(report.rules.map { ($0.rule.id, $0) }) { first, _ in first }
  }

  /// Calls `body` with each case in turn; the cases are made one by one, since there can be a million.
  func forEach(_ body: (JUnitCase) throws -> Void) rethrows {
    let gaps = report.gaps
    if let verdict = verdictCase(gaps) { try body(verdict) }
    for gap in gaps where gap.isDecisive && gap.isList { try body(gapCase(gap)) }
    for finding in report.findings where outcome(of: finding) == .failure { try body(findingCase(finding, .failure)) }
    for gap in gaps where gap.isDecisive && !gap.isList { try body(gapCase(gap)) }
    for finding in report.findings where outcome(of: finding) == .error { try body(findingCase(finding, .error)) }
    for gap in gaps where !gap.isDecisive { try body(gapCase(gap)) }
    for finding in report.findings where outcome(of: finding) == .skipped { try body(findingCase(finding, .skipped)) }
    for finding in report.findings where outcome(of: finding) == .passed { try body(findingCase(finding, .passed)) }
    for result in report.rules where hasNothingToShow(result) { try body(passedCase(result)) }
  }

  // MARK: - The verdict

  /// An error of its own for a run that is inconclusive although no other case says why.
  private func verdictCase(_ gaps: [Gap]) -> JUnitCase? {
    guard report.verdict.state != .pass, !gaps.contains(where: \.isDecisive),
      !report.findings.contains(where: { [.failure, .error].contains(outcome(of: $0)) })
    else { return nil }
    let reasons = report.verdict.reasons.map(visible)
    return JUnitCase(
      className: "tokenreeve.verdict", name: "verdict", outcome: .error,
      type: "verdict.\(report.verdict.state.rawValue)",
      message: "verdict \(report.verdict.state.rawValue): \(reasons.joined(separator: "; "))",
      body: reasons.reduce("verdict: \(report.verdict.state.rawValue)\n") { $0 + "reason: \($1)\n" })
  }

  // MARK: - Findings

  private func outcome(of finding: Finding) -> JUnitCase.Outcome {
    guard finding.disposition.isOpen else { return .skipped }
    if finding.severity >= report.run.failOn {
      switch rulesByID[finding.ruleID]?.rule.verdict {
      case .inconclusive: return .error
      case .fail, nil: return .failure
      }
    }
    switch below {
    case .skip: return .skipped
    case .pass: return .passed
    case .fail: return .failure
    }
  }

  private func findingCase(_ finding: Finding, _ outcome: JUnitCase.Outcome) -> JUnitCase {
    let result = rulesByID[finding.ruleID]
    let resource = finding.resource
    var lines = [
      "rule: \(finding.ruleID) (\(finding.severity.rawValue))",
      "resource: \(resource.kind.rawValue) \(visibleOrEmpty(resource.id))",
    ]
    if let label = resource.label { lines.append("label: \(visibleOrEmpty(label))") }
    if let owner = resource.owner { lines.append("owner: \(visibleOrEmpty(owner.text))") }
    for evidence in finding.evidence {
      lines.append("evidence: \(visible(evidence.field)) = \(visible(evidence.value))")
    }
    if let override = finding.override { lines.append("in force: \(override.inForce)") }
    if let result { lines.append("remediation: \(prose(result.rule.remediation))") }
    if let comparison = finding.baseline { lines.append("baseline: \(visible(comparison.text))") }
    lines.append("fingerprint: \(finding.fingerprint)")
    let title = result.map { prose($0.rule.title) } ?? finding.ruleID
    var message = "\(title): \(visible(finding.message))"
    if let acceptance = report.acceptance(of: finding) {
      message = "\(acceptance). \(message)"
    } else if outcome == .skipped {
      message = "\(finding.severity.rawValue) is below --fail-on \(report.run.failOn.rawValue). \(message)"
    }
    return JUnitCase(
      className: className(finding.ruleID), name: "\(resource.kind.rawValue) \(visibleOrEmpty(resource.id))",
      outcome: outcome, type: className(finding.ruleID), message: message,
      body: (["message: \(message)"] + lines).joined(separator: "\n") + "\n")
  }

  // MARK: - What was not seen

  private func gapCase(_ gap: Gap) -> JUnitCase {
    let reason = visible(gap.reason)
    var message: String
    var lines: [String]
    let className: String
    let name: String
    switch gap.subject {
    case .list(let entry):
      className = "tokenreeve.coverage"
      name = "list \(entry.list.rawValue)"
      message = "the list of \(entry.list.title) is \(entry.coverage.stateText): \(reason)"
      lines = ["records: \(entry.coverage.records)"]
      if let advice = entry.coverage.advice { lines.append("remediation: \(prose(advice))") }
      if !entry.neededBy.isEmpty { lines.append("needed by: \(entry.neededBy.joined(separator: ", "))") }
    case .outcomes(let result, let outcomes):
      className = self.className(result.rule.id)
      name = "not evaluable: \(reason)"
      message = "not evaluable on \(counted(outcomes.count, "resource")): \(reason)"
      if outcomes.waived > 0, gap.isDecisive { message += "; waivers accept \(outcomes.waived) of them" }
      lines = ["rule: \(result.rule.id) (\(result.severity.rawValue)), \(prose(result.rule.title))"]
      lines += outcomes.examples.map { "resource: \($0.kind.rawValue) \(visibleOrEmpty($0.id))" }
      if outcomes.count > outcomes.examples.count {
        lines.append("resource: and \(outcomes.count - outcomes.examples.count) more")
      }
    }
    switch gap.bearing {
    case .decisive: break
    case .accepted(let waivers):
      message = "waived: \(waivers.map(\.acceptance).joined(separator: "; ")). \(message)"
    case .irrelevant:
      message = "no rule at or above --fail-on \(report.run.failOn.rawValue) needed it. \(message)"
    }
    return JUnitCase(
      className: className, name: name, outcome: gap.isDecisive ? .error : .skipped,
      type: gap.isList ? "not-collected" : "not-evaluable", message: message,
      body: (["message: \(message)"] + lines).joined(separator: "\n") + "\n")
  }

  // MARK: - What passed

  /// Whether the rule's resources were all seen, all could be evaluated, and none was flagged.
  private func hasNothingToShow(_ result: RuleResult) -> Bool {
    result.flagged == 0 && result.notEvaluable.isEmpty && result.missingLists.isEmpty
  }

  private func passedCase(_ result: RuleResult) -> JUnitCase {
    let kinds = result.rule.resources.map(\.rawValue).joined(separator: ", ")
    return JUnitCase(className: className(result.rule.id), name: "all \(kinds) resources", outcome: .passed)
  }

  private func className(_ rule: String) -> String { "tokenreeve.\(rule)" }
}

extension Gap {
  fileprivate var isList: Bool { if case .list = subject { true } else { false } }
}
