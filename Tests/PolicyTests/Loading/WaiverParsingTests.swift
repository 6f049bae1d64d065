import Inventory
import Policy
import Testing

struct WaiverParsingTests {
  private static let rest = "reason: known, owner: sec@example.com, expires: 2026-12-31"

  @Test func everyKindOfWaiverIsRead() throws {
    let (waivers, warnings) = try PolicyText.waivers(
      """
      waivers:
        - id: first
          rule: token-stale
          match: { ids: [t-1, t-2] }
          reason: Used once a year
          owner: ada.park@example.com
          expires: 2026-12-31T12:00:00Z
          ticket: SEC-1
        - { rule: [key-stale, key-lifetime], match: "key.id == 'k-1'", \(Self.rest) }
        - { gap: not-evaluable, rule: token-unscoped, match: "true", \(Self.rest) }
        - { gap: api-keys, \(Self.rest) }
        - { gap: scopes, \(Self.rest) }
      """)
    #expect(warnings.isEmpty)
    #expect(waivers.map(\.id) == ["first", "waivers-2", "waivers-3", "waivers-4", "waivers-5"])
    #expect(waivers[0].expires.text == "2026-12-31T12:00:00Z")
    #expect(waivers[0].ticket == "SEC-1")
    #expect(waivers[1].expires.text == "2026-12-31T00:00:00Z")
    guard case .findings(rules: ["token-stale"]) = waivers[0].subject, case .ids(["t-1", "t-2"])? = waivers[0].match,
      case .findings(rules: ["key-stale", "key-lifetime"]) = waivers[1].subject,
      case .condition(let programs, source: "key.id == 'k-1'")? = waivers[1].match, Array(programs.keys) == [.apiKey],
      case .notEvaluable(rules: ["token-unscoped"]) = waivers[2].subject, case .list(.apiKeys) = waivers[3].subject,
      case .scopes = waivers[4].subject
    else {
      Issue.record("\(waivers)")
      return
    }
  }

  @Test func aFileWithoutWaiversIsFine() throws {
    #expect(try PolicyText.waivers("waivers: []").waivers.isEmpty)
    #expect(try PolicyText.waivers("waivers:").waivers.isEmpty)
  }

  @Test(arguments: [
    ("rule: token-stale, match: { ids: [t] }, owner: a, expires: 2026-12-31", "the waiver has no `reason`"),
    ("rule: token-stale, match: { ids: [t] }, reason: a, expires: 2026-12-31", "the waiver has no `owner`"),
    ("rule: token-stale, match: { ids: [t] }, reason: a, owner: a", "the waiver has no `expires`"),
    ("rule: token-stale, match: { ids: [t] }, reason: ~, owner: a, expires: 2026-12-31", "`reason` is empty"),
    ("rule: token-stale, match: { ids: [t] }, reason: '', owner: ' ', expires: 2026-12-31", "`reason` is empty"),
    ("rule: token-stale, match: { ids: [t] }, reason: a, owner: a, expires: never", "`expires` is not a date"),
    ("rule: token-stale, \(rest)", "the waiver has no `match`"),
    ("match: { ids: [t] }, \(rest)", "the waiver says neither which `rule` nor which `gap` it accepts"),
    ("rule: token-stal, match: { ids: [t] }, \(rest)", "there is no rule `token-stal`"),
    ("rule: token-stale, match: { ids: [] }, \(rest)", "`match` names no ids"),
    ("rule: token-stale, match: { id: [t] }, \(rest)", "`match` has no key `id`"),
    ("rule: token-stale, match: [t], \(rest)", "`match` should be an expression"),
    ("gap: keys, \(rest)", "`gap` can't be `keys`"),
    ("gap: oauth-clients, \(rest)", "`gap` can't be `oauth-clients`"),
    ("gap: api-keys, rule: key-stale, \(rest)", "a waiver for the list api-keys has no `rule`"),
    ("gap: api-keys, match: 'true', \(rest)", "a waiver for the list api-keys has no `match`"),
    ("gap: scopes, rule: token-unscoped, \(rest)", "a waiver for the gap `scopes` has no `rule`"),
    (
      "rule: waiver-expired, match: { ids: [w] }, \(rest)",
      "a waiver can't accept findings of `waiver-expired`, which is about waivers"
    ),
    (
      "rule: [token-stale, waiver-too-long], match: { ids: [w] }, \(rest)",
      "a waiver can't accept findings of `waiver-too-long`, which is about waivers"
    ),
    (
      "gap: not-evaluable, match: { ids: [t] }, \(rest)",
      "the waiver says neither which `rule` nor which `gap` it accepts"
    ),
    ("rule: token-stale, match: { ids: [t] }, until: 2026-12-31, \(rest)", "a waiver has no key `until`"),
  ])
  func aMistakeIsAnError(_ members: String, _ message: String) {
    let problems = PolicyText.waiverProblems("waivers:\n  - { \(members) }\n")
    #expect(problems.contains { $0.hasPrefix("waivers.yaml:2:") && $0.contains(message) }, "\(problems)")
  }

