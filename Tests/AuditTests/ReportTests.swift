import Audit
import Inventory
import Policy
import Testing

struct ReportTests {
  private typealias Fixture = AuditFixture

  @Test func outcomesAreCounted() async throws {
    let report = try await Fixture(tokens: [staleToken, freshToken, unreadableToken, blockedToken, "7"]).report()
    let result = report.rules[0]
    #expect(result.passed == 1)
    #expect(result.flagged == 1)
    #expect(result.notApplicable == 1)
    #expect(result.notEvaluable.map(\.reason) == ["lastActiveAt is not a date-time", "the record is not an object"])
    #expect(result.notEvaluableCount == 2)
    #expect(result.gates)
  }

  @Test func reasonsComeByFrequencyWithAFewExamples() async throws {
    let absent = (1...7).map { #"{"id":"a\#($0)","lastActiveAt":null}"# }
    let unreadable = (1...2).map { #"{"id":"b\#($0)","lastActiveAt":7}"# }
    let policy = "rules: { my-rule: { resource: api-token, condition: token.lastActiveAt > now } }"
    let report = try await Fixture(tokens: unreadable + absent, policy: policy).report()
    #expect(report.rules[0].notEvaluable.map(\.count) == [7, 2])
    #expect(report.rules[0].notEvaluable[0].examples.map(\.id) == ["a1", "a2", "a3", "a4", "a5"])
    #expect(report.rules[0].notEvaluable[0].reason.contains("lastActiveAt"))
    #expect(report.rules[0].notEvaluable[1].reason == "lastActiveAt is not a date-time")
  }

  @Test func aFindingSaysWhatWhereAndWhy() async throws {
    let token = """
      {"id":"t/1 ü","label":"ci","createdAt":"2025-01-01T00:00:00Z","lastActiveAt":"2026-01-01T00:00:00Z",
       "user":{"id":"u","name":"Ada Park","email":"ada.park@example.com"}}
      """
    let finding = try #require(try await Fixture(tokens: [token]).report().findings.first)
    #expect(finding.ruleID == "token-stale")
    #expect(finding.severity == .medium)
    #expect(finding.resource.kind == .apiToken)
    #expect(finding.resource.label == "ci")
    #expect(finding.resource.owner?.text == "ada.park@example.com")
    #expect(finding.fingerprint == "org%201/token-stale/api-token/t%2F1%20%C3%BC")
    #expect(finding.message == "last active 151d ago, 90d allowed")
    #expect(finding.evidence == [.init(field: "lastActiveAt", value: "2026-01-01T00:00:00Z")])
    #expect(finding.disposition.isOpen)
  }

  @Test func evidenceNamesAbsentUnknownAndNestedFields() async throws {
    let policy = """
      rules:
        my-rule:
          resource: api-token
          condition: |
            !has(token.expiresAt) || token.label == 'x' || token.user.email == 'x' || size(token.scopes) > 3
      """
    let token = #"{"id":"t","label":"ATATT3xFfGF0abcdefgh","user":{"id":"u","email":null}}"#
    let finding = try #require(try await Fixture(tokens: [token], policy: policy).report().findings.first)
    #expect(
      finding.evidence == [
        .init(field: "label", value: "ATATT…"), .init(field: "expiresAt", value: "absent"),
        .init(field: "user.email", value: "absent"),
        .init(field: "scopes", value: "unknown: the API did not report its scopes"),
      ])
  }

  @Test func aCredentialInALabelIsInNoPartOfTheReport() async throws {
    let secret = "ATATT3xFfGF0Tq8h1xYzSecretSecret"
    let token = #"{"id":"t","label":"use \#(secret)","user":{"id":"u","name":"\#(secret)","email":"\#(secret)"}}"#
    let report = try await Fixture(tokens: [token], policy: "extends: extended").report()
    #expect(report.findings.contains { $0.ruleID == "label-secret" })
    #expect(!"\(report)".contains(secret))
    #expect(!"\(report.findings)".contains("Tq8h1xYz"))
  }

  @Test func aMessageThatCannotBeFinishedLeavesTheFindingStanding() async throws {
    let policy = """
      rules: { my-rule: { resource: api-token, condition: token.live, message: "made {token.createdAt}, {{ok}}" } }
      """
    let finding = try #require(try await Fixture(tokens: [freshToken], policy: policy).report().findings.first)
    #expect(finding.message == "made unknown, {ok}")
  }

  @Test func findingsAndRulesComeInOrder() async throws {
    let policy = """
      rules:
        b-rule: { resource: [api-token, api-key], severity: high, condition: "true" }
        a-rule: { resource: api-token, severity: high, condition: "true" }
        c-rule: { resource: api-token, severity: critical, condition: token.id == 'z' }
        d-rule: { resource: api-token, severity: info, condition: "true" }
      """
    let report = try await Fixture(
      tokens: [#"{"id":"z"}"#, #"{"id":"a"}"#], keys: [#"{"id":"k"}"#], policy: policy
    ).report()
    #expect(
      report.findings.map { "\($0.ruleID) \($0.resource.kind.rawValue) \($0.resource.id)" } == [
        "c-rule api-token z", "a-rule api-token a", "a-rule api-token z", "b-rule api-key k", "b-rule api-token a",
        "b-rule api-token z", "d-rule api-token a", "d-rule api-token z",
      ])
    #expect(report.rules.map(\.rule.id) == ["c-rule", "a-rule", "b-rule", "d-rule"])
    #expect(report.rules.map(\.gates) == [true, true, true, false])
    #expect(report.coverage.map(\.list) == CollectedList.always)
  }

  @Test func fingerprintsDependOnIdentityAlone() {
    func make(_ organization: String, _ rule: String, _ kind: ResourceKind, _ id: String) -> String {
      Fingerprint.make(organization: organization, rule: rule, kind: kind, id: id)
    }
    #expect(make("o", "r-s", .apiToken, "a-b.c_d~e") == "o/r-s/api-token/a-b.c_d~e")
    #expect(make("o/r", "s", .apiKey, "a") != make("o", "r/s", .apiKey, "a"))
    #expect(make("o", "r", .owner, "712020:5f\n%") == "o/r/owner/712020%3A5f%0A%25")
  }

  @Test func aRecordWithoutAnIDHasAFingerprintThatStays() async throws {
    let token = #"{"label":"x","lastActiveAt":"2026-01-01T00:00:00Z"}"#
    let first = try await Fixture(tokens: [freshToken, token]).report().findings.map(\.fingerprint)
    let second = try await Fixture(tokens: [token]).report().findings.map(\.fingerprint)
    #expect(first == second && first.first?.hasPrefix("org%201/token-stale/api-token/sha256-") == true)
  }

  @Test func theRunSaysWhatItWas() async throws {
    let run = try await Fixture(tokens: [freshToken], policy: "id: mine\ntitle: Mine\nextends: baseline", failOn: .high)
      .report().run
    #expect(run.organizationID == "org 1")
    #expect(run.auditedAt.text == "2026-06-01T00:00:00Z")
    #expect(run.policyID == "mine" && run.policyTitle == "Mine" && run.policyDigest.count == 64)
    #expect(run.failOn == .high)
  }
}
