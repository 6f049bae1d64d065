import Inventory
import YAML

/// A policy file as it stands, before what it extends is looked up.
struct PolicyFile {
  let id: String
  let title: String
  /// The policy that this one starts from, with the place that names it.
  let extends: (name: String, location: SourceLocation)?
  let facts: [FactSetting]
  let entries: [Entry]
  let reader: FileReader

  /// What the file says about one rule.
  struct Entry {
    let id: String
    let key: Node
    let change: Change
  }

  enum Change {
    /// A rule of the user's own.
    case definition(Rule, [ScopedOverride])
    case override(Override)
  }

  /// What an entry changes, and for which resources.
  struct Override {
    var enabled = true
    var severity: Setting<Severity>?
    /// Values are read once the rule and with it their types are known.
    var parameters: [FileReader.Member] = []
    var scoped: [ScopedOverride] = []
  }

  /// A change for the resources that match.
  struct ScopedOverride {
    let match: Expression
    let node: Node
    let change: Override
  }
}

/// Reads a policy file: `id`, `title`, `description`, `extends`, `facts`, and `rules`, in which an entry with a `condition`
/// defines a rule and any other selects or changes one.
struct PolicyParser {
  static func policy(_ source: SourceFile) -> (policy: PolicyFile?, diagnostics: [Diagnostic]) {
    var reader = FileReader(source)
    guard let node = reader.document() else { return (nil, reader.diagnostics) }
    if case .mapping(let mapping, _) = node, mapping.contains(where: { $0.key.string == "condition" }) {
      reader.error(
        "this is a rule, not a policy", advice: "put it into a policy file, below `rules:` and its id", at: node)
      return (nil, reader.diagnostics)
    }
    let members = reader.members(of: node, PolicyFileKeys.mapping)
    let id = reader.value(PolicyFileKeys.id, of: members) ?? source.baseName
    let title = reader.value(PolicyFileKeys.title, of: members) ?? id
    _ = reader.value(PolicyFileKeys.description, of: members)
    let base = reader.value(PolicyFileKeys.extends, of: members)
    let extends = members[PolicyFileKeys.extends].flatMap { member in
      base.map { (name: $0, location: reader.location(of: member.value)) }
    }
    let facts = members[FactKeys.facts].map { FactSetting.settings($0.value, &reader) } ?? []
    var entries: [PolicyFile.Entry] = []
    if let rules = members[PolicyFileKeys.rules], !rules.isEmpty {
      entries = reader.members(of: rules.value, "`rules`").compactMap { entry($0, &reader) }
    }
    if extends == nil, entries.isEmpty, !reader.hasErrors {
      reader.error("the policy selects no rule", advice: "add `extends: baseline`, or `rules:`", at: node)
    }
    let policy = PolicyFile(id: id, title: title, extends: extends, facts: facts, entries: entries, reader: reader)
    return (policy, reader.diagnostics)
  }

  private static func entry(_ member: FileReader.Member, _ reader: inout FileReader) -> PolicyFile.Entry? {
    if member.isEmpty {
      return PolicyFile.Entry(id: member.name, key: member.key, change: .override(PolicyFile.Override()))
    }
    if case .mapping(let mapping, _) = member.value, mapping.contains(where: { $0.key.string == "condition" }) {
      guard let id = RuleParser.identifier(member.key, &reader),
        let rule = RuleParser.rule(member.value, id: id, &reader)
      else { return nil }
      let overrides = mapping.first { $0.key.string == PolicyFileKeys.overrides.name }.map { _, node in
        reader.elements(of: node, "`overrides`").compactMap { scopedOverride($0, &reader) }
      }
      return PolicyFile.Entry(id: id, key: member.key, change: .definition(rule, overrides ?? []))
    }
    guard case .mapping = member.value else {
      reader.error(
        "an entry of `rules` should be a mapping (`key: value` lines)",
        advice: "write `\(member.name): { enabled: false }` to leave the rule out, or its severity and parameters",
        at: member.value)
      return nil
    }
    let members = reader.members(of: member.value, PolicyFileKeys.entry)
    var change = change(members, &reader)
    if let overrides = members[PolicyFileKeys.overrides] {
      change.scoped = (reader.value(PolicyFileKeys.overrides, of: members) ?? []).compactMap {
        scopedOverride($0, &reader)
      }
      if !change.enabled {
        reader.error(
          "the overrides of a rule that is turned off are never asked", advice: "leave out `enabled: false`, or them",
          at: overrides.key)
      }
    }
    return PolicyFile.Entry(id: member.name, key: member.key, change: .override(change))
  }

  private static func scopedOverride(_ node: Node, _ reader: inout FileReader) -> PolicyFile.ScopedOverride? {
    let members = reader.members(of: node, PolicyFileKeys.override)
    let change = change(members, &reader)
    guard let match = reader.value(PolicyFileKeys.match, of: members), let member = members[PolicyFileKeys.match] else {
      return nil
    }
    if case .mapping(let mapping, _) = node, mapping.count == 1 {
      reader.error(
        "the override changes nothing", advice: "give it `severity`, `parameters` or `enabled`", at: member.key)
    }
    return PolicyFile.ScopedOverride(match: match, node: member.value, change: change)
  }

  private static func change(_ members: FileMembers, _ reader: inout FileReader) -> PolicyFile.Override {
    var change = PolicyFile.Override()
    change.enabled = reader.value(PolicyFileKeys.enabled, of: members) ?? true
    if let value = reader.value(PolicyFileKeys.severity, of: members), let member = members[PolicyFileKeys.severity] {
      change.severity = Setting(value, reader.origin(of: member.key))
    }
    if let parameters = members[PolicyFileKeys.parameters] {
      change.parameters = reader.members(of: parameters.value, "`parameters`")
    }
    if !change.enabled, let idle = members[PolicyFileKeys.severity] ?? members[PolicyFileKeys.parameters] {
      reader.error(
        "`\(idle.name)` says nothing where the rule is turned off", advice: "leave out `enabled: false`, or it",
        at: idle.key)
    }
    return change
  }
}

extension SourceFile {
  /// The file's name without folder and ending.
  var baseName: String {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return last.split(separator: ".").first.map(String.init) ?? last
  }
}
