import Inventory
import Policy
import Reporting

/// A policy as a file that stands by itself, with comments that say where its values come from.
struct PolicyText {
  private let policy: GovernancePolicy
  private let builtIn: Set<String>
  private var yaml = YAMLText()

  /// - Parameter builtIn: Ids of the rules that need no definition.
  init(_ policy: GovernancePolicy, builtIn: Set<String>) {
    self.policy = policy
    self.builtIn = builtIn
    let count = policy.rules.count
    yaml.comment("\(visible(policy.id)): \(visible(policy.title))")
    yaml.comment("\(count) \(count == 1 ? "rule" : "rules"), sha256 \(policy.digest)")
    yaml.line("id", YAMLText.scalar(policy.id))
    yaml.line("title", YAMLText.scalar(policy.title))
    yaml.facts(policy.facts)
    yaml.block("rules") { yaml in
      for selected in policy.rules.sorted(by: { ($1.severity, $0.rule.id) < ($0.severity, $1.rule.id) }) {
        yaml.block(selected.rule.id, comment: Self.comment(selected.origin)) { yaml in
          if builtIn.contains(selected.rule.id) {
            yaml.settings(selected.settings)
          } else {
            yaml.definition(selected)
          }
          yaml.overrides(selected.overrides)
        }
      }
    }
  }

  var text: String { yaml.text }

  fileprivate static func comment(_ origin: Origin) -> String { visible(origin.text) }
}

extension YAMLText {
  fileprivate mutating func settings(_ settings: RuleSettings) {
    severity(settings.severity)
    guard !settings.parameters.isEmpty else { return }
    block("parameters") { yaml in
      for parameter in settings.parameters {
        yaml.line(parameter.name, Self.value(parameter.value), comment: PolicyText.comment(parameter.origin))
      }
    }
  }

  private mutating func severity(_ severity: Setting<Severity>) {
    line("severity", severity.value.rawValue, comment: PolicyText.comment(severity.origin))
  }

  fileprivate mutating func overrides(_ overrides: [RuleOverride]) {
    guard !overrides.isEmpty else { return }
    block("overrides") { yaml in
      for override in overrides {
        yaml.element { yaml in
          yaml.line("match", Self.quoted(override.match), comment: PolicyText.comment(override.origin))
          guard override.isEnabled else { return yaml.line("enabled", "false") }
          yaml.settings(override.settings)
        }
      }
    }
  }

  /// A rule of the user's own, whose severity and parameters are those that are in force.
  fileprivate mutating func definition(_ selected: SelectedRule) {
    let rule = selected.rule
    line("title", Self.scalar(rule.title))
    line("resource", Self.list(rule.resources.map(\.rawValue)))
    severity(selected.settings.severity)
    if rule.verdict != .fail { line("verdict", rule.verdict.rawValue) }
    if !rule.parameters.isEmpty {
      block("parameters") { yaml in
        for (definition, setting) in zip(rule.parameters, selected.parameters) {
          yaml.block(definition.name) { yaml in
            yaml.line("type", setting.value.type.rawValue)
            yaml.line("default", Self.value(setting.value), comment: PolicyText.comment(setting.origin))
            yaml.optional("description", definition.description)
          }
        }
      }
    }
    if let applies = rule.applies { expression("applies", applies) }
    expression("condition", rule.condition)
    optional("message", rule.message)
    if let measure = rule.measure { expression("measure", measure) }
    if !rule.yieldsTo.isEmpty { line("yields-to", Self.list(rule.yieldsTo)) }
    optional("rationale", rule.rationale)
    optional("remediation", rule.remediation)
    if !rule.references.isEmpty {
      block("references") { yaml in
        for reference in rule.references { yaml.line(Self.scalar(reference.framework), Self.list(reference.clauses)) }
      }
    }
    examples(rule)
  }

  private mutating func examples(_ rule: Rule) {
    guard !rule.examples.isEmpty else { return }
    block("examples") { yaml in
      for example in rule.examples {
        yaml.element { yaml in
          yaml.line(example.outcome.rawValue, Self.flow(example.record))
          if rule.resources.count > 1 { yaml.line("resource", example.kind.rawValue) }
          yaml.line("at", example.at.text)
          yaml.facts(of: example)
          // An example was written for the defaults that the rule had.
          let values = rule.parameters.map { ($0.name, example.parameters[$0.name] ?? $0.defaultValue) }
          guard !values.isEmpty else { return }
          yaml.block("parameters") { yaml in for (name, value) in values { yaml.line(name, Self.value(value)) } }
        }
      }
    }
  }

  private mutating func optional(_ key: String, _ text: String) {
    if !text.isEmpty { line(key, Self.scalar(text)) }
  }

  /// The value as a policy file spells it.
  private static func value(_ value: ParameterValue) -> String {
    switch value {
    case .string(let text): scalar(text)
    case .strings(let texts): list(texts)
    case .duration, .int, .double, .bool: value.text
    }
  }
}
