import Audit
import Inventory
import Policy

/// Waivers, how every rule came out, and the policy.
enum HTMLEnd {
  private static let waiverLimit = 500

  static func values(_ report: AuditReport) -> TemplateValues {
    var values: TemplateValues = [
      "hasWaivers": !report.waivers.isEmpty, "waivers": report.waivers.prefix(waiverLimit).map(waiver),
      "rules": report.rules.map(rule), "policy": policy(report), "version": report.run.toolVersion,
    ]
    if report.waivers.count > waiverLimit {
      values["moreWaivers"] = counted(report.waivers.count - waiverLimit, "more waiver")
    }
    return values
  }

  private static func waiver(_ result: WaiverResult) -> TemplateValues {
    let waiver = result.waiver
    var values: TemplateValues = [
      "waiver": waiver.id, "state": result.state.rawValue, "isUsed": result.state == .used,
      "accepts": waiver.subjectText, "matches": grouped(result.matches), "reason": waiver.reason,
      "owner": waiver.owner, "until": waiver.expires.dateText,
    ]
    values["ticket"] = waiver.ticket
    return values
  }

  private static func rule(_ result: RuleResult) -> TemplateValues {
    [
      "severity": result.severity.rawValue, "rule": result.rule.id, "title": prose(result.rule.title),
      "flagged": grouped(result.flagged), "passed": grouped(result.passed),
      "notEvaluable": grouped(result.notEvaluableCount), "notApplicable": grouped(result.notApplicable),
      "missing": result.missingLists.map(\.title).joined(separator: ", "),
    ]
  }

  private static func policy(_ report: AuditReport) -> [TemplateValues] {
    let run = report.run
    return [
      ["name": "Policy", "code": run.policyID, "text": ", \(prose(run.policyTitle))"],
      ["name": "Rules", "text": grouped(report.rules.count)],
      ["name": "Fails on", "text": "\(run.failOn.rawValue) or worse"],
      ["name": "SHA-256 of the effective policy", "code": run.policyDigest],
    ]
      + run.facts.map {
        ["name": "SHA-256 of the facts \($0.name)", "code": $0.digest, "text": ", \(counted($0.rows, "row"))"]
      }
  }
}
