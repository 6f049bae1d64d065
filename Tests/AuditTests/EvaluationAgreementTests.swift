import Inventory
import Policy
import TestSupport
import Testing

@testable import Audit

/// The evaluation over columns finds what the plainest one finds, on records of every kind.
struct EvaluationAgreementTests {
  /// Rules that the built-in ones are not like: everything that is decided by columns, partly or not at all.
  private static let ownRules = [
    "token.live", "!token.live", "has(token.status) ? token.live : has(token.label)",
    "token.expiresAt == token.createdAt", "token.expiresAt != token.createdAt",
    "now - token.createdAt >= duration('2160h')",
    "token.createdAt + days(90) <= token.expiresAt", "days(90) + token.createdAt <= token.expiresAt",
    "token.lastActiveAt - days(1) < token.createdAt || token.status == 'BLOCKED'",
    "(token.expiresAt - token.createdAt) - (now - token.createdAt) > days(1) - days(2)",
    "token.createdAt < timestamp('2026-03-01T00:00:00Z') && size(token.scopes) > 0",
    "token.user.id == 'u1' || token.expiresAt > now", "has(token.user) && !has(token.user.name) && token.live",
    "token.scopes.exists(s, s.startsWith('read:')) && token.label.contains('o')",
    "token.scopes.exists(s, scope(s).privileged) || token.expiresAt > now + days(30)",
    "size(token.problems) > 0", "token.id > 't-5' && token.live", "token.live == has(token.expiresAt)",
    "token.live && token.live || token.createdAt > now", "record.status == token.status", "true", "org.tokenCount > 10",
    "token.scopes == ['read:jira-work'] || token.user.email.matches('^team@')",
    "has(token.id) && has(token.live) && has(token.problems) && has(token.scopes)",
    "token.createdAt > now ? token.expiresAt > now : token.status in ['ALLOWED', 'NEW']",
    "[token].exists(t, t.live)", "token.expiresAt - token.createdAt > days(100000)",
    "token.scopes.exists(s, scope(s).privileged)", "token.status.matches('^A')",
    "token.problems.exists(p, p.startsWith('label'))", "token.problems[1] != ''", "token.user.email.endsWith('.com')",
  ]

  /// The same on owners and on the organization, whose tokens lie in columns.
  private static let ownListRules = [
    "size(owner.tokens) > 1", "owner.tokens.exists(t, t.live)", "!owner.tokens.exists(t, has(t.label))",
    "size(owner.tokens.filter(t, t.live && t.expiresAt > now)) >= 1", "owner.tokens.all(t, size(t.scopes) > 0)",
    "owner.tokens.exists_one(t, t.status == 'BLOCKED')", "owner.tokens.exists(t, t.label.matches('^[a-m]'))",
    "owner.tokens.filter(t, t.live).exists(t, t.createdAt > now - days(60))",
    "owner.tokens.exists(t, t.user.email == owner.email)", "owner.tokens.exists(t, org.tokens.exists(o, o.id == t.id))",
    "size(owner.tokens.filter(t, has(t.label)).map(t, t.label).distinct()) < size(owner.tokens)",
    "size(owner.tokens.filter(t, t.live).map(t, t.label).distinct()) == size(owner.tokens.filter(t, t.live))",
    "owner.tokens.map(t, t.createdAt).exists(c, c < now - days(100))", "owner.email.matches('^u') || owner.name == ''",
    "size(owner.name) > 3", "owner.id != 'u1' && has(owner.email)", "owner.tokens.exists(t, size(t.problems) > 0)",
    "owner.tokens.exists(t, !has(t.user.name) || t.user.id == 'u2')",
    "size(org.tokens.filter(t, t.live)) > 50",
    "double(size(org.tokens.filter(t, t.live))) > 0.5 * double(org.tokenCount)",
    "org.tokens.exists(t, t.scopes.exists(s, scope(s).deletes))", "org.tokens.all(t, has(t.user))",
  ]

