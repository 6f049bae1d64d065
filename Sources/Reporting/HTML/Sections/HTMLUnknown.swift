import Audit
import Inventory
import Policy

/// What was not seen or not evaluable, how much of each list was, and what can't be asked at all.
enum HTMLUnknown {
  private static let gapLimit = 100

  static func values(_ report: AuditReport) -> TemplateValues {
    let groups = report.gapGroups
    var values: TemplateValues = [
      "hasGaps": !groups.isEmpty, "gaps": groups.prefix(gapLimit).map(gap),
      "lists": report.coverage.map(list),
      "notAssessed": AuditReport.notAssessed.map { ["title": $0.title, "advice": $0.advice] },
    ]
    if groups.count > gapLimit { values["moreGaps"] = grouped(groups.count - gapLimit) }
    return values
  }

  private static func gap(_ group: GapGroup) -> TemplateValues {
    var values: TemplateValues = [
      "what": group.subjectText, "why": group.reason, "rules": group.gaps.compactMap(\.ruleID).joined(separator: ", "),
      "effect": effect(group), "isDecisive": group.isDecisive,
    ]
    values["advice"] = group.advice.map(prose)
    values["examples"] = group.exampleNames
    return values
  }

  private static func effect(_ group: GapGroup) -> String {
    switch group.bearing {
    case .decisive: "the verdict can\u{2019}t be pass"
    case .accepted(let waivers): "accepted: \(waivers.map(\.acceptance).joined(separator: "; "))"
    case .irrelevant: "none: no rule that can fail the run needed it"
    }
  }

  private static func list(_ entry: ListCoverage) -> TemplateValues {
    let coverage = entry.coverage
    let remarks = coverage.notes + (coverage.duplicates > 0 ? [counted(coverage.duplicates, "duplicate")] : [])
    return [
      "list": entry.list.title, "state": coverage.stateText, "isComplete": coverage.isComplete,
      "records": grouped(coverage.records), "before": coverage.countBefore.map(grouped) ?? "none",
      "after": coverage.countAfter.map(grouped) ?? "none", "remarks": remarks.joined(separator: "; "),
    ]
  }
}
