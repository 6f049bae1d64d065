import Audit
import Inventory
import Policy
import Testing

/// Rules on the audit's own resources: waivers, and how much of each list was seen.
struct HousekeepingTests {
  private typealias Fixture = AuditFixture

  private static let waiverRules =
    "waiver-expired: , waiver-unused: , waiver-expiring: , waiver-too-long: { severity: info }"

  /// What is found about waivers, as `rule waiver`.
  private func found(_ waivers: [String], _ tokens: [String] = [staleToken]) async throws -> [String] {
    let report = try await Fixture(
      tokens: tokens, policy: "rules: { token-stale: , \(Self.waiverRules) }", waivers: waivers
    ).report()
    return report.findings.filter { $0.resource.kind == .waiver }.map { "\($0.ruleID) \($0.resource.id)" }
  }

  @Test(arguments: [
    ("2026-05-01", ["waiver-expired w"]), ("2026-06-01", ["waiver-expired w"]),
    ("2026-06-01T00:00:01Z", ["waiver-expiring w"]), ("2026-06-15", ["waiver-expiring w"]),
    ("2026-06-15T00:00:01Z", []), ("2026-08-30", []), ("2026-08-30T00:00:01Z", ["waiver-too-long w"]),
  ])
  func aWaiverThatMatchesIsJudgedByItsExpiry(_ expires: String, _ expected: [String]) async throws {
    let waiver = Fixture.waiver("rule: token-stale, match: { ids: [stale] }", expires: expires)
    #expect(try await found([waiver]) == expected)
  }

  @Test(arguments: ["2026-05-01", "2026-06-10", "2026-07-01"])
  func aWaiverThatMatchesNothingIsUnusedWhateverItsExpiry(_ expires: String) async throws {
    let waiver = Fixture.waiver("rule: token-stale, match: { ids: [fresh] }", expires: expires)
    #expect(try await found([waiver]) == ["waiver-unused w"])
  }

  @Test func anExpiredWaiverAddsNothingToTheVerdict() async throws {
    var fixture = Fixture(
      tokens: [freshToken], gaps: [.apiKeys: .refused],
      policy: "rules: { token-stale: , key-stale: , waiver-expired: }",
      waivers: [Fixture.waiver("gap: api-keys", expires: "2026-05-01")])
    let report = try await fixture.report()
    #expect(report.findings.map(\.ruleID) == ["waiver-expired"])
    #expect(report.verdict.state == .inconclusive)
    #expect(report.verdict.reasons == ["the list of API keys is unavailable: the API refused it (403)"])
    fixture.policy = "rules: { token-stale: , key-stale: , waiver-expired: { severity: high } }"
    #expect(try await fixture.report().verdict.state == .fail)
  }

  @Test func aWaiverIsKnownByItsOwnIDOrByWhatItSays() async throws {
    func resource(_ waiver: String, among others: [String] = []) async throws -> ResourceName {
      let report = try await Fixture(
        tokens: [freshToken], policy: "rules: { waiver-unused: , token-stale: }", waivers: others + [waiver]
      ).report()
      return try #require(report.findings.map(\.resource).first { $0.label != "other" })
    }
    let named = try await resource(Fixture.waiver("rule: token-stale, match: { ids: [t] }", id: "W-7"))
    #expect(named == ResourceName(kind: .waiver, id: "W-7", label: "W-7", owner: named.owner))
    #expect(named.owner?.email == "sec@example.com")

    let members = "rule: token-stale, match: { ids: [t] }, owner: Robin, expires: 2026-12-31"
    let first = try await resource("{ \(members), reason: known }")
    let moved = try await resource(
      "{ \(members), reason: known }", among: [Fixture.waiver("gap: api-keys", id: "other")])
    let changed = try await resource("{ \(members), reason: known better }")
    #expect(first.id.hasPrefix("sha256-") && first.id == moved.id && first.id != changed.id)
    #expect(first.label == "waivers-1" && moved.label == "waivers-2")
    #expect(first.owner?.name == "Robin")
  }

  @Test func everyListThatWasAskedForIsJudged() async throws {
    var fixture = Fixture(
      tokens: [freshToken], gaps: [.policies: .refused, .oauthClients: Coverage(state: .partial("cut"), records: 1)],
      included: [.oauthClients], policy: "rules: { coverage-gap: , token-stale: }")
    let report = try await fixture.report()
    #expect(report.findings.map(\.resource.id) == ["oauth-clients", "policies"])
    #expect(report.findings.map(\.message) == ["is partial: cut", "is unavailable: the API refused it (403)"])
    #expect(report.rules.first { $0.rule.id == "coverage-gap" }?.passed == 2)
    // No rule needs the lists, and a finding of severity info doesn't gate.
    #expect(report.verdict.state == .pass)
    fixture.failOn = .info
    #expect(try await fixture.report().verdict.reasons == ["coverage-gap has 2 open findings"])
    #expect(try await fixture.report().verdict.state == .inconclusive)
  }

  @Test func aWaiverForAListAcceptsTheFindingAboutItToo() async throws {
    var fixture = Fixture(
      tokens: [freshToken], gaps: [.policies: .refused], policy: "rules: { coverage-gap: , token-stale: }",
      waivers: [Fixture.waiver("gap: policies")], failOn: .info)
    let report = try await fixture.report()
    #expect(report.findings.map(\.disposition.name) == ["waived"])
    #expect(report.waivers.map(\.matches) == [1])
    #expect(report.verdict.state == .pass)
    fixture.waivers = [Fixture.waiver("gap: policies", expires: "2026-05-01")]
    #expect(try await fixture.report().findings.map(\.disposition.name) == ["open"])
    fixture.waivers = [Fixture.waiver("rule: coverage-gap, match: \"coverage.id == 'policies'\"")]
    #expect(try await fixture.report().findings.map(\.disposition.name) == ["waived"])
  }

  /// Answers about waivers and lists are none about the organization.
  @Test func housekeepingAloneIsNoAudit() async throws {
    let report = try await Fixture(
      policy: "rules: { coverage-gap: , waiver-expired: , token-stale: }", waivers: [Fixture.waiver("gap: api-keys")],
      failOn: .info
    ).report()
    #expect(report.verdict.state == .inconclusive)
    #expect(report.verdict.reasons.last?.hasSuffix("so nothing was audited") == true)
  }

  @Test func scopesThatAreNotReportedCanBeAcceptedWhereverTheyAreNeeded() async throws {
    let unreported = #"{"id":"old","lastActiveAt":"2026-05-31T00:00:00Z","user":{"id":"u"}}"#
    let unreadable = #"{"id":"odd","scopes":7,"lastActiveAt":"2026-05-31T00:00:00Z","user":{"id":"u"}}"#
    var fixture = Fixture(
      tokens: [unreported], keys: [#"{"id":"k"}"#],
      policy: "rules: { token-unscoped: , key-unscoped: , org-unscoped-share: , token-stale: }",
      waivers: [Fixture.waiver("gap: scopes")])
    let report = try await fixture.report()
    #expect(report.verdict.state == .pass)
    #expect(report.rules.map(\.notEvaluableCount) == [1, 1, 1, 0])
    #expect(report.waivers.map(\.matches) == [3])
    #expect(report.waivers.map(\.state) == [.used])
    fixture.tokens.append(unreadable)
    #expect(try await fixture.report().verdict.state == .inconclusive)
    fixture.tokens.removeLast()
    fixture.waivers = [Fixture.waiver("gap: scopes", expires: "2026-05-01")]
    #expect(try await fixture.report().verdict.state == .inconclusive)
    #expect(try await fixture.report().waivers.map(\.state) == [.expired])
  }
}
