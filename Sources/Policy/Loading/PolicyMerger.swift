import CEL
/// Lays policy files over each other, the base first.
struct PolicyMerger {
  private let builtIn: [String: Rule]
  private var own: [String: Rule] = [:]
  private var selected: [String: Selection] = [:]

  private struct Selection {
    let rule: Rule
    var severity: Severity
    var parameters: [String: ParameterValue] = [:]
  }

  init(_ builtInRules: [Rule]) {
    builtIn = Dictionary(uniqueKeysWithValues: builtInRules.map { ($0.id, $0) })
  }

  mutating func apply(_ file: PolicyFile, _ diagnostics: inout [Diagnostic]) {
    var reader = FileReader(file.reader.source)
    for entry in file.entries {
      switch entry.change {
      case .definition(let rule):
        if builtIn[rule.id] != nil || own[rule.id] != nil {
          reader.error(
            "a rule `\(rule.id)` exists already", advice: "leave out `condition` to change it, or choose another id",
            at: entry.key)
        } else {
          own[rule.id] = rule
          selected[rule.id] = Selection(rule: rule, severity: rule.severity)
        }
      case .override(let change): apply(change, to: entry, &reader)
      }
    }
    diagnostics += reader.diagnostics
  }

  private mutating func apply(_ change: PolicyFile.Override, to entry: PolicyFile.Entry, _ reader: inout FileReader) {
    guard let rule = builtIn[entry.id] ?? own[entry.id] else {
      reader.error(
        "there is no rule `\(entry.id)`",
        advice: didYouMean(entry.id, among: Array(builtIn.keys) + own.keys)
          ?? "a rule of your own needs a `condition`; `tokenreeve rules` lists the built-in ones", at: entry.key)
      return
    }
    guard change.enabled else {
      if selected.removeValue(forKey: entry.id) == nil {
        reader.warning(
          "`\(entry.id)` is not selected, so turning it off changes nothing", at: reader.location(of: entry.key),
          length: entry.id.count)
      }
      return
    }
    var selection = selected[entry.id] ?? Selection(rule: rule, severity: rule.severity)
    if let severity = change.severity { selection.severity = severity }
    for member in change.parameters {
      guard let definition = rule.parameters.first(where: { $0.name == member.name }) else {
        let names = rule.parameters.map(\.name)
        reader.error(
          "the rule `\(entry.id)` has no parameter `\(member.name)`",
          advice: didYouMean(member.name, among: names)
            ?? (names.isEmpty ? "it has none" : "it has: \(names.joined(separator: ", "))"), at: member.key)
        continue
      }
      selection.parameters[member.name] = RuleParser.parameterValue(
        member.value, definition.defaultValue.type, "`\(member.name)`", &reader)
    }
    selected[entry.id] = selection
  }

  /// The selected rules by id, compiled with their parameters.
  func selectedRules(_ diagnostics: inout [Diagnostic]) -> [SelectedRule] {
    var compiler = RuleCompiler()
    let rules = selected.values.sorted { $0.rule.id < $1.rule.id }.map { selection in
      let parameters = selection.rule.parameters.map {
        (name: $0.name, value: selection.parameters[$0.name] ?? $0.defaultValue)
      }
      return SelectedRule(
        rule: selection.rule, severity: selection.severity, parameters: parameters,
        programs: compiler.programs(of: selection.rule, parameters))
    }
    diagnostics += compiler.diagnostics
    return rules
  }
}
