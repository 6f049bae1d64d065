import Audit
import Inventory
import Policy
import Testing

/// Every way to each verdict.
struct VerdictTests {
  private func state(_ fixture: AuditFixture) async throws -> Verdict.State { try await fixture.report().verdict.state }

  @Test func pass() async throws {
    let verdict = try await AuditFixture(tokens: [freshToken, blockedToken]).report().verdict
    #expect(verdict.state == .pass)
    #expect(verdict.reasons.isEmpty)
  }

  @Test func failOnAnOpenFinding() async throws {
    let verdict = try await AuditFixture(tokens: [freshToken, staleToken]).report().verdict
    #expect(verdict.state == .fail)
    #expect(verdict.reasons == ["1 open finding is at or above low"])
  }

  @Test(arguments: [
    (Severity.info, Verdict.State.fail), (.low, .fail), (.medium, .fail), (.high, .inconclusive),
    (.critical, .inconclusive),
  ])
  func onlyRulesAtOrAboveTheThresholdCount(_ failOn: Severity, _ expected: Verdict.State) async throws {
    #expect(try await state(AuditFixture(tokens: [staleToken], failOn: failOn)) == expected)
  }

  @Test func aFindingBelowTheThresholdDoesNotFail() async throws {
    let policy = "rules: { token-stale: { severity: info }, token-no-expiry: { enabled: true, severity: high } }"
    let fresh = freshToken.replacing("}}", with: #"},"expiresAt":"2026-07-01T00:00:00Z"}"#)
    let stale = staleToken.replacing("}}", with: #"},"expiresAt":"2026-07-01T00:00:00Z"}"#)
    let report = try await AuditFixture(tokens: [fresh, stale], policy: policy).report()
    #expect(report.verdict.state == .pass)
    #expect(report.findings.map(\.resource.id) == ["stale"])
  }

  @Test func inconclusiveWhenAResourceCannotBeJudged() async throws {
    let verdict = try await AuditFixture(tokens: [freshToken, unreadableToken]).report().verdict
    #expect(verdict.state == .inconclusive)
    #expect(verdict.reasons == ["token-stale could not be evaluated on 1 resource"])
  }

  @Test func failComesBeforeInconclusiveAndNamesTheGapsToo() async throws {
    let fixture = AuditFixture(tokens: [staleToken, unreadableToken], gaps: [.apiTokens: .refused], doubt: "it is old")
    let verdict = try await fixture.report().verdict
    #expect(verdict.state == .fail)
    #expect(
      verdict.reasons == [
        "1 open finding is at or above low", "it is old",
        "the list of API tokens is unavailable: the API refused it (403)",
        "token-stale could not be evaluated on 1 resource",
      ])
  }

  @Test(arguments: [
    Coverage(state: .unavailable("refused")), Coverage(state: .partial("cut"), records: 1),
  ])
  func inconclusiveWhenAListThatARuleNeedsIsNotComplete(_ coverage: Coverage) async throws {
    let report = try await AuditFixture(tokens: [freshToken], gaps: [.apiTokens: coverage]).report()
    #expect(report.verdict.state == .inconclusive)
    #expect(report.coverage[0].neededBy == ["token-stale"])
  }

  @Test func aListThatNoGatingRuleNeedsMayBeMissing() async throws {
    let gaps: [CollectedList: Coverage] = [.apiKeys: .refused, .policies: .refused]
    #expect(try await state(AuditFixture(tokens: [freshToken], gaps: gaps)) == .pass)
    let policy = "rules: { token-stale: , key-stale: { severity: info } }"
    #expect(try await state(AuditFixture(tokens: [freshToken], gaps: gaps, policy: policy)) == .pass)
    #expect(
      try await state(AuditFixture(tokens: [freshToken], gaps: gaps, policy: policy, failOn: .info)) == .inconclusive)
  }

