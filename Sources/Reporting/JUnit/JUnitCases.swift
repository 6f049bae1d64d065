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
  private let texts: [String: RuleTexts]

  /// What all cases of a rule say.
  private struct RuleTexts {
    let verdict: Rule.Verdict
    let className: String
    let title: String
    let remediationLine: String

    init(_ result: RuleResult) {
      verdict = result.rule.verdict
      className = JUnitCases.className(result.rule.id)
      title = prose(result.rule.title)
      remediationLine = "remediation: \(prose(result.rule.remediation))\n"
    }
  }

  init(_ report: AuditReport, below: JUnitBelow) {
    self.report = report
    self.below = below
    texts = Dictionary(report.rules.map { ($0.rule.id, RuleTexts($0)) }) { first, _ in first }
  }

  /// Calls `body` for each case in turn, with what makes it: there can be a million, and not every caller wants them.
  func forEach<Failure: Error>(
    _ body: (JUnitCase.Outcome, () -> JUnitCase) throws(Failure) -> Void
  ) throws(Failure) {
    func each(_ testCase: JUnitCase) throws(Failure) { try body(testCase.outcome) { testCase } }
    let gaps = report.gaps
    if let verdict = verdictCase(gaps) { try each(verdict) }
    for gap in gaps where gap.isDecisive && gap.isList { try each(gapCase(gap)) }
    try forEachFinding(.failure, body)
    for gap in gaps where gap.isDecisive && !gap.isList { try each(gapCase(gap)) }
    try forEachFinding(.error, body)
    for gap in gaps where !gap.isDecisive { try each(gapCase(gap)) }
    try forEachFinding(.skipped, body)
    try forEachFinding(.passed, body)
    for result in report.rules where hasNothingToShow(result) { try each(passedCase(result)) }
  }

  private func forEachFinding<Failure: Error>(
    _ outcome: JUnitCase.Outcome, _ body: (JUnitCase.Outcome, () -> JUnitCase) throws(Failure) -> Void
  ) throws(Failure) {
    for group in report.findings.groups {
      let hasAccepted = group.open < group.range.count
      let openOutcome = outcomeOfOpen(group)
      let texts = texts[group.ruleID]
      guard openOutcome == outcome && group.open > 0 || outcome == .skipped && hasAccepted else { continue }
      for index in group.range {
        // Where all are open, none has to be made to know its outcome.
        if hasAccepted, (report.findings[index].disposition.isOpen ? openOutcome : .skipped) != outcome { continue }
        try body(outcome) { findingCase(report.findings[index], outcome, texts) }
      }
    }
  }

  // MARK: - The verdict

  /// An error of its own for a run that is inconclusive although no other case says why.
  private func verdictCase(_ gaps: [Gap]) -> JUnitCase? {
    guard report.verdict.state != .pass, !gaps.contains(where: \.isDecisive),
      !report.findings.groups.contains(where: { $0.open > 0 && [.failure, .error].contains(outcomeOfOpen($0)) })
    else { return nil }
    let reasons = report.verdict.reasons.map(visible)
    return JUnitCase(
      className: "tokenreeve.verdict", name: "verdict", outcome: .error,
      type: "verdict.\(report.verdict.state.rawValue)",
      message: "verdict \(report.verdict.state.rawValue): \(reasons.joined(separator: "; "))",
      body: reasons.reduce("verdict: \(report.verdict.state.rawValue)\n") { $0 + "reason: \($1)\n" })
  }

  // MARK: - Findings

  /// What an open finding of the group is.
  private func outcomeOfOpen(_ group: FindingList.Group) -> JUnitCase.Outcome {
    if group.severity >= report.run.failOn {
      switch texts[group.ruleID]?.verdict {
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

  private func findingCase(_ finding: Finding, _ outcome: JUnitCase.Outcome, _ texts: RuleTexts?) -> JUnitCase {
    let resource = finding.resource
    let name = "\(resource.kind.rawValue) \(visibleOrEmpty(resource.id))"
    var message = "\(texts?.title ?? finding.ruleID): \(visible(finding.message))"
    if let acceptance = report.acceptance(of: finding) {
      message = "\(acceptance). \(message)"
    } else if outcome == .skipped {
      message = "\(finding.severity.rawValue) is below --fail-on \(report.run.failOn.rawValue). \(message)"
    }
    // Grown in place: a text made for each line of a million cases takes as long as libxml2 does.
    var body = ""
    body.reserveCapacity(512 + message.utf8.count + (texts?.remediationLine.utf8.count ?? 0))
    body.appendLine("message", message)
    body.appendLine("rule", "\(finding.ruleID) (\(finding.severity.rawValue))")
    body.appendLine("resource", name)
    if let label = resource.label { body.appendLine("label", visibleOrEmpty(label)) }
    if let owner = resource.owner { body.appendLine("owner", visibleOrEmpty(owner.text)) }
    for evidence in finding.evidence {
      body += "evidence: "
      body += visible(evidence.field)
      body += " = "
      body += visible(evidence.value)
      body += "\n"
    }
    if let override = finding.override { body.appendLine("in force", override.inForce) }
    if let texts { body += texts.remediationLine }
    if let comparison = finding.baseline { body.appendLine("baseline", visible(comparison.text)) }
    body.appendLine("fingerprint", finding.fingerprint)
    let className = texts?.className ?? Self.className(finding.ruleID)
    return JUnitCase(
      className: className, name: name, outcome: outcome, type: className, message: message, body: body)
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
      className = Self.className(result.rule.id)
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
    return JUnitCase(className: Self.className(result.rule.id), name: "all \(kinds) resources", outcome: .passed)
  }

  private static func className(_ rule: String) -> String { "tokenreeve.\(rule)" }
}

extension String {
  fileprivate mutating func appendLine(_ name: String, _ value: String) {
    self += name
    self += ": "
    self += value
    self += "\n"
  }
}

extension Gap {
  fileprivate var isList: Bool { if case .list = subject { true } else { false } }
}
