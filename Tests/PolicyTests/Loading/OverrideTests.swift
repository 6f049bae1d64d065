import Policy
import Testing

struct OverrideTests {
  private func rule(_ id: String, of text: String, _ files: [String: String] = [:]) throws -> SelectedRule {
    try #require(try PolicyText.load(text, files).policy.rules.first { $0.rule.id == id })
  }

  /// A policy with these overrides of `token-lifetime`, on lines 4 and below.
  private static func policy(_ overrides: String...) -> String {
    "rules:\n  token-lifetime:\n    overrides:\n" + overrides.map { "      - \($0)\n" }.joined()
  }

  @Test func anOverrideChangesWhatItNames() throws {
    let text = """
      extends: baseline
      rules:
        token-lifetime:
          severity: high
          parameters: { maxLifetime: 60d }
          overrides:
            - { match: token.id == 't-1', parameters: { maxLifetime: 30d } }
            - { match: token.id == 't-2', severity: low }
            - { match: token.id == 't-3', enabled: false }
      """
    let rule = try rule("token-lifetime", of: text)
    #expect(rule.overrides.map(\.match) == ["token.id == 't-1'", "token.id == 't-2'", "token.id == 't-3'"])
    #expect(rule.overrides.map(\.isEnabled) == [true, true, false])
    #expect(rule.overrides.map(\.settings.severity.value) == [.high, .low, .high])
    #expect(rule.overrides.map { $0.settings.parameters.map(\.value.text) } == [["30d"], ["60d"], ["60d"]])
    #expect(rule.overrides.map(\.origin.text) == ["policy.yaml:7", "policy.yaml:8", "policy.yaml:9"])
    #expect(rule.overrides[0].settings.parameters.map(\.origin.text) == ["policy.yaml:7"])
    #expect(rule.overrides[1].settings.parameters.map(\.origin.text) == ["policy.yaml:5"])
    #expect(rule.worstSeverity == .high)
  }

  @Test func theWorstSeverityIsThatOfAnyOverrideThatCanFlag() throws {
    func worst(_ override: String) throws -> Severity {
      try rule("token-lifetime", of: Self.policy("{ match: token.id == 't', \(override) }")).worstSeverity
    }
    #expect(try worst("severity: critical") == .critical)
    #expect(try worst("severity: low") == .medium)
    #expect(try worst("enabled: false") == .medium)
  }

  @Test func thoseOfAPolicyComeBeforeThoseOfWhatItExtends() throws {
    let base = Self.policy("{ match: token.id == 'a', severity: low }")
    let text = "extends: ./base.yaml\n" + Self.policy("{ match: token.id == 'b', severity: info }")
    let rule = try rule("token-lifetime", of: text, ["./base.yaml": base])
    #expect(rule.overrides.map(\.match) == ["token.id == 'b'", "token.id == 'a'"])
    #expect(rule.overrides.map(\.origin.text) == ["policy.yaml:5", "./base.yaml:4"])
  }

  @Test func whatIsTurnedOffAndOnAgainHasNoOverrides() throws {
    let files = [
      "./base.yaml": Self.policy("{ match: token.id == 'a', severity: low }"),
      "./middle.yaml": "extends: ./base.yaml\nrules: { token-lifetime: { enabled: false }, key-stale: }\n",
    ]
    #expect(
      try rule("token-lifetime", of: "extends: ./middle.yaml\nrules: { token-lifetime: }\n", files).overrides.isEmpty)
  }

  @Test func aRuleOfOnesOwnCanHaveThem() throws {
    let text = """
      rules:
        own-rule:
          resource: [api-token, api-key]
          condition: record.live
          overrides: [{ match: token.id == 't', severity: info }]
      """
    #expect(try rule("own-rule", of: text).overrides.map(\.settings.severity.value) == [.info])
  }

  @Test func theDigestTellsThemApart() throws {
    let texts = [
      "rules: { token-lifetime: }", Self.policy("{ match: token.id == 'a', severity: low }"),
      Self.policy("{ match: token.id == 'b', severity: low }"),
      Self.policy("{ match: token.id == 'a', severity: high }"),
      Self.policy("{ match: token.id == 'a', enabled: false }"),
      Self.policy("{ match: token.id == 'a', parameters: { maxLifetime: 1d } }"),
      Self.policy("{ match: token.id == 'a', severity: low }", "{ match: token.id == 'b', severity: low }"),
      Self.policy("{ match: token.id == 'b', severity: low }", "{ match: token.id == 'a', severity: low }"),
    ]
    #expect(try Set(texts.map { try PolicyText.load($0).policy.digest }).count == texts.count)
  }

  @Test(arguments: [
    (["{ severity: low }"], "4:9: the override has no `match`"),
    (["{ match: token.live }"], "4:11: the override changes nothing"),
    (["{ match: token.live, level: low }"], "4:30: an override has no key `level`"),
    (["{ match: token.live, severity: lo }"], "4:40: `severity` can't be `lo`"),
    (["{ match: token.labl == '', severity: low }"], "4:24: token has no field `labl`"),
    (["{ match: key.live, severity: low }"], "4:18: there is no variable `key`"),
    (["{ match: token.label, severity: low }"], "4:18: "),
    (["{ match: '', severity: low }"], "4:18: `match` is empty"),
    (
      ["{ match: token.live, parameters: { max: 3d } }"],
      "4:44: the rule `token-lifetime` has no parameter `max`"
    ),
    (
      ["{ match: token.live, parameters: { maxLifetime: 3 } }"],
      "4:57: `maxLifetime` should be of type duration, but is `3`"
    ),
    (
      ["{ match: token.live, enabled: false, severity: low }"],
      "4:46: `severity` says nothing where the rule is turned off"
    ),
    (["{ match: 'false', severity: low }"], "4:18: the override can never match"),
    (["{ match: token.live && false, severity: low }"], "4:18: the override can never match"),
    (
      ["{ match: 'true', severity: low }", "{ match: token.live, severity: high }"],
      "5:18: the override is never reached: the one at policy.yaml:4 matches everything"
    ),
    (
      ["{ match: token.live, severity: low }", "{ match: token.live, severity: high }"],
      "5:18: the override is never reached: the one at policy.yaml:4 has the same match"
    ),
  ])
  func aMistakeIsAnErrorWithItsPlace(_ overrides: [String], _ headline: String) {
    let text = "rules:\n  token-lifetime:\n    overrides:\n" + overrides.map { "      - \($0)\n" }.joined()
    let headlines = PolicyText.headlines(text)
    #expect(headlines.count == 1 && headlines[0].hasPrefix("policy.yaml:\(headline)"), "\(headlines)")
  }

  @Test func theOverridesOfARuleThatIsOffAreAnError() {
    let text =
      "extends: baseline\nrules: { token-stale: { enabled: false, overrides: [{ match: 'true', severity: low }] } }"
    #expect(
      PolicyText.headlines(text) == ["policy.yaml:2:41: the overrides of a rule that is turned off are never asked"])
  }

  @Test func aMatchOnTextThatOwnersChooseIsDoubtful() throws {
    func warnings(_ match: String) throws -> [String] {
      try PolicyText.load(Self.policy("{ match: \"\(match)\", severity: low }")).warnings.map(\.message)
    }
    #expect(
      try warnings("has(token.label) && token.label.contains('prod')") == [
        "the match rests on `token.label`, which the resource's owner chooses"
      ])
    #expect(
      try warnings("token.user.name == 'x'") == ["the match rests on `user.name`, which the resource's owner chooses"])
    #expect(try warnings("token.user.email.endsWith('@example.com')") == [])
  }
}
