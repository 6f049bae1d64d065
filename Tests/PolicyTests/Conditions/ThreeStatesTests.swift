import Policy
import Testing

/// Absent, unknown and known fields in conditions, and what that makes of a rule.
struct ThreeStatesTests {
  /// The outcome of a condition on a token, "error" standing for not evaluable.
  private func outcome(_ condition: String, _ record: String, kind: String = "api-token") throws -> String {
    switch try fullOutcome(condition, record, kind: kind) {
    case .flagged: return "true"
    case .passed: return "false"
    case .notApplicable: return "not applicable"
    case .notEvaluable: return "error"
    }
  }

  private func fullOutcome(_ condition: String, _ record: String, kind: String = "api-token") throws -> Outcome {
    let text = """
      rules:
        my-rule:
          resource: \(kind)
          applies: "true"
          condition: |
            \(condition)
          examples: [{ flagged: \(record), at: 2026-06-01 }]
      """
    let rule = try #require(try PolicyText.load(text).policy.rules.first?.rule)
    return try rule.check(rule.examples[0]).outcome
  }

  @Test(arguments: ["int(token.label) > 0", "token.label.matches('(' + token.label)", "{'a': true}[token.label]"])
  func aReasonThatQuotesALabelLeaksNoCredential(condition: String) throws {
    let outcome = try fullOutcome(condition, "{ label: ATATTabcdefgh12345678 }")
    guard case .notEvaluable(let reason) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(reason.contains("ATATT…"))
    #expect(!reason.contains("abcdefgh"))
  }

  @Test(arguments: [
    ("has(token.expiresAt)", "{ expiresAt: 2026-07-01T00:00:00Z }", "true"),
    ("has(token.expiresAt)", "{ expiresAt: ~ }", "false"),
    ("has(token.expiresAt)", "{}", "false"), ("has(token.expiresAt)", "{ expiresAt: soon }", "error"),
    ("!has(token.expiresAt)", "{ expiresAt: soon }", "error"), ("token.expiresAt > now", "{}", "error"),
    ("token.expiresAt > now", "{ expiresAt: 7 }", "error"),
    ("token.expiresAt > now || true", "{ expiresAt: 7 }", "true"),
    ("token.expiresAt > now && false", "{ expiresAt: 7 }", "false"), ("has(token.scopes)", "{}", "error"),
    ("size(token.scopes) == 0", "{ scopes: ~ }", "error"), ("size(token.scopes) == 0", "{ scopes: [] }", "true"),
    ("has(token.user)", "{}", "false"), ("has(token.user.email)", "{ user: {} }", "false"),
    ("has(token.user.email)", "{}", "error"),
    ("has(token.user.email)", "{ user: { email: 7 } }", "error"), ("token.live", "{}", "true"),
    ("token.live", "{ status: BLOCKED }", "false"),
    ("token.live", "{ status: SUSPENDED }", "true"), ("token.live", "{ status: 7 }", "error"),
    ("token.live", "{ expiresAt: soon }", "error"),
    ("token.live", "{ expiresAt: soon, status: BLOCKED }", "false"),
    ("token.live", "{ expiresAt: 2026-06-01T00:00:00Z }", "false"),
    ("token.live", "{ expiresAt: 2026-06-01T00:00:00.001Z }", "true"),
    ("token.live", "{ expiresAt: 2026-05-01T00:00:00Z, status: 7 }", "false"),
    ("size(record.problems) == 1", "{ id: t, expiresAt: soon }", "true"), ("size(org.policies) == 0", "{}", "error"),
    ("org.policyCount == 0", "{}", "error"), ("org.tokenCount == 1", "{}", "true"),
    ("org.id == 'example'", "{}", "true"),
    ("now == timestamp('2026-06-01T00:00:00Z')", "{}", "true"), ("days(1) == duration('24h')", "{}", "true"),
    ("days(9223372036854775807) > days(1)", "{}", "error"), ("'jira-work'.glob('jira-*')", "{}", "true"),
  ])
  func ofAToken(_ condition: String, _ record: String, _ outcome: String) throws {
    #expect(try self.outcome(condition, record) == outcome)
  }

