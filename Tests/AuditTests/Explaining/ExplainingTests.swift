import Audit
import Inventory
import Policy
import Testing

struct ExplainingTests {
  private static let fixture: AuditFixture = {
    var fixture = AuditFixture()
    fixture.tokens = [staleToken, freshToken, unreadableToken, blockedToken]
    return fixture
  }()

  private func explain(_ fingerprint: String, _ fixture: AuditFixture = fixture) throws -> ResourceExplanation {
    try fixture.auditor().explain(fingerprint, in: fixture.snapshot(), fixture.options())
  }

  private func problem(_ fingerprint: String, _ fixture: AuditFixture = fixture) throws -> String {
    let error = #expect(throws: UnknownFingerprint.self) { try explain(fingerprint, fixture) }
    return [error?.message, error?.advice].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private func lines(_ lines: [ExplainedLine]?) -> [String] {
    (lines ?? []).map { line in
      String(repeating: "  ", count: line.depth) + line.text + (line.value.map { " = \($0)" } ?? "")
        + (line.isNeeded ? "" : " (not needed)")
    }
  }

  @Test func aFlaggedResourceShowsTheValuesOfItsCondition() async throws {
    let report = try await Self.fixture.report()
    let finding = try #require(report.findings.first)
    let explanation = try explain(finding.fingerprint)
    #expect(explanation.outcome == .flagged)
    #expect(explanation.fingerprint == finding.fingerprint)
    #expect(explanation.finding?.message == finding.message)
    #expect(explanation.finding?.evidence == finding.evidence)
    #expect(explanation.finding?.disposition.name == "open")
    #expect(explanation.waivers.isEmpty)
    #expect(lines(explanation.expressions?.applies) == ["token.live = true"])
    #expect(
      lines(explanation.expressions?.condition) == [
        "has(token.lastActiveAt) && token.lastActiveAt < now - params.staleAfter = true",
        "  has(token.lastActiveAt) = true",
        "  token.lastActiveAt < now - params.staleAfter = true",
        "    token.lastActiveAt = 2026-01-01T00:00:00Z",
        "    now - params.staleAfter = 2026-03-03T00:00:00Z",
        "      now = 2026-06-01T00:00:00Z",
        "      params.staleAfter = 90d",
      ])
  }

  @Test func findingsAboutWaiversAndListsAreExplained() async throws {
    var fixture = Self.fixture
    fixture.gaps = [.policies: .refused]
    fixture.policy = "rules: { token-stale: , coverage-gap: , waiver-expired: }"
    fixture.waivers = [
      AuditFixture.waiver("rule: token-stale, match: { ids: [stale] }", expires: "2026-05-01"),
      AuditFixture.waiver("gap: policies", id: "list"),
    ]
    let report = try await fixture.report()
    let auditor = try fixture.auditor()
    let audited = try await auditor.auditedWaivers(in: fixture.snapshot(), fixture.options())
    #expect(report.findings.map(\.ruleID) == ["token-stale", "coverage-gap", "waiver-expired"])
    for finding in report.findings {
      let explanation = try auditor.explain(
        finding.fingerprint, in: fixture.snapshot(), fixture.options(), audited: audited)
      #expect(explanation.outcome == .flagged)
      #expect(explanation.finding?.message == finding.message)
      #expect(explanation.finding?.disposition.name == finding.disposition.name)
    }
  }

  @Test(arguments: [("stale", Outcome.flagged), ("fresh", .passed), ("blocked", .notApplicable)])
  func everyOutcomeIsExplained(id: String, outcome: Outcome) throws {
    let explanation = try explain("org%201/token-stale/api-token/\(id)")
    #expect(explanation.outcome == outcome)
    #expect((explanation.finding != nil) == (outcome == .flagged))
    #expect(explanation.expressions?.condition.first?.isNeeded == (outcome != .notApplicable))
  }