  private static let dates = [
    "2026-01-15T08:00:00.000Z", "2026-03-03T00:00:00.000Z", "2026-05-31T23:59:59.999Z", "2026-06-01T00:00:00.000Z",
    "2026-06-01T00:00:00.001Z", "2026-06-14T12:30:00Z", "2026-08-30T00:00:00.000Z", "2027-05-01T00:00:00+01:00",
  ]

  /// Rules on tokens, some of which are asked of some tokens only.
  private static func rules(_ random: inout SeededRandom) -> [String] {
    ownRules.enumerated().map { index, condition in
      let applies = random.oneIn(3) ? ", applies: \"\(random.pick(ownRules))\"" : ""
      return """
          own-\(index): { title: Own, resource: api-token, severity: \(random.pick(["low", "high", "info"])),
            condition: "\(condition)"\(applies), message: "{token.id} {token.expiresAt - token.createdAt}",
            rationale: None., remediation: None. }
        """
    }
  }

  /// What is remembered of one batch holds in the next, whichever job takes it, and waivers accept what they name.
  @Test(arguments: 20..<22)
  func bothFindTheSameInManyBatches(_ seed: Int) async throws {
    var random = SeededRandom(seed: UInt64(seed))
    let tokens = (0..<5000).map { HostileTokenRecord($0, dates: Self.dates, &random).json }
    var fixture = AuditFixture(
      tokens: tokens, policy: "id: own\ntitle: Own\nrules:\n" + Self.rules(&random).joined(separator: "\n"))
    let snapshot = try fixture.snapshot()
    let waived = Set(snapshot.tokens.map(\.id).filter { _ in random.oneIn(5) })
    let ids = waived.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
    fixture.waivers = [AuditFixture.waiver("rule: [own-0, own-7], match: { ids: [\(ids)] }")]
    fixture.jobs = 3
    let report = try await fixture.report()
    let expected = StraightforwardEvaluation(
      try fixture.loadedPolicy(), snapshot, at: try #require(Instant(fixture.at)))
    #expect(report.findings.map(StraightforwardEvaluation.text) == expected.findings)
    for result in report.rules {
      #expect(StraightforwardEvaluation.text(result) == expected.tallies[result.rule.id], "\(result.rule.id)")
    }
    for finding in report.findings {
      let isWaived = ["own-0", "own-7"].contains(finding.ruleID) && waived.contains(finding.resource.id)
      #expect(finding.disposition.isOpen != isWaived, "\(finding.ruleID) \(finding.resource.id)")
    }
    #expect(report.findings.openCount == report.findings.count { $0.disposition.isOpen })
    #expect(report.findings.openCount < report.findings.count)
  }

  @Test(arguments: 0..<12)
  func bothFindTheSame(_ seed: Int) async throws {
    var random = SeededRandom(seed: UInt64(seed))
    let tokens = (0..<120).map { HostileTokenRecord($0, dates: Self.dates, &random).json }
    let own = Self.rules(&random)
    let ownOnLists = Self.ownListRules.enumerated().map { index, condition in
      """
        list-\(index): { title: Own, resource: \(condition.contains("owner.") ? "owner" : "organization"), severity: low,
          condition: "\(condition)", message: "{record.tokens.filter(t, t.live).map(t, t.id)}",
          rationale: None., remediation: None. }
      """
    }
    var fixture = AuditFixture(
      tokens: tokens, keys: Array(tokens.prefix(40)),
      policy: "extends: extended\nrules:\n" + (own + ownOnLists).joined(separator: "\n"))
    if seed % 4 == 3 { fixture.gaps[.apiTokens] = .refused }
    fixture.jobs = seed % 3 + 1
    let report = try await fixture.report()
    let expected = StraightforwardEvaluation(
      try fixture.loadedPolicy(), try fixture.snapshot(), at: try #require(Instant(fixture.at)))
    #expect(report.findings.map(StraightforwardEvaluation.text) == expected.findings)
    for result in report.rules {
      #expect(StraightforwardEvaluation.text(result) == expected.tallies[result.rule.id], "\(result.rule.id)")
    }
    #expect(report.findings.count == report.findings.openCount)
    #expect(report.findings.open(first: 7).map(\.fingerprint) == report.findings.prefix(7).map(\.fingerprint))
  }
}
