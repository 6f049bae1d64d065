/// The rules and policies that the binary carries: the files of `policies/`.
package enum BuiltInPolicies {
  /// Policy names, sorted.
  package static var names: [String] { files(rules: false).map(\.name) }

  /// Names of the policies that have the rules which support one framework; it has the same name in the references of
  /// rules.
  package static let frameworks = ["cis-controls", "iso-27001", "nist-800-53", "owasp-nhi", "pci-dss", "soc-2"]

  static func policy(named name: String) -> SourceFile? { files(rules: false).first { $0.name == name }?.source }

  /// Every built-in rule, by id, or everything that is wrong with their files (which a test excludes).
  package static func rules() throws(InvalidFiles) -> [Rule] { try readRules.get() }

  /// Read once: they don't change while the process runs.
  private static let readRules = Result(catching: readingRules)

  private static func readingRules() throws(InvalidFiles) -> [Rule] {
    var rules: [Rule] = []
    var diagnostics: [Diagnostic] = []
    for (_, source) in files(rules: true) {
      var reader = FileReader(source)
      if let node = reader.document(), let rule = RuleParser.rule(node, id: nil, &reader) { rules.append(rule) }
      diagnostics += reader.diagnostics
    }
    guard diagnostics.allSatisfy({ $0.severity != .error }) else { throw InvalidFiles(diagnostics: diagnostics) }
    return rules.sorted { $0.id < $1.id }
  }

  /// A file of `policies/rules/` holds one rule and so has a `condition` at its top; a policy has `rules`.
  private static func files(rules: Bool) -> [(name: String, source: SourceFile)] {
    BuiltInFiles.all
      .filter { $0.text.contains("\ncondition:") == rules }
      .map {
        (name: String($0.name.prefix { $0 != "." }), source: SourceFile(name: "built-in: \($0.name)", text: $0.text))
      }
      .sorted { $0.name < $1.name }
  }
}
