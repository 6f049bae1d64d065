/// The kinds of files that users write.
package enum FileKind: String, CaseIterable, Sendable {
  case rule, policy, waivers
  case policyTest = "policy-test"

  /// The JSON Schema (draft 2020-12) of the kind, pretty-printed, with which editors complete and check such files.
  ///
  /// It is made from the keys that the files are read by. What it can't say is only found by reading a file: whether an
  /// expression is well-formed, whether a rule exists, and of what type its parameters are.
  package var schema: String { FileSchema(title: title, root).text }

  private var title: String {
    switch self {
    case .rule: "A rule of tokenreeve"
    case .policy: "A policy of tokenreeve"
    case .waivers: "Waivers of tokenreeve"
    case .policyTest: "Tests of a tokenreeve policy"
    }
  }

  private var root: FileMapping {
    switch self {
    case .rule: RuleFile.mapping
    case .policy: PolicyFileKeys.mapping
    case .waivers: WaiverFile.mapping
    case .policyTest: PolicyTestFile.mapping
    }
  }
}
