/// The rules and policies that the binary carries: the files of `policies/`.
package enum BuiltInPolicies {
  /// Policy names, sorted.
  package static let names = BuiltInFiles.all.map(\.name).filter { !$0.hasPrefix(ruleFolder) }
    .map(withoutEnding).sorted()

  /// Names of the policies that have the rules which support one framework; it has the same name in the references of
  /// rules.
  package static let frameworks = ["cis-controls", "iso-27001", "nist-800-53", "owasp-nhi", "pci-dss", "soc-2"]

  /// Ids of every rule, sorted: a rule's file has its id as name (which a test compares), so no file is read for them.
  package static let ruleIDs = BuiltInFiles.all.map(\.name).filter { $0.hasPrefix(ruleFolder) }.map {
    withoutEnding($0.dropFirst(ruleFolder.count))
  }.sorted()

  static func policy(named name: String) -> SourceFile? { name.hasPrefix(ruleFolder) ? nil : source("\(name).yaml") }

  /// Every built-in rule, by id, or everything that is wrong with their files (which a test excludes).
  package static func rules() throws(InvalidFiles) -> [Rule] { try allRules.get() }

  /// Read once: they don't change while the process runs.
  private static let allRules = Result { () throws(InvalidFiles) in try rules(ruleIDs) }

  /// Those of the rules with these ids that are built in, by id. Only their files are read.
  ///
  /// - Parameter readsExamples: Without, the rules have none.
  ///
  /// Throws everything that is wrong with the files.
  static func rules(
    _ ids: some Sequence<String>, readsExamples: Bool = true
  ) throws(InvalidFiles) -> [Rule] {
    var rules: [Rule] = []
    var diagnostics: [Diagnostic] = []
    for id in Set(ids).sorted() {
      guard let source = source("\(ruleFolder)\(id).yaml") else { continue }
      var reader = FileReader(source)
      if let node = reader.document(without: readsExamples ? nil : RuleFile.examples.name),
        let rule = RuleParser.rule(node, id: nil, readsExamples: readsExamples, &reader)
      {
        rules.append(rule)
      }
      diagnostics += reader.diagnostics
    }
    guard diagnostics.allSatisfy({ $0.severity != .error }) else { throw InvalidFiles(diagnostics: diagnostics) }
    return rules
  }

  private static let ruleFolder = "rules/"

  private static func source(_ path: String) -> SourceFile? {
    BuiltInFiles.all.first { $0.name == path }.map { file in
      let name = file.name.split(separator: "/").last ?? ""
      return SourceFile(name: "built-in: \(name)", text: file.text, encodedDocument: file.document)
    }
  }

  private static func withoutEnding(_ name: some StringProtocol) -> String { String(name.prefix { $0 != "." }) }
}
