import Foundation
import Policy
import Testing

struct BuiltInPoliciesTests {
  /// Rule, severity, parameters of a policy, one line each.
  private func settings(_ name: String) throws -> [String: String] {
    let loader = PolicyLoader { path throws(PolicyFailure) in throw .cannotRead(path, advice: nil) }
    let (policy, warnings) = try loader.load(name)
    #expect(warnings.isEmpty)
    return Dictionary(
      uniqueKeysWithValues: policy.rules.map { rule in
        let parameters = rule.parameters.map { " \($0.name)=\($0.value.text)" }.joined()
        return (rule.rule.id, rule.severity.rawValue + parameters)
      })
  }

  private static let baseline = [
    "token-no-expiry": "high", "token-lifetime": "medium maxLifetime=90d", "token-stale": "medium staleAfter=90d",
    "token-never-used": "low grace=30d", "token-unscoped": "high", "token-privileged-scope": "high",
    "token-broad-scopes": "medium maxFamilies=1 maxScopes=20",
    "token-expiring": "info warnWithin=14d activeWithin=30d", "owner-token-count": "low maxTokens=5",
    "key-unscoped": "critical", "key-write-scope": "high", "key-no-expiry": "critical",
    "key-lifetime": "medium maxLifetime=90d", "key-stale": "medium staleAfter=30d", "key-never-used": "low grace=14d",
    "org-no-ip-allowlist": "medium", "policy-not-applied": "high", "record-malformed": "medium",
    "label-secret": "critical", "coverage-gap": "info", "waiver-expired": "info", "waiver-unused": "info",
  ]

  @Test func baseline() throws {
    #expect(try settings("baseline") == Self.baseline)
  }

  @Test func strict() throws {
    let changes = [
      "token-lifetime": "high maxLifetime=30d", "token-stale": "high staleAfter=30d",
      "token-never-used": "low grace=14d",
      "token-unscoped": "critical", "token-broad-scopes": "medium maxFamilies=1 maxScopes=10",
      "token-expiring": "info warnWithin=30d activeWithin=30d", "owner-token-count": "low maxTokens=2",
      "key-lifetime": "high maxLifetime=14d", "key-stale": "high staleAfter=14d", "key-never-used": "low grace=7d",
    ]
    #expect(try settings("strict") == Self.baseline.merging(changes) { $1 })
  }

  @Test func extendedHasTheBaselineAndMore() throws {
    let extended = try settings("extended")
    #expect(extended.merging(Self.baseline) { $1 } == extended)
    #expect(extended.count >= 40)
  }

  @Test func everyBuiltInPolicyIsNamed() {
    #expect(
      BuiltInPolicies.names
        == (BuiltInPolicies.frameworks + ["baseline", "extended", "offboarding", "strict"]).sorted())
  }

  /// What `scripts/framework-policies` writes.
  @Test(arguments: BuiltInPolicies.frameworks)
  func theRulesOfAFrameworkAreThoseThatReferToIt(_ framework: String) throws {
    let loader = PolicyLoader { path throws(PolicyFailure) in throw .cannotRead(path, advice: nil) }
    let supporting = try loader.load("extended").policy.rules.map(\.rule).filter { rule in
      rule.references.contains { $0.framework == framework }
    }
    let (policy, warnings) = try loader.load(framework)
    #expect(policy.rules.map(\.rule.id) == supporting.map(\.id), "run `make frameworks`")
    #expect(warnings.isEmpty && policy.rules.count > 5)
    // Which clauses, the file says beside each.
    let text = try String(contentsOf: Self.folder.appending(path: "\(framework).yaml"), encoding: .utf8)
    for rule in supporting {
      let clauses = try #require(rule.references.first { $0.framework == framework }).clauses
      #expect(text.contains("\n  \(rule.id): # \(clauses.joined(separator: ", "))\n"), "run `make frameworks`")
    }
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "policies")

  @Test func everyFrameworkThatRulesReferToHasAPolicy() throws {
    let referred = Set(try BuiltInPolicies.rules().flatMap { $0.references.map(\.framework) })
    #expect(referred.sorted() == BuiltInPolicies.frameworks)
  }

  @Test func unreadableRecordsMakeARunInconclusive() throws {
    let rules = try BuiltInPolicies.rules()
    #expect(
      rules.filter { $0.verdict == .inconclusive }.map(\.id)
        == ["coverage-gap", "record-malformed", "token-status-unknown"])
  }
}
