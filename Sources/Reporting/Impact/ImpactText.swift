package import Audit
import Inventory
import Policy

/// What a policy would change, for a terminal: `tokenreeve policy impact`.
package struct ImpactText {
  private let impact: PolicyImpact
  private let totals: ImpactTotals
  private let palette: Palette
  private let width: Int
  private var lines: [String] = []

  private static let ownerLimit = 10
  private static let findingLimit = 10

  package init(_ impact: PolicyImpact, color: Bool, width: Int) {
    self.impact = impact
    self.width = max(40, width)
    totals = ImpactTotals(impact)
    palette = Palette(isColored: color)
    addVerdicts()
    addRules()
    addOwners()
    addFindings("New findings", impact.added.map { ($0, visible($0.message)) })
    addFindings("Gone", impact.gone.map { ($0.finding, $0.reason.text) })
    addFindings("Not known: the rule could not be evaluated", impact.unknown.map { ($0.finding, visible($0.reason)) })
  }

  package var text: String { lines.joined(separator: "\n") + "\n" }

  private mutating func addVerdicts() {
    let (old, new) = (impact.old, impact.new)
    lines.append(
      palette.paint("From \(visible(old.run.policyID)) to \(visible(new.run.policyID))", .bold)
        + ": \(counted(impact.added.count, "new finding")), \(impact.gone.count) gone, "
        + "\(impact.unknown.count) not known, \(impact.severityChanges.count) of another severity")
    let run = new.run
    lines += [
      "  organization \(visible(run.organizationID)), collected \(run.collectedAt.readable), "
        + "judged as of \(run.auditedAt.readable)",
      "  verdict \(old.verdict.state.rawValue) before, \(new.verdict.state.rawValue) after "
        + "(fails on \(run.failOn.rawValue) or worse)",
    ]
    for reason in new.verdict.reasons.prefix(3) { lines.append("    \(visible(reason))") }
    lines.append(
      "  rules not evaluable somewhere: \(old.rules.count { $0.notEvaluableCount > 0 }) before, "
        + "\(new.rules.count { $0.notEvaluableCount > 0 }) after")
  }

  private mutating func addRules() {
    guard !totals.rules.isEmpty else { return }
    var table = TextTable()
    table.row("rule", "severity", "new", "gone", "not known", "changed")
    for row in totals.rules {
      table.row(
        .init(text: row.id), .init(text: row.severityText, color: row.new?.color), .number(row.counts.added),
        .number(row.counts.gone), .number(row.counts.unknown), .number(row.counts.changed))
    }
    add("Rules", table)
  }

  private mutating func addOwners() {
    guard !totals.owners.isEmpty else { return }
    var table = TextTable()
    table.row("owner", "new", "gone", "not known", "changed")
    for (name, counts) in totals.owners.prefix(Self.ownerLimit) {
      table.row(
        .init(text: visible(name)), .number(counts.added), .number(counts.gone), .number(counts.unknown),
        .number(counts.changed))
    }
    add("Owners", table, left: totals.owners.count - Self.ownerLimit)
  }

  private mutating func addFindings(_ title: String, _ findings: [(finding: Finding, text: String)]) {
    guard !findings.isEmpty else { return }
    var table = TextTable()
    for (finding, text) in findings.prefix(Self.findingLimit) {
      let owner = finding.resource.owner.map { ", \(visible($0.text))" } ?? ""
      table.row(
        .init(text: finding.ruleID), .init(text: "\(visible(finding.resource.id))\(owner)"), .init(text: text))
    }
    add(title, table, left: findings.count - Self.findingLimit)
  }

  private mutating func add(_ title: String, _ table: TextTable, left: Int = 0) {
    lines += ["", palette.paint(title, .bold)] + table.lines(width: width, palette)
    if left > 0 { lines.append("  … and \(left) more; --format json has all") }
  }
}

extension TextTable.Cell {
  fileprivate static func number(_ number: Int) -> TextTable.Cell {
    TextTable.Cell(text: number == 0 ? "-" : grouped(number), isNumber: true)
  }
}

extension ImpactTotals.RuleRow {
  var severityText: String {
    switch (old, new) {
    case (let old?, let new?): old == new ? new.rawValue : "\(old.rawValue), now \(new.rawValue)"
    case (nil, let new?): "\(new.rawValue), added"
    case (let old?, nil): "\(old.rawValue), removed"
    case (nil, nil): ""
    }
  }
}

extension PolicyImpact.GoneFinding.Reason {
  var text: String {
    switch self {
    case .ruleNotSelected: "the new policy does not ask the rule"
    case .passed: "passes"
    case .notApplicable: "the rule is not asked of it any more"
    case .waived: "a waiver accepts it"
    }
  }
}
