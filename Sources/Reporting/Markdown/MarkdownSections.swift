import Audit
import Inventory
import Policy

/// The parts of a Markdown report around the findings.
enum MarkdownSections {
  /// Rows of a table that is no list of findings.
  private static let rowLimit = 50
  private static let ownerLimit = 25
  private static let reasonLimit = 8

  static func head(_ report: AuditReport) -> MarkdownSection {
    var section = MarkdownSection()
    addVerdict(report, &section)
    MarkdownBaseline.add(report, to: &section)
    addGaps(report, &section)
    addCoverage(report, &section)
    addExpiring(report, &section)
    addNumbers(report, &section)
    return section
  }

  static func tail(_ report: AuditReport) -> MarkdownSection {
    var section = MarkdownSection()
    addWaivers(report, &section)
    addRules(report, &section)
    addPolicy(report, &section)
    section.paragraph("## Not assessed")
    section.paragraph("No Admin API shows these, so that no rule can have asked for them:")
    section.bullets(AuditReport.notAssessed.map { "\(markdownProse($0.title)). \(markdownProse($0.advice))" })
    section.paragraph("Written by tokenreeve \(markdownProse(report.run.toolVersion)).")
    return section
  }

  private static func addVerdict(_ report: AuditReport, _ section: inout MarkdownSection) {
    let verdict = report.verdict
    section.paragraph("# tokenreeve: \(verdict.state.title)")
    switch verdict.state {
    case .pass: section.paragraph("**\(markdownProse(report.summary)).**")
    case .fail, .inconclusive:
      let more = verdict.reasons.count - reasonLimit
      section.bullets(
        verdict.reasons.prefix(reasonLimit).map { "**\(markdownProse($0))**" }
          + (more > 0 ? ["and \(counted(more, "more reason")), see what is not known"] : []))
    }
    let run = report.run
    var facts = [
      ("Organization", markdownCode(run.organizationID)), ("Collected", run.collectedAt.readable),
      ("Judged as of", run.auditedAt.readable + (run.instantNote.map { ": \($0)" } ?? "")),
      ("Policy", "\(markdownCode(run.policyID)), fails on \(run.failOn.rawValue) or worse"),
    ]
    if let base = run.apiBase { facts.append(("Answered by", "\(markdownCode(base)), not by Atlassian")) }
    section.table(["Run", ""], facts) { [$0.0, $0.1] }
  }

  private static func addGaps(_ report: AuditReport, _ section: inout MarkdownSection) {
    section.paragraph("## What is not known")
    let groups = report.gapGroups
    guard !groups.isEmpty else {
      return section.paragraph("Every list was collected completely, and every rule could be evaluated everywhere.")
    }
    section.table(["What", "Why", "Rules", "Effect"], groups, limit: rowLimit) { group in
      let advice = group.advice.map { ". To do: \(markdownProse($0))" } ?? ""
      let rules = group.gaps.compactMap(\.ruleID).map { markdownCode($0) }
      return [group.subjectText, markdownCode(group.reason) + advice, rules.joined(separator: ", "), effect(group)]
    }
  }

  private static func effect(_ group: GapGroup) -> String {
    switch group.bearing {
    case .decisive: "**the verdict can't be pass**"
    case .accepted(let waivers):
      "accepted: "
        + waivers.map { "\(markdownCode($0.reason)) by \(markdownCode($0.owner)) until \($0.expires.dateText)" }
        .joined(separator: "; ")
    case .irrelevant: "none: no rule that can fail the run needed it"
    }
  }

  private static func addCoverage(_ report: AuditReport, _ section: inout MarkdownSection) {
    section.paragraph("## Coverage")
    section.table(["List", "State", "Records", "Counts by the API", "Remarks"], report.coverage) { entry in
      let coverage = entry.coverage
      let counts = [coverage.countBefore, coverage.countAfter].map { $0.map(String.init) ?? "none" }
      var remarks = coverage.notes.map { markdownCode($0) }
      if coverage.duplicates > 0 { remarks.append(counted(coverage.duplicates, "duplicate")) }
      return [
        entry.list.title, coverage.stateText, String(coverage.records),
        "\(counts[0]) before, \(counts[1]) after", remarks.joined(separator: "; "),
      ]
    }
  }

