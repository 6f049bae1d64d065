import CEL
package import Policy

/// What a policy would change against another, on the same snapshot: only open findings count, since a waiver has
/// settled the others.
package struct PolicyImpact: Sendable {
  package let old: AuditReport
  package let new: AuditReport
  /// Open by the new policy and not by the old one, in the order of reports.
  package let added: [Finding]
  /// Open by the old policy and, as far as is known, not by the new one, in the order of reports.
  package let gone: [GoneFinding]
  /// Open by the old policy; the new one asks the rule, and has no answer.
  package let unknown: [UnknownFinding]
  /// Open by both, with another severity.
  package let severityChanges: [SeverityChange]

  package struct GoneFinding: Sendable {
    package let finding: Finding
    package let reason: Reason

    package enum Reason: String, Sendable {
      case ruleNotSelected = "rule-not-selected"
      case passed
      case notApplicable = "not-applicable"
      case waived
    }
  }

  package struct UnknownFinding: Sendable {
    package let finding: Finding
    package let reason: String
  }

  package struct SeverityChange: Sendable {
    package let finding: Finding
    package let old: Severity
  }
}
