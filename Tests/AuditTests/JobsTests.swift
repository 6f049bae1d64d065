import Audit
import Policy
import TestSupport
import Testing

struct JobsTests {
  /// More than two batches of tokens, so that jobs have something to share.
  @Test func theReportIsTheSameHoweverManyJobsThereAre() async throws {
    var random = SeededRandom(seed: 21)
    let tokens = (0..<20_000).map { GeneratedCredential($0, isToken: true, now: 1_780_272_000_000, &random).json }
    var fixture = AuditFixture(
      tokens: tokens, keys: Array(tokens.prefix(50)), policy: "extends: baseline",
      waivers: [
        AuditFixture.waiver("rule: token-stale, match: \"token.label == 'label 1'\""),
        AuditFixture.waiver("gap: not-evaluable, rule: token-unscoped, match: \"token.label == 'label 2'\"", id: "v"),
      ])
    let one = try await fixture.report()
    fixture.jobs = 4
    let four = try await fixture.report()
    #expect(one.findings.count > 1000)
    #expect(one.findings.map(\.fingerprint) == four.findings.map(\.fingerprint))
    #expect(one.findings.map(\.message) == four.findings.map(\.message))
    #expect(one.findings.map(\.disposition.name) == four.findings.map(\.disposition.name))
    #expect(one.waivers.map(\.matches) == four.waivers.map(\.matches))
    #expect("\(one.rules.map(Self.summary))" == "\(four.rules.map(Self.summary))")
    #expect(one.verdict.reasons == four.verdict.reasons)
    // Examples are the first in the snapshot, whichever batch ended first.
    let scopes = try #require(four.rules.first { $0.rule.id == "token-unscoped" }?.notEvaluable.first?.examples)
    #expect(scopes.map(\.id) == scopes.map(\.id).sorted() && scopes.allSatisfy { $0.id < "id-1200" })
  }

  private static func summary(_ result: RuleResult) -> String {
    let open = result.notEvaluable.map { "\($0.reason) \($0.count) \($0.waived) \($0.examples.map(\.id))" }
    return "\(result.rule.id) \(result.passed) \(result.flagged) \(result.notApplicable) \(open)"
  }
}
