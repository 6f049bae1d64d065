import Policy
import Testing

/// Tests that a team writes for its policy.
struct PolicyTestTests {
  private static let policy = """
    id: team
    extends: baseline
    rules:
      token-lifetime:
        overrides: [{ match: "token.label == 'prod'", severity: high, parameters: { maxLifetime: 30d } }]
    """

  private static let token = "createdAt: 2026-02-01T00:00:00Z, expiresAt: 2026-04-02T00:00:00Z"

  private func tests(_ text: String) throws -> (tests: [PolicyTest], policy: GovernancePolicy) {
    let policy = try PolicyText.load(Self.policy).policy
    return (try PolicyTestParser.tests(SourceFile(name: "team.test.yaml", text: text), for: policy), policy)
  }

  /// What a test of these members, on line 2, finds otherwise than expected: one line each.
  private func differences(_ members: String) throws -> [String] {
    let (tests, policy) = try tests("tests:\n  - { name: A, at: 2026-03-01, \(members) }\n")
    return try #require(tests.first).differences(policy).map {
      "\($0.ruleID) \($0.kind.rawValue) \($0.id): \($0.expected) / \($0.actual)"
    }
  }

  @Test(arguments: [
    ("findings: [{ rule: token-lifetime, resource: a, severity: high }]", []),
    (
      "findings: [{ rule: token-lifetime, resource: a, severity: medium }]",
      ["token-lifetime api-token a: flagged, medium / flagged, high: lives 60d, 30d allowed"]
    ),
    ("findings: []", ["token-lifetime api-token a: not flagged / flagged, high: lives 60d, 30d allowed"]),
    (
      "findings: [{ rule: token-lifetime, resource: b, severity: medium }]",
      [
        "token-lifetime api-token b: flagged, medium / passed",
        "token-lifetime api-token a: not flagged / flagged, high: lives 60d, 30d allowed",
      ]
    ),
    (
      "findings: [], not-evaluable: [{ rule: token-lifetime, resource: a }]",
      ["token-lifetime api-token a: not evaluable / flagged, high: lives 60d, 30d allowed"]
    ),
  ])
  func findingsAreCompared(_ expectations: String, _ differences: [String]) throws {
    let tokens = "tokens: [{ id: a, label: prod, \(Self.token) }, { id: b, label: test, \(Self.token) }]"
    #expect(try self.differences("rules: [token-lifetime], \(tokens), \(expectations)") == differences)
  }

  @Test func whatCannotBeEvaluatedHasToBeExpected() throws {
    let record = "rules: [token-stale], tokens: [{ id: a, lastActiveAt: soon, \(Self.token) }], findings: []"
    #expect(
      try differences(record) == ["token-stale api-token a: evaluable / not evaluable: lastActiveAt is not a date-time"]
    )
    #expect(try differences(record + ", not-evaluable: [{ rule: token-stale, resource: a }]") == [])
  }

  @Test func withoutRulesAllOfThePolicyCount() throws {
    func differences(scopes: String) throws -> [String] {
      let token = "id: a, label: test, lastActiveAt: 2026-02-20T00:00:00Z, scopes: [\(scopes)], \(Self.token)"
      return try self.differences("owners: [{ id: o, tokens: [{ \(token) }] }], findings: []")
    }
    #expect(try differences(scopes: "'read:jira-work'") == [])
    let unscoped = try differences(scopes: "")
    #expect(unscoped.count == 1 && unscoped[0].hasPrefix("token-unscoped api-token a: not flagged / flagged, high"))
  }

  /// A list that the test does not have was not collected.
  @Test func aRuleOnTheOrganizationCountsWhereItIsNamed() throws {
    let finding = "{ rule: org-no-ip-allowlist, resource: organization, severity: medium }"
    let owner = "owners: [{ id: o, tokens: [{ id: a, label: test, \(Self.token) }] }], rules: [org-no-ip-allowlist]"
    #expect(
      try differences(
        "policies: [{ id: p, type: policy, attributes: { type: other } }], rules: [org-no-ip-allowlist], findings: [\(finding)]"
      ) == [])
    #expect(
      try differences("\(owner), findings: [\(finding)]").first?.hasPrefix(
        "org-no-ip-allowlist organization organization: flagged, medium / not evaluable: the list of policies") == true)
  }

  @Test func ownersAndKeysAreRecordsToo() throws {
    let tokens = (1...6).map { "{ id: t\($0) }" }.joined(separator: ", ")
    #expect(
      try differences(
        "rules: [owner-token-count, key-no-expiry], owners: [{ id: o, email: ada.park@example.com, tokens: [\(tokens)] }], keys: [{ id: k }], findings: [{ rule: owner-token-count, resource: o, severity: low }, { rule: key-no-expiry, resource: k, severity: critical }]"
      ) == [])
  }

  @Test(arguments: [
    ("tests: []", "1:1: the file has no test"), ("tests:", "1:7: `tests` should be a list"),
    ("{}", "1:1: the file of policy tests has no `tests`"),
    ("test: []", "1:1: a file of policy tests has no key `test`"),
    ("tests: [{ at: 2026-03-01, tokens: [{ id: a }], findings: [] }]", "1:9: the test has no `name`"),
    ("tests: [{ name: A, tokens: [{ id: a }], findings: [] }]", "1:9: the test has no `at`"),
    ("tests: [{ name: A, at: 2026-03-01, tokens: [{ id: a }] }]", "1:9: the test has no `findings`"),
    ("tests: [{ name: A, at: 2026-03-01, findings: [] }]", "1:9: the test has no record"),
    ("tests: [{ name: A, at: 2026-03-01, tokens: [], findings: [] }]", "1:9: the test has no record"),
    (
      "tests: [{ name: A, at: 2026-03-01, rules: [key-stale], tokens: [{ id: a }], findings: [] }]",
      "1:9: the test can't fail: no rule that it looks at is asked of any of its records"
    ),
    (
      "tests: [{ name: A, at: 2026-03-01, rules: [], tokens: [{ id: a }], findings: [] }]",
      "1:36: `rules` names no rule"
    ),
    (
      "tests: [{ name: A, at: 2026-03-01, rules: [token-stales], tokens: [{ id: a }], findings: [] }]",
      "1:44: the policy team has no rule `token-stales`"
    ),
    (
      "tests: [{ name: A, at: 2026-03-01, tokens: [{ id: a }, { id: a }], findings: [] }]",
      "1:56: two records have the id `a`"
    ),
    (
      "tests: [{ name: A, at: 2026-03-01, tokens: [{ label: a }], findings: [] }]",
      "1:45: a record needs an `id`, by which expectations name it"
    ),
    (
      "tests: [{ name: A, at: 2026-03-01, tokens: [{ id: a }], findings: [{ rule: token-stale, resource: b, severity: low }] }]",
      "1:99: the test has no resource `b` that the rule is asked of"
    ),
    (
      "tests: [{ name: A, at: 2026-03-01, tokens: [{ id: a }], findings: [{ rule: token-stale, resource: a }] }]",
      "1:68: the finding has no `severity`"
    ),
    (
      "tests: [{ name: A, at: 2026-03-01, rules: [token-lifetime], tokens: [{ id: a }], findings: [{ rule: token-stale, resource: a, severity: low }] }]",
      "1:93: the test expects something of `token-stale`, which is not among its `rules`"
    ),
    (
      "tests: [{ name: A, at: 2026-03-01, tokens: [{ id: a }], findings: [{ rule: token-stale, resource: a, severity: low }], not-evaluable: [{ rule: token-stale, resource: a }] }]",
      "1:136: what `token-stale` makes of `a` is expected twice"
    ),
  ])
  func aTestThatIsNoneIsAnError(_ text: String, _ headline: String) {
    let error = #expect(throws: InvalidFiles.self) { try tests(text) }
    let headlines = error?.diagnostics.map { "\($0.location.line):\($0.location.column): \($0.message)" } ?? []
    #expect(headlines.contains(headline), "\(headlines)")
  }
}
