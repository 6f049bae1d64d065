import Inventory
import Policy

/// Everything about one rule, as `tokenreeve rules RULE-ID` shows it.
struct RuleDescription {
  private let rule: Rule
  private let severity: Severity
  private let values: [(name: String, value: ParameterValue)]

  init(_ rule: Rule, severity: Severity, values: [(name: String, value: ParameterValue)]) {
    self.rule = rule
    self.severity = severity
    self.values = values
  }

  var text: String {
    var sections = [
      "\(rule.id): \(rule.title)",
      Table(rows: summary).text,
      section("Why", rule.rationale),
      section("What to do", rule.remediation),
      section("Applies when", rule.applies ?? ""),
      section("Flagged when", rule.condition),
      section("Finding", rule.message),
      section("Worse when greater", rule.measure ?? ""),
    ]
    if !values.isEmpty {
      let rows = values.map { name, value in
        [name, value.type.rawValue, value.text, rule.parameters.first { $0.name == name }?.description ?? ""]
      }
      sections.append("Parameters\n" + indented(Table(rows: rows).text))
    }
    if !rule.facts.isEmpty {
      let rows = rule.facts.map { [$0.name, "found by `\($0.key)`", $0.description] }
      sections.append("Facts\n" + indented(Table(rows: rows).text))
    }
    if !rule.references.isEmpty {
      let rows = rule.references.map { [$0.framework, $0.clauses.joined(separator: ", ")] }
      sections.append("References\n" + indented(Table(rows: rows).text))
    }
    if !rule.examples.isEmpty {
      sections.append("Examples\n" + indented(rule.examples.map(text).joined(separator: "\n")))
    }
    return sections.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var summary: [[String]] {
    var rows = [
      ["severity", severity.rawValue], ["asked of", rule.resources.map(\.rawValue).joined(separator: ", ")],
    ]
    if rule.verdict == .inconclusive {
      rows.append(["verdict", "an open finding makes the run inconclusive instead of failing it"])
    }
    if !rule.yieldsTo.isEmpty { rows.append(["yields to", rule.yieldsTo.joined(separator: ", ")]) }
    return rows
  }

  /// The outcome with what the finding says, then the record.
  private func text(_ example: Rule.Example) -> String {
    let settings =
      example.parameters.sorted { $0.key < $1.key }.map { ", \($0.key) \($0.value.text)" }
      + RuleReference.factTexts(example).map { ", \($0)" }
    return "at \(example.at.text)\(settings.joined())\n"
      + indented("\(RuleReference.outcome(rule, example))\n\(Self.json(example.record))")
  }

  private static func json(_ value: JSONValue) -> String {
    var writer = JSONWriter()
    writer.value(nil, value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func section(_ title: String, _ text: String) -> String {
    text.isEmpty ? "" : "\(title)\n\(indented(text))"
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  \($0)" }
      .joined(separator: "\n")
  }
}
