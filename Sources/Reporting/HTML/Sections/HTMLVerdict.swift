import Audit
import Inventory
import Policy

/// The verdict, why, and the numbers that tell most.
enum HTMLVerdict {
  private static let reasonLimit = 3

  static func values(_ report: AuditReport) -> TemplateValues {
    let verdict = report.verdict
    // The summary is the first reason.
    let reasons = verdict.reasons.dropFirst()
    var values: TemplateValues = [
      "class": verdict.state.rawValue, "state": verdict.state.title, "mark": verdict.state.mark,
      "summary": report.summary, "hasReasons": !reasons.isEmpty, "reasons": Array(reasons.prefix(reasonLimit)),
      "figures": figures(report), "facts": facts(report),
    ]
    if reasons.count > reasonLimit { values["moreReasons"] = counted(reasons.count - reasonLimit, "more reason") }
    return values
  }

  private static func figures(_ report: AuditReport) -> [TemplateValues] {
    let totals = report.totalsBySeverity()
    let findings = Severity.worstFirst.map { severity -> TemplateValues in
      let total = totals[severity] ?? FindingTotals()
      let accepted = total.sum - total.open
      var figure = figure(
        total.open, "\(severity.rawValue) open", total.open == 0 ? "none" : severity.rawValue)
      if accepted > 0 { figure["remark"] = "\(grouped(accepted)) accepted" }
      return figure
    }
    let unanswered = report.rules.reduce(0) { $0 + $1.notEvaluableCount }
    let lists = report.coverage.map { entry -> TemplateValues in
      var figure = figure(entry.coverage.records, entry.list.title, "")
      if !entry.coverage.isComplete { figure["remark"] = entry.coverage.stateText }
      return figure
    }
    return findings + [figure(unanswered, "not evaluable", unanswered == 0 ? "none" : "medium")] + lists
  }

  private static func figure(_ number: Int, _ what: String, _ style: String) -> TemplateValues {
    ["number": grouped(number), "what": what, "class": style]
  }

  private static func facts(_ report: AuditReport) -> [TemplateValues] {
    let run = report.run
    var facts: [TemplateValues] = [
      ["name": "Organization", "code": run.organizationID], ["name": "Collected", "text": run.collectedAt.readable],
      ["name": "Judged as of", "text": run.auditedAt.readable + (run.instantNote.map { ": \($0)" } ?? "")],
      ["name": "Policy", "code": run.policyID, "text": ", fails on \(run.failOn.rawValue) or worse"],
    ]
    if let base = run.apiBase { facts.append(["name": "Answered by", "code": base, "text": ", not by Atlassian"]) }
    if let baseline = report.baseline, let text = report.baselineText, let numbers = report.baselineNumbers {
      let notes = baseline.notes.map { "; \(visible($0))" }.joined()
      facts.append(["name": "Compared with", "text": "\(text): \(numbers)\(notes)"])
    }
    return facts
  }
}

extension Verdict.State {
  /// A sign beside the word, so that the state is seen without color.
  fileprivate var mark: String {
    switch self {
    case .pass: "\u{2713}"
    case .fail: "\u{2715}"
    case .inconclusive: "?"
    }
  }
}
