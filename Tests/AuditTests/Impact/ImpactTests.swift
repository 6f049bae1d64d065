import Audit
import Inventory
import Policy
import Testing

struct ImpactTests {
  private static let tokens = [
    staleToken, freshToken, unreadableToken, blockedToken,
    #"{"id":"old","lastActiveAt":"2026-05-01T00:00:00Z","user":{"id":"v","email":"ada@example.com"}}"#,
  ]

  private func impact(_ old: String, _ new: String, waivers: [String] = []) async throws -> PolicyImpact {
    func fixture(_ policy: String) -> AuditFixture {
      var fixture = AuditFixture()
      fixture.tokens = Self.tokens
      fixture.policy = policy
      fixture.waivers = waivers
      return fixture
    }
    let (before, after) = (fixture(old), fixture(new))
    return await PolicyImpact.impact(
      of: try after.auditor(), against: try before.auditor(), on: try after.snapshot(), try after.options())
  }

  private let stale = "rules: { token-stale: }"

  @Test func nothingChangesByTheSamePolicy() async throws {
    let impact = try await impact(stale, stale)
    #expect(impact.added.isEmpty && impact.gone.isEmpty && impact.unknown.isEmpty && impact.severityChanges.isEmpty)
    #expect(impact.old.verdict.state == .fail)
  }

  @Test func whatIsOpenByTheNewPolicyAloneIsAdded() async throws {
    let impact = try await impact(stale, "rules: { token-stale: { parameters: { staleAfter: 7d } } }")
    #expect(impact.added.map(\.resource.id) == ["old"])
    #expect(impact.gone.isEmpty && impact.unknown.isEmpty)
  }

  @Test(arguments: [
    ("rules: { token-stale: { parameters: { staleAfter: 1000d } } }", PolicyImpact.GoneFinding.Reason.passed),
    ("rules: { token-no-expiry: { severity: info } }", .ruleNotSelected),
    ("rules: { token-stale: { overrides: [{ match: \"token.id == 'stale'\", enabled: false }] } }", .notApplicable),
  ])
  func whatIsNotOpenAnyMoreIsGoneForAReason(new: String, reason: PolicyImpact.GoneFinding.Reason) async throws {
    let impact = try await impact(stale, new)
    #expect(impact.gone.map(\.finding.resource.id) == ["stale"])
    #expect(impact.gone.map(\.reason) == [reason])
    #expect(impact.unknown.isEmpty)
  }

  /// What is not known is never gone.
  @Test func whatTheNewPolicyCannotEvaluateIsUnknown() async throws {
    let impact = try await impact(
      stale,
      "rules: { token-stale: { overrides: [{ match: \"token.user.email == 'x'\", parameters: { staleAfter: 999d } }] } }"
    )
    #expect(impact.gone.isEmpty)
    #expect(impact.unknown.map(\.finding.resource.id) == ["stale"])
    #expect(impact.unknown.first?.reason.contains("whether an override of the policy matches is not known") == true)
  }

  @Test func anotherSeverityIsAChange() async throws {
    let impact = try await impact(stale, "rules: { token-stale: { severity: critical } }")
    #expect(impact.severityChanges.map(\.finding.severity) == [.critical])
    #expect(impact.severityChanges.map(\.old) == [.medium])
    #expect(impact.added.isEmpty && impact.gone.isEmpty)
  }

  @Test func whatAWaiverAcceptsIsNotOpen() async throws {
    let waiver = AuditFixture.waiver("rule: token-stale, match: { ids: [stale] }")
    let impact = try await impact("rules: { token-no-expiry: }", stale, waivers: [waiver])
    #expect(!impact.added.contains { $0.ruleID == "token-stale" })
    #expect(impact.gone.allSatisfy { $0.reason == .ruleNotSelected })
    #expect(impact.gone.count == 4)
  }

  @Test func whatAWaiverOfTheNewPolicyAcceptsIsGone() async throws {
    var (before, after) = (AuditFixture(), AuditFixture())
    before.tokens = Self.tokens
    after.waivers = [AuditFixture.waiver("rule: token-stale, match: { ids: [stale] }")]
    let impact = await PolicyImpact.impact(
      of: try after.auditor(), against: try before.auditor(), on: try before.snapshot(), try before.options())
    #expect(impact.gone.map(\.reason) == [.waived])
  }
}
