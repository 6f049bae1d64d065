import Audit
import Inventory
import Policy
import Testing

struct WaiverTests {
  private typealias Fixture = AuditFixture

  @Test(arguments: [
    "match: { ids: [other, stale] }", "match: \"token.id == 'stale'\"",
    "match: \"has(token.user) && token.user.id == 'u'\"",
  ])
  func aWaivedFindingDoesNotFail(_ match: String) async throws {
    let report = try await Fixture(
      tokens: [staleToken, freshToken], waivers: [Fixture.waiver("rule: token-stale, \(match)")]
    ).report()
    #expect(report.verdict.state == .pass)
    #expect(report.findings.map(\.disposition.name) == ["waived"])
    #expect(report.rules[0].flagged == 1)
    #expect(report.waivers.map(\.state) == [.used])
    #expect(report.waivers.map(\.matches) == [1])
  }

  @Test func aWaiverOfAnotherRuleOrResourceChangesNothing() async throws {
    let waivers = [
      Fixture.waiver("rule: token-no-expiry, match: { ids: [stale] }", id: "a"),
      Fixture.waiver("rule: token-stale, match: { ids: [fresh] }", id: "b"),
      Fixture.waiver("gap: not-evaluable, rule: token-stale, match: { ids: [stale] }", id: "c"),
      Fixture.waiver("rule: token-stale, match: \"token.createdAt > now\"", id: "d"),
    ]
    let report = try await Fixture(tokens: [staleToken, freshToken], waivers: waivers).report()
    #expect(report.verdict.state == .fail)
    #expect(report.waivers.map(\.state) == [.unused, .unused, .unused, .unused])
    #expect(report.waivers.map(\.waiver.id) == ["a", "b", "c", "d"])
  }

  @Test(arguments: [
    ("2026-06-02", "waived", WaiverResult.State.used), ("2026-06-01T00:00:01Z", "waived", .used),
    ("2026-06-01", "open", .expired), ("2026-05-31", "open", .expired),
  ])
  func anExpiredWaiverBringsTheFindingBack(
    _ expires: String, _ disposition: String, _ state: WaiverResult.State
  ) async throws {
    let waiver = Fixture.waiver("rule: token-stale, match: { ids: [stale] }", expires: expires)
    let report = try await Fixture(tokens: [staleToken], waivers: [waiver]).report()
    #expect(report.findings.map(\.disposition.name) == [disposition])
    #expect(report.waivers.map(\.state) == [state])
    #expect(report.verdict.state == (disposition == "open" ? .fail : .pass))
  }

  @Test func theFirstWaiverThatIsNotExpiredAcceptsAndEveryMatchCounts() async throws {
    let members = "rule: token-stale, match: { ids: [stale] }"
    let waivers = [
      Fixture.waiver(members, expires: "2026-01-01", id: "old"), Fixture.waiver(members, id: "first"),
      Fixture.waiver(members, id: "second"),
    ]
    let report = try await Fixture(tokens: [staleToken], waivers: waivers).report()
    guard case .waived(let waiver)? = report.findings.first?.disposition else {
      Issue.record("not waived")
      return
    }
    #expect(waiver.id == "first")
    #expect(report.waivers.map(\.state) == [.expired, .used, .used])
  }

