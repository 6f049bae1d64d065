package import Inventory
package import Policy

/// The report of an earlier audit, as far as a later one is compared with it.
package struct RecordedReport: Sendable {
  package let run: Run
  package let verdict: Verdict
  /// Why lists were not complete, by list; complete ones are not here.
  package let gaps: [CollectedList: String]
  /// The rules of the policy, by id.
  package let rules: [String: RecordedRule]
  /// In the order of the report.
  package let findings: [RecordedFinding]

  package init(
    run: Run, verdict: Verdict, gaps: [CollectedList: String], rules: [String: RecordedRule],
    findings: [RecordedFinding]
  ) {
    self.run = run
    self.verdict = verdict
    self.gaps = gaps
    self.rules = rules
    self.findings = findings
  }
}

/// A rule of an earlier audit.
package struct RecordedRule: Sendable {
  /// How findings were measured where no override was in force; nil when the rule declared no measure.
  package let measure: MeasureDefinition?
  /// Resources on which it could not be evaluated, by reason.
  package let notEvaluable: [NotEvaluable]

  package init(measure: MeasureDefinition?, notEvaluable: [NotEvaluable]) {
    self.measure = measure
    self.notEvaluable = notEvaluable
  }
}

/// How a rule measures its findings: two numbers can be compared only when they were measured alike.
package struct MeasureDefinition: Hashable, Sendable {
  package let expression: String
  /// The parameters that the expression names, as the policy spells their values.
  package let parameters: [String: String]

  /// - Parameter parameters: all parameters of the rule with their values in force.
  package init(expression: String, parameters: [(name: String, value: String)]) {
    self.expression = expression
    let used = parameters.filter { expression.contains("params.\($0.name)") }
    self.parameters = Dictionary(used.map { ($0.name, $0.value) }) { first, _ in first }
  }
}

extension SelectedRule {
  /// How the rule measures findings for which an override is in force, or none; nil when it declares no measure.
  func measureDefinition(_ override: RuleOverride?) -> MeasureDefinition? {
    let parameters = override?.settings.parameters ?? parameters
    return rule.measure.map {
      MeasureDefinition(expression: $0, parameters: parameters.map { ($0.name, $0.value.text) })
    }
  }
}

/// A finding of an earlier audit.
package struct RecordedFinding: Sendable {
  package enum Disposition: Hashable, Sendable {
    case open, waived
    /// In that audit's baseline, and as open in some report before it since this instant.
    case baselined(since: Instant)

    /// `open`, `waived`, `baselined`.
    package var name: String {
      switch self {
      case .open: "open"
      case .waived: "waived"
      case .baselined: "baselined"
      }
    }
  }

  package let ruleID: String
  package let severity: Severity
  package let resource: ResourceName
  package let disposition: Disposition
  package let fingerprint: String
  package let message: String
  package let measure: Double?
  /// How it was measured; nil when the rule declared no measure.
  package let measuredBy: MeasureDefinition?
  package let evidence: [Finding.Evidence]

  package init(
    ruleID: String, severity: Severity, resource: ResourceName, disposition: Disposition, fingerprint: String,
    message: String, measure: Double?, measuredBy: MeasureDefinition?, evidence: [Finding.Evidence]
  ) {
    self.ruleID = ruleID
    self.severity = severity
    self.resource = resource
    self.disposition = disposition
    self.fingerprint = fingerprint
    self.message = message
    self.measure = measure
    self.measuredBy = measuredBy
    self.evidence = evidence
  }
}