  @Test(arguments: [
    ("scope(token.scopes[0]).privileged", "manage:org", "true"),
    ("scope(token.scopes[0]).privileged", "read:me", "false"),
    ("scope(token.scopes[0]).privileged", "manage:new:jira", "true"),
    ("scope(token.scopes[0]).privileged", "grant:new:jira", "error"),
    ("has(scope(token.scopes[0]).privileged)", "grant:new:jira", "error"),
    ("scope(token.scopes[0]).access == 'read'", "grant", "error"),
    ("scope(token.scopes[0]).access != 'read'", "grant", "error"),
    ("scope(token.scopes[0]).deletes", "write:jira-work", "true"),
    ("scope(token.scopes[0]).deletes", "write:new:jira", "error"),
    ("scope(token.scopes[0]).family == 'jira'", "read:sprint:jira-software", "true"),
    ("scope(token.scopes[0]).family == 'jira'", "grant:new:jira", "true"),
    ("scope(token.scopes[0]).product == 'x'", "grant", "error"),
    ("scope(token.scopes[0]).known", "grant", "false"), ("scope(token.scopes[0]).name == 'grant'", "grant", "true"),
  ])
  func ofAScope(_ condition: String, _ scope: String, _ outcome: String) throws {
    #expect(try self.outcome(condition, "{ scopes: [\"\(scope)\"] }") == outcome)
  }

  @Test(arguments: [
    ("size(owner.tokens) == 2", "{ tokens: [{ id: a }, { id: b }] }", "true"),
    ("has(owner.email)", "{ tokens: [{ id: a }] }", "false"),
    ("owner.email == 'a@example.com'", "{ email: a@example.com, tokens: [{ id: a }] }", "true"),
    ("owner.tokens.exists(t, t.live)", "{ tokens: [{ id: a, expiresAt: x }, { id: b }] }", "true"),
    ("owner.tokens.all(t, t.live)", "{ tokens: [{ id: a, expiresAt: x }, { id: b }] }", "error"),
  ])
  func ofAnOwner(_ condition: String, _ record: String, _ outcome: String) throws {
    #expect(try self.outcome(condition, record, kind: "owner") == outcome)
  }

  @Test(arguments: [
    ("policy.attributes.rule['in'][0] == 'x'", "{ attributes: { rule: { in: [x] } } }", "true"),
    (
      "policy.attributes.rule.large == 9007199254740993", "{ attributes: { rule: { large: 9007199254740993 } } }",
      "true"
    ),
    ("policy.attributes.rule == []", "{ attributes: { rule: [] } }", "true"),
    ("has(policy.attributes.rule)", "{ attributes: {} }", "false"),
    ("has(policy.attributes.status)", "{ attributes: [] }", "error"), ("has(policy.attributes.status)", "{}", "error"),
    ("policy.attributes.resources[0].applicationStatus == 'applied'", "{ attributes: { resources: [7] } }", "error"),
  ])
  func ofAPolicy(_ condition: String, _ record: String, _ outcome: String) throws {
    #expect(try self.outcome(condition, record, kind: "policy") == outcome)
  }

  @Test(arguments: [
    ("size(org.keys) == 1", "{ keys: [{ id: k }] }", "true"), ("size(org.keys) == 1", "{ tokens: [] }", "error"),
    ("has(org.keys)", "{}", "error"), ("org.keyCount == 0", "{ keys: [] }", "true"),
    ("org.ownerCount == 1", "{ tokens: [{ user: { id: u } }] }", "true"),
    ("org.ownerCount == 1", "{ tokens: [{ user: { id: u } }, {}] }", "error"), ("org.ownerCount == 0", "{}", "error"),
    ("record.tokenCount == org.tokenCount", "{ tokens: [] }", "true"),
    ("org.tokens.exists(t, t.id == 'b')", "{ tokens: [{ id: a }, { id: b }] }", "true"),
  ])
  func ofTheOrganization(_ condition: String, _ record: String, _ outcome: String) throws {
    #expect(try self.outcome(condition, record, kind: "organization") == outcome)
  }
}