  @Test func aWaivedOutcomeIsCountedAndShown() async throws {
    let waiver = Fixture.waiver("gap: not-evaluable, rule: token-stale, match: { ids: [unreadable] }")
    let report = try await Fixture(tokens: [freshToken, unreadableToken], waivers: [waiver]).report()
    #expect(report.verdict.state == .pass)
    #expect(report.rules[0].notEvaluable.map(\.count) == [1])
    #expect(report.rules[0].notEvaluable.map(\.waived) == [1])
    let expired = Fixture.waiver(
      "gap: not-evaluable, rule: token-stale, match: { ids: [unreadable] }", expires: "2026-05-01")
    #expect(
      try await Fixture(tokens: [freshToken, unreadableToken], waivers: [expired]).report().verdict.state
        == .inconclusive)
  }

  @Test func aConditionThatCannotBeEvaluatedAcceptsNothing() async throws {
    let waiver = Fixture.waiver(
      "gap: not-evaluable, rule: token-stale, match: \"token.lastActiveAt > now || token.live\"")
    let report = try await Fixture(tokens: [freshToken, unreadableToken], waivers: [waiver]).report()
    #expect(report.verdict.state == .pass)
    let unknown = Fixture.waiver("gap: not-evaluable, rule: token-stale, match: \"token.lastActiveAt < now\"")
    #expect(
      try await Fixture(tokens: [freshToken, unreadableToken], waivers: [unknown]).report().verdict.state
        == .inconclusive)
  }

  @Test func aWaivedListIsNoGapAnyMore() async throws {
    let policy = "rules: { token-stale: , key-stale: , org-no-ip-allowlist: }"
    var fixture = Fixture(tokens: [freshToken], gaps: [.apiKeys: .refused, .policies: .refused], policy: policy)
    #expect(try await fixture.report().verdict.reasons.count == 3)
    fixture.waivers = [Fixture.waiver("gap: api-keys", id: "a")]
    #expect(try await fixture.report().verdict.state == .inconclusive)
    fixture.waivers.append(Fixture.waiver("gap: policies", id: "b"))
    let report = try await fixture.report()
    #expect(report.verdict.state == .pass)
    #expect(report.coverage.map { $0.waiver?.id } == [nil, "a", "b"])
    #expect(report.waivers.map(\.state) == [.used, .used])
    #expect(!report.coverage[1].coverage.isComplete)
  }

  @Test func aWaivedListThatIsCompleteIsUnusedAndAnExpiredOneAcceptsNothing() async throws {
    let complete = try await Fixture(tokens: [freshToken], waivers: [Fixture.waiver("gap: api-tokens")]).report()
    #expect(complete.waivers.map(\.state) == [.unused])
    let expired = try await Fixture(
      tokens: [freshToken], gaps: [.apiTokens: Coverage(state: .partial("cut"))],
      waivers: [Fixture.waiver("gap: api-tokens", expires: "2026-05-01")]
    ).report()
    #expect(expired.waivers.map(\.state) == [.expired])
    #expect(expired.verdict.state == .inconclusive)
    #expect(expired.coverage[0].waiver == nil)
    let organization = try await Fixture(
      gaps: [.policies: .refused], policy: "rules: { org-no-ip-allowlist: }",
      waivers: [Fixture.waiver("gap: policies", expires: "2026-05-01")]
    ).report()
    #expect(organization.rules[0].notEvaluable.map(\.waived) == [0])
  }

  @Test func aTokenWithoutAnOwnerIsAcceptedByItsIDOrByACondition() async throws {
    let nobody = #"{"id":"nobody","lastActiveAt":"2026-05-31T00:00:00Z"}"#
    let unreadable = #"{"id":"strange","user":{"id":7}}"#
    var fixture = Fixture(tokens: [freshToken, nobody, unreadable], policy: "rules: { owner-token-count: }")
    let report = try await fixture.report()
    #expect(report.verdict.state == .inconclusive)
    #expect(report.rules[0].passed == 1)
    #expect(
      report.rules[0].notEvaluable.map(\.reason) == ["the API token names no owner", "user.id is not a string"])
    #expect(report.rules[0].notEvaluable.map { $0.examples.map(\.id) } == [["nobody"], ["strange"]])

    fixture.waivers = [
      Fixture.waiver("gap: not-evaluable, rule: owner-token-count, match: { ids: [nobody] }", id: "a")
    ]
    #expect(try await fixture.report().rules[0].notEvaluable.map(\.waived) == [1, 0])
    fixture.waivers.append(
      Fixture.waiver("gap: not-evaluable, rule: owner-token-count, match: \"token.id == 'strange'\"", id: "b"))
    #expect(try await fixture.report().verdict.state == .pass)
  }
}