  @Test(arguments: [
    ("rule: token-stale, \(rest)", "or by a condition: `match: \"token.user.id == '…'\"`"),
    ("rule: token-stale, match: { condition: token.live }, \(rest)", "or a condition by itself: `match: \""),
    ("match: { ids: [t] }, \(rest)", "`gap: api-keys` for a list that could not be seen"),
  ])
  func aMistakeHasAdvice(_ members: String, _ advice: String) {
    let problems = PolicyText.waiverProblems("waivers:\n  - { \(members) }\n")
    #expect(problems.contains { $0.contains(advice) }, "\(problems)")
  }

  @Test func theSameIDTwiceIsAnError() {
    let waiver = "{ id: a, gap: api-keys, \(Self.rest) }"
    #expect(
      PolicyText.waiverProblems("waivers: [\(waiver), \(waiver)]").contains {
        $0.contains("two waivers have the id `a`")
      })
  }

  @Test func theSameWaiverTwiceIsAnError() {
    let waiver = "{ rule: token-stale, match: { ids: [t] }, \(Self.rest) }"
    #expect(
      PolicyText.waiverProblems("waivers: [\(waiver), \(waiver)]").contains {
        $0.contains("the waiver stands in the file twice")
      })
    #expect(
      PolicyText.waiverProblems("waivers: [\(waiver), \(waiver.replacing("[t]", with: "[u]"))]").isEmpty)
  }

  @Test(arguments: ["token.labl == 'x'", "key.id == 'x'", "token.label", "params.x == 1"])
  func aMatchThatCannotWorkIsAnError(_ match: String) {
    let text =
      "waivers:\n  - rule: token-stale\n    match: \(match)\n    reason: a\n    owner: a\n    expires: 2026-12-31\n"
    let problems = PolicyText.waiverProblems(text)
    #expect(!problems.isEmpty && problems.allSatisfy { $0.hasPrefix("waivers.yaml:3:") }, "\(problems)")
  }

  @Test func aMatchThatSpeaksOfOneKindIsFineForARuleOnSeveral() throws {
    let (waivers, _) = try PolicyText.waivers(
      "waivers: [{ rule: record-malformed, match: \"token.id == 't'\", \(Self.rest) }]")
    guard case .condition(let programs, _)? = waivers[0].match else {
      Issue.record("\(waivers)")
      return
    }
    #expect(Array(programs.keys) == [.apiToken])
  }

  @Test func aTokenWithoutAnOwnerCanBeMatchedForARuleOnOwners() throws {
    let (waivers, _) = try PolicyText.waivers(
      "waivers: [{ gap: not-evaluable, rule: owner-token-count, match: \"!has(token.user)\", \(Self.rest) }]")
    guard case .condition(let programs, _)? = waivers[0].match else {
      Issue.record("\(waivers)")
      return
    }
    #expect(Array(programs.keys) == [.apiToken])
    #expect(
      !PolicyText.waiverProblems(
        "waivers: [{ rule: owner-token-count, match: \"!has(token.user)\", \(Self.rest) }]"
      ).isEmpty)
  }

  @Test(arguments: [
    ("token.label == 'x'", "token.label"), ("token.user.name == 'x'", "user.name"),
    ("token.scopes == [] && token.label.startsWith('x')", "token.label"),
  ])
  func aMatchThatRestsOnWhatOwnersChooseIsDoubtful(_ match: String, _ field: String) throws {
    let (_, warnings) = try PolicyText.waivers("waivers: [{ rule: token-stale, match: \"\(match)\", \(Self.rest) }]")
    #expect(warnings.map(\.message) == ["the match rests on `\(field)`, which the resource's owner chooses"])
  }

  @Test func aWaiverForARuleThatIsNotSelectedIsDoubtful() throws {
    let (waivers, warnings) = try PolicyText.waivers(
      "waivers: [{ rule: token-age, match: { ids: [t] }, \(Self.rest) }]")
    #expect(waivers.count == 1)
    #expect(
      warnings.map(\.message) == ["the policy policy does not select the rule `token-age`, so the waiver can't match"])
  }

  @Test(arguments: ["", "# nothing", "wavers: []", "[]", "text", "waivers: {}"])
  func whatIsNoWaiverFileIsRefused(_ text: String) {
    #expect(!PolicyText.waiverProblems(text).isEmpty)
  }

  /// What is doubtful, with its column.
  @Test(arguments: [
    ("rule: token-stale, match: 'false'", "29:the match is never true, so the waiver can't match"),
    ("rule: token-stale, match: token.live && false", "29:the match is never true, so the waiver can't match"),
    (
      "rule: token-age, match: { ids: [t] }",
      "9:the policy policy does not select the rule `token-age`, so the waiver can't match"
    ),
    (
      "rule: token-stale, match: { ids: [t, ada.park@example.com] }",
      "40:`ada.park@example.com` is no id, so the waiver can't match"
    ),
    (
      "rule: token-stale, match: { ids: ['712020:00000000-0000-4000-8000-000000000002'] }",
      "37:`712020:00000000-0000-4000-8000-000000000002` is the id of an account, and the waiver's rules are asked of tokens and keys, so the waiver can't match"
    ),
    (
      "rule: owner-token-count, match: { ids: [00000000-0000-4000-8000-000000000002] }",
      "43:`00000000-0000-4000-8000-000000000002` is no account id, and the waiver's rules are asked of owners, so the waiver can't match"
    ),
    ("rule: owner-token-count, match: { ids: ['712020:00000000-0000-4000-8000-000000000002'] }", nil),
    ("rule: owner-token-count, match: { ids: [5b10ac8d82e05b22cc7d4ef5] }", nil),
    ("gap: not-evaluable, rule: owner-token-count, match: { ids: [00000000-0000-4000-8000-000000000002] }", nil),
    ("rule: [token-stale, owner-token-count], match: { ids: [00000000-0000-4000-8000-000000000002] }", nil),
    ("rule: token-stale, match: token.live", nil),
    (
      "rule: token-stale, match: token.label == 'x'",
      "29:the match rests on `token.label`, which the resource's owner chooses"
    ),
  ])
  func whatIsHardlyMeantIsAWarning(_ members: String, _ warning: String?) throws {
    let warnings = try PolicyText.waivers("waivers:\n  - { \(members), \(Self.rest) }\n").warnings
    #expect(warnings.map { "\($0.location.column - 4):\($0.message)" } == [warning].compactMap(\.self))
  }

  @Test(arguments: [
    ("2026-12-31", nil), ("2026-10-03", "the waiver has expired"), ("2026-10-02T23:59:59Z", "the waiver has expired"),
    ("2026-10-03T00:00:01Z", nil), ("2027-01-01T23:59:59Z", nil),
    ("2027-01-02", "the waiver lasts 91 days, more than 90"),
    ("2036-10-03", "the waiver lasts 3653 days, more than 90"),
  ])
  func howLongAWaiverLastsIsJudged(_ expires: String, _ warning: String?) throws {
    let text = "waivers: [{ gap: api-keys, reason: a, owner: a, expires: \(expires) }]"
    let source = SourceFile(name: "waivers.yaml", text: text)
    let policy = try PolicyText.load("extends: baseline").policy
    let now = try #require(Instant("2026-10-03T00:00:00Z"))
    #expect(
      try WaiverParser.waivers(source, for: policy, now: now).warnings.map(\.message) == [warning].compactMap(\.self))
    #expect(try WaiverParser.waivers(source, for: policy).warnings.isEmpty)
  }
}
