import YAML

/// The keys of a policy file.
enum PolicyFileKeys {
  static let id = FileKey("id", .text, "How reports call the policy; by default the file's name.")
  static let title = FileKey("title", .text, "What people call it.")
  static let description = FileKey("description", .text, "What it is for.")
  static let extends = FileKey(
    "extends", .text, "The policy that it starts from: a built-in one, or a path relative to this file.")
  static let rules = FileKey(
    "rules", .nested(.orEmpty(.members(.anyOf([.orEmpty(.mapping(entry)), .mapping(RuleFile.definition)])))),
    "Rules to select, to change or to leave out, by id; one with a `condition` is defined.")
  static let mapping = FileMapping("a policy", [id, title, description, extends, FactKeys.facts, rules])

  // MARK: - An entry of `rules`

  static let enabled = FileKey("enabled", .boolean, "False to leave the rule out.")
  static let severity = FileKey<Severity>("severity", .choice, "How much a finding matters.")
  static let parameters = FileKey(
    "parameters", .nested(.members(.parameterValue)), "Values of the rule's parameters.")
  static let overrides = FileKey(
    "overrides", .list(of: .mapping(override)),
    "For some of the resources: the first whose `match` is true is in force.")
  static let entry = FileMapping("an entry of `rules`", [enabled, severity, parameters, overrides])

  // MARK: - An override

  static let match = FileKey(
    "match", .expression, "CEL over the resource.", isRequired: true,
    advice: "say for which resources: `match: token.user.id == '…'`")
  static let override = FileMapping("an override", [match, enabled, severity, parameters])
}
