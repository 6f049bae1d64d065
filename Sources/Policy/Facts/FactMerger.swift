/// Puts together what rules and policy files say about tables of facts.
struct FactMerger {
  private var settings: [String: FactSetting] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  /// The tables by name; one without a key is reported.
  mutating func declarations() -> [FactDeclaration] {
    settings.values.sorted { $0.name < $1.name }.compactMap { setting in
      if setting.key == nil {
        report(setting, "the facts `\(setting.name)` have no `key`, the column that finds a row")
      }
      return setting.declaration
    }
  }

  /// Adds what a rule needs. Rules that share a table agree about it.
  mutating func add(_ rule: Rule) {
    for declaration in rule.facts {
      let setting = FactSetting(
        name: declaration.name, key: declaration.key, ignoresCase: declaration.ignoresCase,
        allowsEmpty: declaration.allowsEmpty, columns: declaration.columns, description: declaration.description,
        source: rule.expressions.condition.source, location: rule.expressions.condition.location(at: 0))
      if let known = settings[setting.name], known.key != setting.key || known.ignoresCase != setting.ignoresCase {
        report(setting, "the rule `\(rule.id)` reads the facts `\(setting.name)` by another key than other rules do")
      }
      merge(setting)
    }
  }

  /// Adds what a policy file says: the name of the key's column and whether the file can be empty are for it to choose.
  /// Whether case counts is what the conditions are written for.
  mutating func add(_ setting: FactSetting) {
    if let known = settings[setting.name]?.ignoresCase, let ignoresCase = setting.ignoresCase, known != ignoresCase {
      report(setting, "rules read the facts `\(setting.name)` with `ignore-case: \(known)`")
    }
    merge(setting)
  }

  private mutating func merge(_ setting: FactSetting) {
    guard var merged = settings[setting.name] else {
      settings[setting.name] = setting
      return
    }
    merged.key = setting.key ?? merged.key
    merged.ignoresCase = merged.ignoresCase ?? setting.ignoresCase
    merged.allowsEmpty = setting.allowsEmpty ?? merged.allowsEmpty
    merged.description = merged.description ?? setting.description
    for column in setting.columns {
      guard let known = merged.columns.first(where: { $0.name == column.name }) else {
        merged.columns.append(column)
        continue
      }
      if known.type != column.type {
        report(
          setting, "the column `\(column.name)` of the facts `\(setting.name)` is \(known.type.rawValue) elsewhere")
      }
    }
    settings[setting.name] = merged
  }

  private mutating func report(_ setting: FactSetting, _ message: String) {
    diagnostics.append(Diagnostic(.error, message, in: setting.source, at: setting.location))
  }
}