  @Test func anOptionalListIsToldWhenItWasAskedForAndDecidesNothing() async throws {
    let refused = Dictionary(uniqueKeysWithValues: CollectedList.optional.map { ($0, Coverage.refused) })
    let policy = "rules: { token-stale: , key-stale: , my-rule: { resource: policy, condition: size(org.keys) > 9 } }"
    let report = try await AuditFixture(
      tokens: [freshToken], policies: [#"{"id":"p"}"#], gaps: refused, included: Set(CollectedList.optional),
      policy: policy
    ).report()
    #expect(report.verdict.state == .pass)
    #expect(report.coverage.map(\.list) == CollectedList.allCases)
    #expect(report.coverage.allSatisfy { $0.neededBy.isEmpty })
    let plain = try await AuditFixture(tokens: [freshToken], gaps: refused).report()
    #expect(plain.coverage.map(\.list) == CollectedList.always)
  }

  @Test func aConditionThatReadsAMissingListMakesItNeeded() async throws {
    let policy = "rules: { my-rule: { resource: api-token, condition: size(org.keys) > 0 } }"
    let report = try await AuditFixture(tokens: [freshToken], gaps: [.apiKeys: .refused], policy: policy).report()
    #expect(report.verdict.state == .inconclusive)
    #expect(report.coverage[1].neededBy == ["my-rule"])
    let organization = "rules: { org-no-ip-allowlist: }"
    #expect(try await state(AuditFixture(gaps: [.policies: .refused], policy: organization)) == .inconclusive)
  }

  @Test func inconclusiveWhenTheSnapshotIsDoubtful() async throws {
    let verdict = try await AuditFixture(tokens: [freshToken], doubt: "the snapshot is old").report().verdict
    #expect(verdict.state == .inconclusive)
    #expect(verdict.reasons == ["the snapshot is old"])
  }

  @Test func inconclusiveWhenNothingWasAudited() async throws {
    let reason = "no rule at or above low gave an answer on any resource, so nothing was audited"
    for tokens in [[], [blockedToken]] {
      let verdict = try await AuditFixture(tokens: tokens).report().verdict
      #expect(verdict.state == .inconclusive)
      #expect(verdict.reasons == [reason])
    }
    // A rule that is asked of nothing is fine where another gave an answer.
    let policy = "rules: { token-stale: , key-stale: }"
    #expect(try await state(AuditFixture(tokens: [freshToken], policy: policy)) == .pass)
    // What doesn't gate has not audited anything.
    let info = "rules: { token-stale: { severity: info }, key-stale: }"
    #expect(try await state(AuditFixture(tokens: [freshToken], policy: info)) == .inconclusive)
  }

  @Test func acceptedGapsAloneAreNoAudit() async throws {
    let fixture = AuditFixture(
      gaps: [.apiTokens: .refused], waivers: [AuditFixture.waiver("gap: api-tokens")])
    #expect(try await state(fixture) == .inconclusive)
  }

  @Test func anUnreadableRecordIsAFindingThatLeavesTheRunInconclusive() async throws {
    let policy = "rules: { record-malformed: }"
    let report = try await AuditFixture(tokens: [freshToken, unreadableToken], policy: policy).report()
    #expect(report.findings.map(\.resource.id) == ["unreadable"])
    #expect(report.verdict.state == .inconclusive)
    #expect(report.verdict.reasons == ["record-malformed has 1 open finding"])
    #expect(try await state(AuditFixture(tokens: [unreadableToken], policy: policy, failOn: .high)) == .inconclusive)
    let both = "rules: { record-malformed: , token-stale: }"
    #expect(try await state(AuditFixture(tokens: [staleToken, unreadableToken], policy: both)) == .fail)
  }

  @Test func aWaivedUnreadableRecordStillNeedsItsOutcomesAccepted() async throws {
    let policy = "rules: { record-malformed: , token-stale: }"
    let finding = AuditFixture.waiver("rule: record-malformed, match: { ids: [unreadable] }")
    let outcome = AuditFixture.waiver("gap: not-evaluable, rule: token-stale, match: { ids: [unreadable] }", id: "v")
    var fixture = AuditFixture(tokens: [freshToken, unreadableToken], policy: policy, waivers: [finding])
    #expect(try await state(fixture) == .inconclusive)
    fixture.waivers = [outcome]
    #expect(try await state(fixture) == .inconclusive)
    fixture.waivers = [finding, outcome]
    #expect(try await state(fixture) == .pass)
  }
}
