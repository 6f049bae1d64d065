import Audit
import Inventory
import Policy

/// What to do, once for each rule that has findings: worst first.
enum HTMLActions {
  static func values(_ report: AuditReport) -> TemplateValues {
    let groups = report.findingsByRule()
    return [
      "hasActions": !groups.isEmpty,
      "nothing": report.gaps.isEmpty
        ? "There is no finding." : "There is no finding in what was seen; see above for what was not.",
      "actions": groups.map { action($0.result, $0.findings) },
    ]
  }

  private static func action(_ result: RuleResult, _ findings: Slice<FindingList>) -> TemplateValues {
    let rule = result.rule
    let open = findings.count { $0.disposition.isOpen }
    var counts = ["\(grouped(open)) open"]
    if findings.count > open { counts.append("\(grouped(findings.count - open)) accepted") }
    if result.notEvaluableCount > 0 { counts.append("\(grouped(result.notEvaluableCount)) not evaluable") }
    var values: TemplateValues = [
      "rule": rule.id, "severity": result.severity.rawValue, "title": prose(rule.title),
      "counts": counts.joined(separator: ", "), "remediation": prose(rule.remediation),
      "rationale": prose(rule.rationale),
    ]
    if !rule.references.isEmpty {
      values["references"] = rule.references.map { "\($0.framework) \($0.clauses.joined(separator: ", "))" }
        .joined(separator: " · ")
    }
    return values
  }
}
