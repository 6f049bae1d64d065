import Audit
import Files
import Inventory
import Policy

/// The report for a terminal: a summary that fits a screen. The other formats have every finding.
enum TextReport: Reporter {
  static let fileName = "report.txt"

  static func write(
    _ report: AuditReport, _ options: ReportOptions, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    for line in TextSummary(report, options).lines { try writer.write(line + "\n") }
  }

  static func writeUnfinished(to writer: inout some ByteWriter & ~Copyable) throws {
    try writer.write("INCONCLUSIVE: \(UnfinishedRun.title).\n\(UnfinishedRun.explanation)\n")
  }
}

/// The lines of the text report.
private struct TextSummary {
  private let report: AuditReport
  private let width: Int
  private let palette: Palette
  private(set) var lines: [String] = []

  private static let reasonLimit = 3
  private static let gapLimit = 5
  private static let ruleLimit = 10
  private static let findingLimit = 6
  private static let ownerLimit = 3
  private static let goneLimit = 3

  init(_ report: AuditReport, _ options: ReportOptions) {
    self.report = report
    width = max(40, options.width)
    palette = Palette(isColored: options.color)
    addVerdict()
    addCoverage()
    addGaps()
    addRules()
    addFindings()
    addBaseline()
    addExpiring()
    addWaivers()
    addEnd()
  }

  private mutating func addVerdict() {
    let verdict = report.verdict
    let state = verdict.state
    let sentence = wrapped("\(state.title): \(visible(report.summary))", to: width - 2).map {
      fitted($0, to: width - 2)
    }
    lines.append(
      palette.paint(state.title, .bold, state.color) + (sentence.first?.dropFirst(state.title.count) ?? ""))
    lines += sentence.dropFirst().map { "  " + $0 }
    for reason in verdict.reasons.dropFirst().prefix(Self.reasonLimit) { addText("also: \(visible(reason))") }
    if verdict.reasons.count > Self.reasonLimit + 1 {
      addText("also: \(counted(verdict.reasons.count - Self.reasonLimit - 1, "more reason"))")
    }
    let run = report.run
    lines.append("")
    addText("organization \(visible(run.organizationID)), collected \(run.collectedAt.readable)")
    addText("judged as of \(run.auditedAt.readable)\(run.instantNote.map { ": \($0)" } ?? "")")
    addText(
      "policy \(visible(run.policyID)) (\(run.policyDigest.prefix(12))), fails on \(run.failOn.rawValue) or worse")
    for source in run.facts {
      addText("facts \(visible(source.name)): \(counted(source.rows, "row")) (\(source.digest.prefix(12)))")
    }
    if let base = run.apiBase { addText("answered by \(visible(base)), not by Atlassian") }
  }

  private mutating func addCoverage() {
    addHeading("Seen")
    var table = TextTable()
    for entry in report.coverage {
      let coverage = entry.coverage
      let state = TextTable.Cell(text: coverage.stateText, color: coverage.isComplete ? nil : .yellow)
      table.row(
        .init(text: entry.list.title), state, .init(text: counted(coverage.records, "record"), isNumber: true))
    }
    addTable(table)
    for entry in report.coverage where !entry.coverage.notes.isEmpty {
      addText("\(entry.list.title): \(entry.coverage.notes.map(visible).joined(separator: "; "))")
    }
  }

  private mutating func addGaps() {
    let groups = report.gapGroups
    guard !groups.isEmpty else { return }
    addHeading("Not known")
    var table = TextTable()
    for group in groups.prefix(Self.gapLimit) {
      let bearing: TextTable.Cell =
        switch group.bearing {
        case .decisive: .init(text: "no pass", color: .yellow)
        case .accepted: "waived"
        case .irrelevant: .init(text: "not needed", color: .dim)
        }
      table.row(bearing, .init(text: group.subjectText), .init(text: visible(group.reason)))
    }
    addTable(table)
    addMore(groups.count - Self.gapLimit)
    for group in groups.prefix(Self.gapLimit) {
      if case .accepted(let waivers) = group.bearing {
        for waiver in waivers { addText("waived: \(group.subjectText), \(Self.acceptance(waiver))") }
      } else if let advice = group.advice {
        addText("to do for \(group.subjectText): \(prose(advice))")
      }
    }
  }

  private static func acceptance(_ waiver: Waiver) -> String {
    "by \(visible(waiver.owner)) until \(waiver.expires.dateText): \(visible(waiver.reason))"
  }

