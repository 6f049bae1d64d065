import CEL
import YAML

/// Lays policy files over each other, the base first.
struct PolicyMerger {
  private let builtIn: [String: Rule]
  private var own: [String: Rule] = [:]
  private var selected: [String: Selection] = [:]
  private var compiler = RuleCompiler()

  /// The tables of facts that conditions can ask, by name.
  var facts: [FactDeclaration] { compiler.facts }

  private struct Selection {
    let rule: Rule
    /// The entry that selected the rule.
    let origin: Origin
    var severity: Setting<Severity>
    var parameters: [String: Setting<ParameterValue>] = [:]
    /// In the order in which they are asked.
    var overrides: [Override] = []

    struct Override {
      let match: Expression
      let matches: [ResourceKind: CompiledMatch]
      let node: Node
      let origin: Origin
      let isEnabled: Bool
      let severity: Setting<Severity>?
      let parameters: [String: Setting<ParameterValue>]
    }

    init(_ rule: Rule, _ origin: Origin) {
      self.rule = rule
      self.origin = origin
      severity = Setting(rule.severity, .rule)
    }

    /// - Parameter override: Sets what it has before the entry does; nil for what is in force where none matches.
    func settings(_ override: Override?) -> RuleSettings {
      RuleSettings(
        severity: override?.severity ?? severity,
        parameters: rule.parameters.map { definition in
          let setting = override?.parameters[definition.name] ?? parameters[definition.name]
          return ParameterSetting(
            name: definition.name, value: setting?.value ?? definition.defaultValue, origin: setting?.origin ?? .rule)
        })
    }
  }

  /// - Parameter builtInRules: Those among them that the files name.
  init(_ builtInRules: [Rule]) {
    builtIn = Dictionary(uniqueKeysWithValues: builtInRules.map { ($0.id, $0) })
  }

  /// Takes what the files and the rules that they name say about facts, the base first.
  mutating func declareFacts(_ files: some Sequence<PolicyFile>, _ diagnostics: inout [Diagnostic]) {
    var merger = FactMerger()
    var ids: Set<String> = []
    for file in files {
      for entry in file.entries {
        switch entry.change {
        case .definition(let rule, _): merger.add(rule)
        case .override:
          if let rule = builtIn[entry.id], ids.insert(rule.id).inserted { merger.add(rule) }
        }
      }
    }
    for file in files { for setting in file.facts { merger.add(setting) } }
    compiler = RuleCompiler(facts: merger.declarations())
    diagnostics += merger.diagnostics
  }

  mutating func apply(_ file: PolicyFile, _ diagnostics: inout [Diagnostic]) {
    var reader = FileReader(file.reader.source)
    for entry in file.entries {
      switch entry.change {
      case .definition(let rule, let scoped):
        if builtIn[rule.id] != nil || own[rule.id] != nil {
          reader.error(
            "a rule `\(rule.id)` exists already", advice: "leave out `condition` to change it, or choose another id",
            at: entry.key)
        } else {
          own[rule.id] = rule
          var selection = Selection(rule, reader.origin(of: entry.key))
          selection.overrides = overrides(scoped, of: rule, &reader)
          selected[rule.id] = selection
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
        advice: didYouMean(entry.id, among: BuiltInPolicies.ruleIDs + own.keys)
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
    var selection = selected[entry.id] ?? Selection(rule, reader.origin(of: entry.key))
    if let severity = change.severity { selection.severity = severity }
    selection.parameters.merge(parameters(change, of: rule, &reader)) { $1 }
    // What a policy says comes before what it extends.
    selection.overrides = overrides(change.scoped, of: rule, &reader) + selection.overrides
    selected[entry.id] = selection
  }

  private mutating func overrides(
    _ scoped: [PolicyFile.ScopedOverride], of rule: Rule, _ reader: inout FileReader
  ) -> [Selection.Override] {
    let overrides = scoped.map { scoped in
      Selection.Override(
        match: scoped.match, matches: compiler.match(scoped.match, kinds: rule.resources), node: scoped.node,
        origin: reader.origin(of: scoped.node), isEnabled: scoped.change.enabled, severity: scoped.change.severity,
        parameters: parameters(scoped.change, of: rule, &reader))
    }
    check(overrides, &reader)
    return overrides
  }

  /// Overrides that are never in force are errors: who wrote them believes that they are.
  private func check(_ overrides: [Selection.Override], _ reader: inout FileReader) {
    for (index, override) in overrides.enumerated() {
      let earlier = overrides[..<index]
      if override.matches.constant == false {
        reader.error("the override can never match", at: override.node)
      } else if let first = earlier.first(where: { $0.matches.constant == true }) {
        reader.error(
          "the override is never reached: the one at \(first.origin.text) matches everything",
          advice: "the first override that matches is in force; put this one above it", at: override.node)
      } else if let first = earlier.first(where: { $0.match.text == override.match.text }) {
        reader.error(
          "the override is never reached: the one at \(first.origin.text) has the same match",
          advice: "put what both change into one", at: override.node)
      }
      if let field = override.matches.userChosenField {
        reader.warning(
          "the match rests on `\(field)`, which the resource's owner chooses",
          advice: "anybody can name a token so that it matches, or doesn't; be content with either",
          at: reader.location(of: override.node))
      }
    }
  }

  private func parameters(
    _ change: PolicyFile.Override, of rule: Rule, _ reader: inout FileReader
  ) -> [String: Setting<ParameterValue>] {
    var settings: [String: Setting<ParameterValue>] = [:]
    for member in change.parameters {
      guard let definition = rule.parameters.first(where: { $0.name == member.name }) else {
        let names = rule.parameters.map(\.name)
        reader.error(
          "the rule `\(rule.id)` has no parameter `\(member.name)`",
          advice: didYouMean(member.name, among: names)
            ?? (names.isEmpty ? "it has none" : "it has: \(names.joined(separator: ", "))"), at: member.key)
        continue
      }
      settings[member.name] = RuleParser.parameterValue(
        member.value, definition.defaultValue.type, "`\(member.name)`", &reader
      ).map { Setting($0, reader.origin(of: member.key)) }
    }
    return settings
  }

  /// The selected rules by id, compiled with their parameters.
  mutating func selectedRules(_ diagnostics: inout [Diagnostic]) -> [SelectedRule] {
    let rules = selected.values.sorted { $0.rule.id < $1.rule.id }.map { selection in
      let settings = selection.settings(nil)
      let overrides = selection.overrides.map { override in
        CompiledOverride(
          settings: RuleOverride(
            match: override.match.text, origin: override.origin, isEnabled: override.isEnabled,
            settings: selection.settings(override)),
          matches: override.matches)
      }
      return SelectedRule(
        rule: selection.rule, origin: selection.origin, settings: settings, overrides: overrides.map(\.settings),
        programs: compiler.programs(of: selection.rule, settings, overrides))
    }
    diagnostics += compiler.diagnostics
    return rules
  }
}

/// An override with its compiled match, by kind of resource.
struct CompiledOverride {
  let settings: RuleOverride
  let matches: [ResourceKind: CompiledMatch]
}
