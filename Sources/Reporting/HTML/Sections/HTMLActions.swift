import Audit
import Inventory
import Policy

/// What to do, once for each rule that has findings: worst first.
enum HTMLActions {
  static func values(_ report: AuditReport) -> TemplateValues {
    let totals = report.totalsByRule()
    var seen: Set<String> = []
    // With overrides a rule can have findings of several severities: it comes where the worst of them is.
    let groups = report.findingsByRule().filter { seen.insert($0.result.rule.id).inserted }
    return [
      "hasActions": !groups.isEmpty,
      "nothing": report.gaps.isEmpty
        ? "There is no finding." : "There is no finding in what was seen; see above for what was not.",
      "actions": groups.map { action($0, totals[$0.result.rule.id] ?? FindingTotals()) },
    ]
  }

  private static func action(_ group: FindingGroup, _ total: FindingTotals) -> TemplateValues {
    let rule = group.result.rule
    let accepted = total.sum - total.open
    var counts = ["\(grouped(total.open)) open"]
    if accepted > 0 { counts.append("\(grouped(accepted)) accepted") }
    if group.result.notEvaluableCount > 0 {
      counts.append("\(grouped(group.result.notEvaluableCount)) not evaluable")
    }
    var values: TemplateValues = [
      "rule": rule.id, "severity": group.severity.rawValue, "title": prose(rule.title),
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
