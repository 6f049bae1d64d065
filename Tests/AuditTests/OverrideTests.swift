import Audit
import Policy
import Testing

struct OverrideTests {
  /// A token that lives so many days, with more members in JSON.
  private static func token(_ id: String, days: Int, _ more: String = "") -> String {
    let end = ["2026-05-31", "2026-06-30", "2026-07-30", "2026-08-29"][days / 30 - 1]
    return #"{"id":"\#(id)","createdAt":"2026-05-01T00:00:00Z","expiresAt":"\#(end)T00:00:00Z"\#(more)}"#
  }

  private static func policy(_ overrides: String) -> String {
    "rules:\n  token-lifetime:\n    overrides:\n\(overrides)"
  }

  private static let production = policy(
    """
          - match: has(token.label) && token.label.contains('prod')
            severity: critical
            parameters: { maxLifetime: 30d }
          - match: has(token.label) && token.label.contains('pro')
            enabled: false

    """)

  @Test func theFirstOverrideThatMatchesIsInForce() async throws {
    let report = try await AuditFixture(
      tokens: [
        Self.token("a", days: 60, #","label":"prod""#), Self.token("b", days: 60, #","label":"test""#),
        Self.token("c", days: 120, #","label":"test""#), Self.token("d", days: 120, #","label":"prototype""#),
        Self.token("e", days: 120), Self.token("f", days: 120, #","label":"prod""#),
      ], policy: Self.production, at: "2026-05-02T00:00:00Z"
    ).report()
    #expect(report.findings.map(\.resource.id) == ["a", "f", "c", "e"])
    #expect(report.findings.map(\.severity) == [.critical, .critical, .medium, .medium])
    #expect(report.findings.map { $0.override?.match.prefix(15) } == ["has(token.label", "has(token.label", nil, nil])
    #expect(
      report.findings.map { $0.override?.settings.parameters.map(\.value.text) } == [["30d"], ["30d"], nil, nil])
    #expect(report.findings.map { $0.message.contains("30d allowed") } == [true, true, false, false])
    let result = try #require(report.rules.first)
    #expect((result.passed, result.flagged, result.notApplicable) == (1, 4, 1))
  }

  /// The label is unknown, so it may be `prod`.
  @Test(arguments: [
    // Passes whatever is in force.
    (Self.policy("      - { match: token.label == 'prod', parameters: { maxLifetime: 30d } }\n"), 30, "passed"),
    // Passes only if the label is not `prod`.
    (Self.policy("      - { match: token.label == 'prod', parameters: { maxLifetime: 30d } }\n"), 60, "not evaluable"),
    // Flagged only if it is not.
    (
      Self.policy("      - { match: token.label == 'prod', parameters: { maxLifetime: 200d } }\n"), 120, "not evaluable"
    ),
    (Self.policy("      - { match: token.label == 'prod', enabled: false }\n"), 120, "not evaluable"),
    (Self.policy("      - { match: token.label == 'prod', enabled: false }\n"), 30, "not evaluable"),
    // Flagged either way, but with which severity?
    (Self.policy("      - { match: token.label == 'prod', severity: info }\n"), 120, "not evaluable"),
    // The second override is in force unless the first is.
    (
      Self.policy(
        """
              - { match: token.label == 'prod', parameters: { maxLifetime: 30d } }
              - { match: token.id == 'a', parameters: { maxLifetime: 90d } }

        """), 60, "not evaluable"
    ),
    // A match that is settled comes first.
    (
      Self.policy(
        """
              - { match: token.id == 'a', parameters: { maxLifetime: 30d } }
              - { match: token.label == 'prod', enabled: false }

        """), 60, "flagged"
    ),
  ])
  func whatIsNotKnownNeverRelaxesARule(_ policy: String, _ days: Int, _ outcome: String) async throws {
    let report = try await AuditFixture(
      tokens: [Self.token("a", days: days, #","label":7"#)], policy: policy, at: "2026-05-02T00:00:00Z"
    ).report()
    let result = try #require(report.rules.first)
    let counts = [result.passed, result.flagged, result.notEvaluableCount, result.notApplicable]
    #expect(counts == ["passed", "flagged", "not evaluable", "not applicable"].map { $0 == outcome ? 1 : 0 })
    #expect(report.verdict.state == (outcome == "passed" ? .pass : outcome == "flagged" ? .fail : .inconclusive))
    if let reason = result.notEvaluable.first?.reason {
      #expect(reason.hasPrefix("whether an override of the policy matches is not known: label"), "\(reason)")
    }
  }

  /// A token that is not live is none of the rule's business, whatever its label.
  @Test func aMatchIsOfNoConcernWhereTheRuleIsNotAsked() async throws {
    let report = try await AuditFixture(
      tokens: [Self.token("a", days: 30, #","label":7,"status":"BLOCKED""#)],
      policy: Self.policy("      - { match: token.label == 'prod', severity: high }\n"), at: "2026-05-02T00:00:00Z"
    ).report()
    #expect(report.rules.first?.notApplicable == 1)
  }

  @Test func anOverrideSpeaksOfOneKind() async throws {
    let policy = """
      rules:
        own-rule:
          resource: [api-token, api-key]
          severity: low
          condition: record.live
          overrides: [{ match: token.id == 'a', severity: high }, { match: key.id == 'b', enabled: false }]
      """
    let report = try await AuditFixture(
      tokens: [#"{"id":"a"}"#, #"{"id":"b"}"#], keys: [#"{"id":"a"}"#, #"{"id":"b"}"#], policy: policy
    ).report()
    #expect(
      report.findings.map { "\($0.resource.kind.rawValue) \($0.resource.id) \($0.severity)" } == [
        "api-token a high", "api-key a low", "api-token b low",
      ])
  }

  /// A rule whose own severity gates nothing gates where an override raises it.
  @Test func aSeverityThatAnOverrideRaisesGates() async throws {
    var fixture = AuditFixture(tokens: [#"{"id":"a"}"#], failOn: .high)
    fixture.policy = """
      rules:
        own-rule:
          resource: api-token
          severity: low
          condition: token.live
          overrides: [{ match: token.id == 'a', severity: high }]
      """
    #expect(try await fixture.report().verdict.state == .fail)
    fixture.tokens = [#"{"id":"b"}"#]
    let other = try await fixture.report()
    #expect(other.verdict.state == .pass)
    #expect(other.rules.first?.gates == true)
  }
}
