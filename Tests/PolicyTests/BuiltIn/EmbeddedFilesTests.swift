import Foundation
import Testing
import YAML

@testable import Policy

/// What the build made of the files of `policies/`, of which a run reads only those that it needs.
struct EmbeddedFilesTests {
  @Test func aRuleIsFoundByTheNameOfItsFile() throws {
    #expect(try BuiltInPolicies.rules().map(\.id) == BuiltInPolicies.ruleIDs)
    #expect(BuiltInPolicies.ruleIDs.count > 60 && BuiltInPolicies.ruleIDs == BuiltInPolicies.ruleIDs.sorted())
  }

  @Test(arguments: BuiltInFiles.all.map(\.name))
  func theDocumentIsThatOfTheText(_ name: String) throws {
    let file = try #require(BuiltInFiles.all.first { $0.name == name })
    let composed = try #require(try Node.document(file.text))
    #expect(Node(encoded: file.document)?.encoded == composed.encoded)
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../policies/\(name)")
    #expect(try String(contentsOf: path, encoding: .utf8) == file.text)
  }

  @Test func onlyRulesThatAreAskedForAreRead() throws {
    #expect(
      try BuiltInPolicies.rules(["token-stale", "no-such-rule", "key-stale", "token-stale"]).map(\.id) == [
        "key-stale", "token-stale",
      ])
    #expect(try BuiltInPolicies.rules([String]()).isEmpty)
  }

  @Test func anAuditReadsNoExamples() throws {
    let read: (String) throws(PolicyFailure) -> String = { path throws(PolicyFailure) in
      throw .cannotRead(path, advice: nil)
    }
    let (bare, _) = try PolicyLoader(readsBuiltInExamples: false, read: read).load("strict")
    let (whole, _) = try PolicyLoader(read: read).load("strict")
    #expect(bare.rules.allSatisfy(\.rule.examples.isEmpty) && whole.rules.allSatisfy { !$0.rule.examples.isEmpty })
    #expect(bare.digest == whole.digest)
  }

  /// A rule is no policy, however its file is named.
  @Test(arguments: ["rules/token-stale", "token-stale", "baseline.yaml", ""])
  func onlyPoliciesArePolicies(_ name: String) { #expect(BuiltInPolicies.policy(named: name) == nil) }
}