  @Test func whatIsUnknownIsShownWhereItArises() throws {
    let explanation = try explain("org 1/token-stale/api-token/unreadable")
    guard case .notEvaluable = explanation.outcome else { return #expect(Bool(false), "\(explanation.outcome)") }
    let shown = lines(explanation.expressions?.condition)
    #expect(shown.first?.hasSuffix(" = no value") == true)
    #expect(shown.filter { $0.contains("unknown: ") }.count == 2, "has() and the selection: \(shown)")
  }

  @Test func theWaiversThatMatchAreShownWithTheDisposition() throws {
    var fixture = Self.fixture
    fixture.waivers = [
      AuditFixture.waiver("rule: token-stale, match: { ids: [stale] }", expires: "2026-01-01", id: "old"),
      AuditFixture.waiver("rule: token-stale, match: { ids: [stale] }", id: "good"),
      AuditFixture.waiver("rule: token-stale, match: { ids: [fresh] }", id: "other"),
      AuditFixture.waiver("rule: token-stale, gap: not-evaluable, match: { ids: [unreadable] }", id: "gap"),
    ]
    let flagged = try explain("org%201/token-stale/api-token/stale", fixture)
    #expect(flagged.finding?.disposition.name == "waived")
    #expect(flagged.waivers.map(\.id) == ["old", "good"])
    #expect(try explain("org%201/token-stale/api-token/fresh", fixture).waivers.isEmpty)
    #expect(try explain("org%201/token-stale/api-token/unreadable", fixture).waivers.map(\.id) == ["gap"])
  }

  @Test func theOverrideThatIsInForceIsShown() async throws {
    var fixture = Self.fixture
    fixture.policy = """
      rules:
        token-stale:
          overrides:
            - { match: "token.id == 'fresh'", severity: critical, parameters: { staleAfter: 1h } }
            - { match: "token.id == 'stale'", enabled: false }
            - { match: "token.lastActiveAt > now", severity: low }
      """
    let report = try await fixture.report()
    let fresh = try explain("org%201/token-stale/api-token/fresh", fixture)
    #expect(fresh.outcome == .flagged)
    #expect(fresh.settings.severity.value == .critical)
    #expect(fresh.finding?.severity == report.findings.first?.severity)
    #expect(fresh.expressions?.overrides.map(\.override.match) == ["token.id == 'fresh'"])
    let condition = lines(fresh.expressions?.condition)
    #expect(condition.contains("      params.staleAfter = 1h"))
    let stale = try explain("org%201/token-stale/api-token/stale", fixture)
    #expect(stale.outcome == .notApplicable)
    #expect(stale.expressions?.isTurnedOff == true)
    #expect(stale.expressions?.overrides.count == 2)
    let firstMatch = lines(stale.expressions?.overrides.first?.match)
    #expect(firstMatch == ["token.id == 'fresh' = false", "  token.id = 'stale'"])
    let unreadable = try explain("org%201/token-stale/api-token/unreadable", fixture)
    #expect(unreadable.expressions?.overrides.count == 3)
    let lastMatch = lines(unreadable.expressions?.overrides.last?.match)
    #expect(lastMatch.contains { $0.contains("unknown: ") })
    #expect(unreadable.settings.severity.value == .medium)
  }

  @Test func aTokenWithoutOwnerIsAnOutcomeOfTheRulesOnOwners() throws {
    var fixture = Self.fixture
    fixture.policy = "rules: { owner-token-count: }"
    fixture.tokens.append(#"{"id":"nobody"}"#)
    let explanation = try explain("org%201/owner-token-count/api-token/nobody", fixture)
    #expect(explanation.outcome == .notEvaluable("the API token names no owner"))
    #expect(explanation.expressions == nil)
    #expect(
      try problem("org%201/owner-token-count/api-token/fresh", fixture)
        == "the rule `owner-token-count` is asked of owner, not of api-token; "
        + "the owner of the token is org%201/owner-token-count/owner/u")
  }

  @Test func whatDoesNotExistIsSaid() throws {
    #expect(
      try problem("token-stale").hasPrefix("`token-stale` is no fingerprint: it has 1 part, not 4; it has the form"))
    #expect(try problem("a/b/c/%4").hasPrefix("`a/b/c/%4` is no fingerprint: the part `%4` can't be read"))
    #expect(try problem("a//c/d").hasPrefix("`a//c/d` is no fingerprint: the part `` can't be read"))
    #expect(try problem("a/b/c/%ff").contains("can't be read"))
    #expect(
      try problem("x/token-stale/api-token/stale").hasPrefix("the snapshot is of the organization org 1, not of x"))
    #expect(
      try problem("org%201/token-stal/api-token/stale")
        == "there is no rule `token-stal`; did you mean `token-stale`?")
    #expect(
      try problem("org%201/token-unscoped/api-token/stale")
        .hasPrefix("the policy policy does not select the rule `token-unscoped`"))
    #expect(
      try problem("org%201/token-stale/api-tokn/stale")
        == "there is no kind of resource `api-tokn`; did you mean `api-token`?")
    #expect(
      try problem("org%201/token-stale/policy/stale") == "the rule `token-stale` is asked of api-token, not of policy")
    #expect(
      try problem("org%201/token-stale/api-token/stal")
        == "the snapshot has no api-token `stal`; did you mean `stale`?")
    var fixture = Self.fixture
    fixture.gaps[.apiTokens] = .refused
    #expect(
      try problem("org%201/token-stale/api-token/zzz", fixture)
        == "the snapshot has no api-token `zzz`; the list of API tokens is not complete: the API refused it (403)")
  }

  // MARK: - Credentials

  private static let credential = ["ATATT", "3xQ7vK2mZp9LtR4wNs8", "_Yc1Hb6Jd5Gf"].joined()

  private func explainLabel(_ condition: String, label: String) throws -> [String] {
    var fixture = AuditFixture()
    fixture.policy = "rules: { my-rule: { resource: api-token, condition: \"\(condition)\" } }"
    fixture.tokens = [#"{"id":"t","label":"\#(label)","scopes":["read:jira-work"]}"#]
    return lines(try explain("org%201/my-rule/api-token/t", fixture).expressions?.condition)
  }

  @Test func aCredentialIsMasked() throws {
    let shown = try explainLabel("token.label == 'x'", label: "my \(Self.credential)")
    #expect(shown.contains("  token.label = 'my ATATT…'"), "\(shown)")
  }

  /// A function can take a text apart so that its pieces no longer look like a credential.
  @Test(arguments: [
    "token.label.substring(10).size() > 1", "token.label.split('').exists(c, c == '?')", "token.label + '' == 'x'",
    "token.label.lowerAscii() == 'x'", "cel.bind(l, token.label.reverse(), l == 'x')",
    "token.label.split('_').map(p, p + p).size() > 5", "int(token.label.substring(12)) > 1",
  ])
  func piecesOfACredentialAreNotShown(condition: String) throws {
    let shown = try explainLabel(condition, label: Self.credential).joined(separator: "\n").lowercased()
    let secret = Self.credential.dropFirst(5).lowercased()
    for start in secret.indices {
      let piece = secret[start...].prefix(6)
      if piece.count == 6 {
        #expect(!shown.contains(piece) && !shown.contains(String(piece.reversed())), "\(shown)")
      }
    }
    #expect(!shown.contains("c = '"))
    #expect(shown.contains("not shown") || shown.contains("'atatt…'"))
  }

  @Test func withoutACredentialComputedTextsAreShown() throws {
    #expect(
      try explainLabel("token.label.lowerAscii() == 'x'", label: "Deploy").contains(
        "  token.label.lowerAscii() = 'deploy'"))
  }
}