  private static func addExpiring(_ report: AuditReport, _ section: inout MarkdownSection) {
    section.paragraph("## Expiring within \(Expiry.days) days")
    let owners = report.expiring.byOwner()
    guard !owners.isEmpty else { return section.paragraph("Nothing that was seen.") }
    section.table(["Owner", "Expiring", "First", "Which"], owners, limit: ownerLimit) { group in
      let named = group.first(3).map { expiry in
        let label = expiry.resource.label.map { " \(markdownCode($0, limit: 60))" } ?? ""
        return
          "\(expiry.resource.kind.rawValue) \(markdownCode(expiry.resource.id))\(label) (\(expiry.expiresAt.dateText))"
      }
      let more = group.count - named.count
      return [
        group.owner.map { markdownCode($0.text) } ?? "not known", String(group.count),
        group.first.expiresAt.dateText, named.joined(separator: ", ") + (more > 0 ? " and \(more) more" : ""),
      ]
    }
  }

  private static func addNumbers(_ report: AuditReport, _ section: inout MarkdownSection) {
    section.paragraph("## Findings")
    let totals = report.totalsBySeverity()
    guard !totals.isEmpty else {
      return section.paragraph(
        report.gaps.isEmpty ? "None." : "None in what was seen; see above for what was not.")
    }
    let hasBaseline = report.baseline != nil
    let header = ["Severity", "Open", "Waived"] + (hasBaseline ? ["Baselined"] : [])
    section.table(header, Severity.worstFirst.filter { totals[$0] != nil }) { severity in
      let total = totals[severity] ?? FindingTotals()
      return [severity.rawValue, String(total.open), String(total.waived)]
        + (hasBaseline ? [String(total.baselined)] : [])
    }
  }

  private static func addWaivers(_ report: AuditReport, _ section: inout MarkdownSection) {
    guard !report.waivers.isEmpty else { return }
    section.paragraph("## Waivers")
    section.table(
      ["Waiver", "State", "Accepts", "Matches", "Reason", "Owner", "Until"], report.waivers, limit: rowLimit
    ) { result in
      let waiver = result.waiver
      let reason = markdownCode(waiver.reason) + (waiver.ticket.map { " \(markdownCode($0))" } ?? "")
      return [
        markdownCode(waiver.id), result.state == .used ? "used" : "**\(result.state.rawValue)**",
        markdownProse(waiver.subjectText), String(result.matches), reason, markdownCode(waiver.owner),
        waiver.expires.dateText,
      ]
    }
  }

  private static func addRules(_ report: AuditReport, _ section: inout MarkdownSection) {
    section.paragraph("## Rules")
    section.table(
      ["Rule", "Severity", "Flagged", "Passed", "Not evaluable", "Not applicable", "Not seen"], report.rules
    ) { result in
      [
        markdownCode(result.rule.id), result.severity.rawValue, String(result.flagged), String(result.passed),
        String(result.notEvaluableCount), String(result.notApplicable),
        result.missingLists.map(\.title).joined(separator: ", "),
      ]
    }
  }

  private static func addPolicy(_ report: AuditReport, _ section: inout MarkdownSection) {
    let run = report.run
    section.paragraph("## Policy")
    section.paragraph(
      "\(markdownCode(run.policyID)), \(markdownProse(run.policyTitle)), \(counted(report.rules.count, "rule")), "
        + "SHA-256 `\(run.policyDigest)`")
    for source in run.facts {
      section.paragraph(
        "Facts \(markdownCode(source.name)): \(counted(source.rows, "row")), SHA-256 `\(source.digest)`")
    }
  }
}