  private mutating func addRules() {
    let totals = report.totalsByRule()
    let shown = report.rules.filter { totals[$0.rule.id] != nil || $0.notEvaluableCount > 0 }
    addHeading("Rules")
    var table = TextTable()
    let hasBaseline = report.baseline != nil
    if !shown.isEmpty {
      table.row(of: ["", "open", "waived"] + (hasBaseline ? ["baselined"] : []) + ["unknown", "rule"])
    }
    for result in shown.prefix(Self.ruleLimit) {
      let total = totals[result.rule.id] ?? FindingTotals()
      table.row(
        of: [
          .init(text: result.severity.rawValue, color: result.severity.color), number(total.open), number(total.waived),
        ] + (hasBaseline ? [number(total.baselined)] : []) + [
          number(result.notEvaluableCount), .init(text: "\(result.rule.id): \(prose(result.rule.title))"),
        ])
    }
    addTable(table)
    addMore(shown.count - Self.ruleLimit)
    let silent = report.rules.filter { totals[$0.rule.id] == nil && $0.notEvaluableCount == 0 }
    let unseen = silent.count { !$0.missingLists.isEmpty }
    if silent.count > unseen { addText("\(counted(silent.count - unseen, "rule")) with nothing to flag") }
    if unseen > 0 { addText("\(counted(unseen, "rule")) with nothing to flag in what was seen, which is not all") }
  }

  private mutating func addFindings() {
    let worst = report.findings.open(first: Self.findingLimit)
    guard !worst.isEmpty else { return }
    addHeading("Worst findings")
    var table = TextTable()
    for finding in worst {
      let resource = finding.resource
      let name = "\(resource.kind.rawValue) \(visibleOrEmpty(resource.id))"
      let label = resource.label.map { "\"\(fitted(visible($0), to: 24))\"" }
      let owner = resource.owner.map { " of \(visibleOrEmpty($0.text))" } ?? ""
      let text =
        "\(label ?? name)\(owner): \(visible(finding.message))" + (label == nil ? "" : " (\(name))")
        + (finding.baseline.map { $0.state == .new ? "" : ", \(visible($0.text))" } ?? "")
      table.row(
        .init(text: finding.severity.rawValue, color: finding.severity.color), .init(text: finding.ruleID),
        .init(text: text))
    }
    addTable(table)
    addMore(report.findings.openCount - worst.count)
  }

  private mutating func addBaseline() {
    guard let baseline = report.baseline, let text = report.baselineText, let numbers = report.baselineNumbers else {
      return
    }
    addHeading("Compared with the \(text)")
    addText(numbers)
    for note in baseline.notes { addText("note: \(visible(note))") }
    var table = TextTable()
    for finding in baseline.resolved.prefix(Self.goneLimit) {
      table.row(.init(text: "resolved", color: .green), .init(text: finding.ruleID), .init(text: finding.resourceText))
    }
    for unseen in baseline.unknown.prefix(Self.goneLimit) {
      table.row(
        .init(text: "not known", color: .yellow), .init(text: unseen.finding.ruleID),
        .init(text: "\(unseen.finding.resourceText): \(visible(unseen.reason))"))
    }
    addTable(table)
    addMore(baseline.resolved.count - Self.goneLimit, "resolved", "resolved")
    addMore(baseline.unknown.count - Self.goneLimit, "not known", "not known")
  }

  private mutating func addExpiring() {
    let owners = report.expiring.byOwner()
    guard !owners.isEmpty else { return }
    addHeading("Expiring within \(Expiry.days) days")
    var table = TextTable()
    table.row("first", "expiring", "owner")
    for group in owners.prefix(Self.ownerLimit) {
      table.row(
        .init(text: group.first.expiresAt.dateText), number(group.count), .init(text: group.ownerText))
    }
    addTable(table)
    addMore(owners.count - Self.ownerLimit, "owner")
  }

  private mutating func addWaivers() {
    let stale = report.waivers.filter { $0.state != .used }
    guard !stale.isEmpty else { return }
    addHeading("Waivers that accept nothing")
    var table = TextTable()
    for result in stale.prefix(Self.gapLimit) {
      let text =
        result.state == .expired
        ? "expired on \(result.waiver.expires.dateText); what it covered is open again" : "matches nothing any more"
      table.row(.init(text: "waiver \(visible(result.waiver.id))"), .init(text: text, color: .yellow))
    }
    addTable(table)
    addMore(stale.count - Self.gapLimit)
  }

  private mutating func addEnd() {
    addHeading("Not assessed: no Admin API shows it")
    for item in AuditReport.notAssessed { addText(item.title) }
  }

  // MARK: - Lines

  private func number(_ count: Int) -> TextTable.Cell {
    TextTable.Cell(text: count == 0 ? "–" : String(count), isNumber: true)
  }

  private mutating func addHeading(_ text: String) {
    lines.append("")
    lines.append(palette.paint(text, .bold))
  }

  private mutating func addText(_ text: String) {
    lines += wrapped(text, to: width - 2).map { "  " + fitted($0, to: width - 2) }
  }

  private mutating func addTable(_ table: TextTable) { lines += table.lines(width: width, palette) }

  private mutating func addMore(_ count: Int, _ what: String = "", _ plural: String? = nil) {
    guard count > 0 else { return }
    addText(what.isEmpty ? "and \(count) more" : "and \(counted(count, "more \(what)", plural.map { "more \($0)" }))")
  }
}
