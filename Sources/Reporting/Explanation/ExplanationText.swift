package import Audit
import Inventory
import Policy

/// Why a rule came out as it did on one resource, for a terminal: `tokenreeve audit --explain`.
package struct ExplanationText {
  private let explanation: ResourceExplanation
  private let palette: Palette
  private var lines: [String] = []

  /// Expressions longer than this are cut, so that the values stand near what they belong to.
  private static let expressionWidth = 72

  package init(_ explanation: ResourceExplanation, color: Bool) {
    self.explanation = explanation
    palette = Palette(isColored: color)
    addOutcome()
    addParameters()
    addExpressions()
    addWaivers()
  }

  package var text: String { lines.joined(separator: "\n") + "\n" }

  // MARK: - Sections

  private mutating func addOutcome() {
    let (rule, resource) = (explanation.selected.rule, explanation.resource)
    let label = resource.label.map { " \"\(visible($0))\"" } ?? ""
    lines.append(
      palette.paint(rule.id, .bold) + " on \(resource.kind.rawValue) \(visible(resource.id))\(label): "
        + palette.paint(outcomeText, .bold, outcomeColor))
    var facts = [["rule", prose(rule.title)]]
    if let finding = explanation.finding { facts.append(["finding", visible(finding.message)]) }
    if case .notEvaluable(let reason) = explanation.outcome { facts.append(["reason", visible(reason)]) }
    if let owner = resource.owner { facts.append(["owner", visible(owner.text)]) }
    let severity = explanation.settings.severity
    let own = severity.origin == .rule ? "" : " (\(visible(severity.origin.text)); \(rule.severity.rawValue) by itself)"
    let gates = explanation.gates ? "counts for the verdict" : "below --fail-on, so it does not count for the verdict"
    facts += [
      ["severity", "\(severity.value.rawValue)\(own); \(gates)"],
      ["policy", visible(explanation.policyID)], ["as of", explanation.auditedAt.text],
      ["fingerprint", visible(explanation.fingerprint)],
    ]
    addColumns(facts)
  }

  private var outcomeText: String {
    switch explanation.outcome {
    case .passed: "passed"
    case .flagged: "flagged, \(explanation.finding?.disposition.name ?? "open")"
    case .notApplicable: "not applicable: the rule is not asked of it"
    case .notEvaluable: "not evaluable" + (acceptsGap ? ", waived" : "")
    }
  }

  private var acceptsGap: Bool { explanation.waivers.contains { !$0.isExpired(at: explanation.auditedAt) } }

  private var outcomeColor: Palette.Color {
    switch explanation.outcome {
    case .passed: .green
    case .flagged: explanation.selected.severity.color
    case .notApplicable: .dim
    case .notEvaluable: .yellow
    }
  }

  private mutating func addParameters() {
    guard !explanation.settings.parameters.isEmpty else { return }
    addHeading("Parameters")
    addColumns(
      explanation.settings.parameters.map { setting in
        let own = explanation.selected.rule.parameters.first { $0.name == setting.name }?.defaultValue
        let origin =
          setting.origin == .rule
          ? "the rule's default" : "set at \(setting.origin.text); the rule's default is \(own?.text ?? "")"
        return [setting.name, visible(setting.value.text), visible(origin)]
      })
  }

  private mutating func addExpressions() {
    guard let expressions = explanation.expressions else { return }
    for (index, override) in expressions.overrides.enumerated() {
      let isLast = index == expressions.overrides.count - 1
      let effect = expressions.isTurnedOff && isLast ? "which turns the rule off" : "which sets other values"
      addHeading("Override at \(visible(override.override.origin.text)), \(effect), when")
      addExpression(override.match)
    }
    addHeading("Asked of it when")
    addExpression(expressions.applies)
    let isAsked = explanation.outcome != .notApplicable
    addHeading(isAsked ? "Flagged when" : "Flagged when, if it were asked")
    addExpression(expressions.condition)
  }

  private mutating func addExpression(_ expression: [ExplainedLine]) {
    let isAsked = expression.first?.isNeeded ?? true
    let rows = expression.map { line -> (text: String, value: String) in
      let indent = String(repeating: "  ", count: line.depth)
      var value = line.value.map(visible) ?? ""
      if !line.isNeeded, isAsked, !value.isEmpty { value += "  (not needed)" }
      return (fitted(indent + visible(line.text), to: Self.expressionWidth), value)
    }
    let width = rows.filter { !$0.value.isEmpty }.map { displayWidth($0.text) }.max() ?? 0
    for (row, line) in zip(rows, expression) {
      let text = "  " + (row.value.isEmpty ? row.text : padded(row.text, to: width) + "  " + row.value)
      lines.append(line.isNeeded || !isAsked ? text : palette.paint(text, .dim))
    }
  }

  private mutating func addWaivers() {
    addHeading("Waivers that match")
    if explanation.waivers.isEmpty { return lines.append("  none") }
    for waiver in explanation.waivers {
      let end = waiver.isExpired(at: explanation.auditedAt) ? "expired" : "until"
      lines.append("  \(visible(waiver.id)), \(end) \(waiver.expires.text), by \(visible(waiver.owner))")
      lines.append("    " + prose(waiver.reason) + (waiver.ticket.map { " (\(visible($0)))" } ?? ""))
    }
  }

  // MARK: - Layout

  private mutating func addHeading(_ text: String) { lines += ["", palette.paint(text, .bold)] }

  private mutating func addColumns(_ rows: [[String]]) {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? displayWidth($0[column]) : 0 }.max() ?? 0
    }
    for row in rows {
      let cells = row.enumerated().map { column, cell in
        column == row.count - 1 ? cell : padded(cell, to: widths[column])
      }
      lines.append("  " + cells.joined(separator: "  "))
    }
  }
}
