import YAML

/// The keys of a rule: in a file of its own, or below its id in a policy.
enum RuleFile {
  static let id = FileKey("id", .ruleID, "Lowercase words joined by hyphens, two at least.", isRequired: true)
  static let title = FileKey("title", .text, "What is wrong, in a few words.")
  static let resource = FileKey(
    "resource", .resourceKinds, "What the rule is asked of.", isRequired: true,
    advice: "it can be: \(ResourceKind.allCases.map(\.rawValue).joined(separator: ", "))")
  static let severity = FileKey<Severity>("severity", .choice, "How much a finding matters; medium by default.")
  static let verdict = FileKey<Rule.Verdict>(
    "verdict", .choice, "What an open finding makes of the run; fail by default.")
  static let parameters = FileKey(
    "parameters", .nested(.members(.mapping(parameter))), "What a policy can set, by name.")
  static let applies = FileKey(
    "applies", .expression, "CEL: on which resources the rule is asked; by default live ones.")
  static let condition = FileKey("condition", .expression, "CEL: true where something is wrong.", isRequired: true)
  static let message = FileKey(
    "message", .expression, "What a finding says: a sentence that starts with the resource, with CEL in braces.")
  static let measure = FileKey(
    "measure", .expression, "CEL, an int or a double: how bad a finding is, greater is worse.")
  static let yieldsTo = FileKey("yields-to", .texts, "Rules that flag the same cause more exactly.")
  static let rationale = FileKey("rationale", .text, "Why it matters.")
  static let remediation = FileKey("remediation", .text, "What to do, and where.")
  static let references = FileKey(
    "references", .nested(.members(.list(.text))), "Clauses of frameworks that the rule supports.")
  static let examples = FileKey(
    "examples", .list(of: .mapping(example)), "Records with the outcome that the rule has for them.")

  /// In a file of its own.
  static let mapping = FileMapping(
    "a rule",
    [
      id, title, resource, severity, verdict, parameters, FactKeys.facts, applies, condition, message, measure,
      yieldsTo, rationale, remediation,
      references, examples,
    ])
  /// Below its id in a policy, which can override it.
  static let definition = mapping.without(id.name).with(PolicyFileKeys.overrides)

  // MARK: - A parameter

  static let type = FileKey<ParameterType>("type", .choice, "The type of its values.", isRequired: true)
  static let defaultValue = FileKey(
    "default", .nested(FileShape.parameterValue), "Its value unless a policy sets it.", isRequired: true)
  static let description = FileKey("description", .text, "What it is for, and why the default is what it is.")
  static let parameter = FileMapping("a parameter", [type, defaultValue, description])

  // MARK: - An example

  static let outcomes = Rule.Example.Outcome.allCases.map { outcome in
    FileKey(outcome.rawValue, .nested(.record), "A record on which the rule comes out as \(outcome.rawValue).")
  }
  static let at = FileKey(
    "at", .instant, "The audit instant: a date, or a date and time.", isRequired: true,
    advice: "say when the audit is: `at: 2026-03-01`")
  static let exampleResource = FileKey(
    "resource", .resourceKinds, "The kind of the record, for a rule on several; by default its first.")
  static let settings = FileKey(
    "parameters", .nested(.members(.parameterValue)), "Values of parameters; the others have their defaults.")
  static let example = FileMapping(
    "an example", outcomes + [at, exampleResource, settings, FactKeys.rows], exactlyOneOf: outcomes.map(\.name))
}

extension FileType where Value == String {
  static let ruleID = FileType(.pattern(FileShape.ruleIDPattern)) { node, _, reader in
    RuleParser.identifier(node, &reader)
  }
}

extension FileType where Value == [ResourceKind] {
  static let resourceKinds = FileType(.oneOrMore(.choice(ResourceKind.allCases.map(\.rawValue)))) {
    node, _, reader in
    RuleParser.kinds(node, &reader)
  }
}

extension FileShape {
  static let ruleIDPattern = "^[a-z0-9]+(-[a-z0-9]+)+$"
  /// A value whose type the rule declares.
  static let parameterValue = FileShape.anyOf([.text, .list(.text)])
}
