import Policy
import Testing

struct PolicyLoadingTests {
  private func rule(_ id: String, of text: String, _ files: [String: String] = [:]) throws -> SelectedRule? {
    try PolicyText.load(text, files).policy.rules.first { $0.rule.id == id }
  }

  @Test func aPolicySelectsWhatItNames() throws {
    let (policy, _) = try PolicyText.load("rules:\n  token-stale:\n  key-stale: { severity: low }\n")
    #expect(policy.rules.map(\.rule.id) == ["key-stale", "token-stale"])
    #expect(policy.rules.map(\.severity) == [.low, .medium])
  }

  @Test func whatItExtendsIsChangedRuleByRule() throws {
    let text = """
      extends: baseline
      rules:
        token-lifetime: { parameters: { maxLifetime: 30d } }
        token-broad-scopes: { severity: high, parameters: { maxScopes: 3 } }
        key-stale: { enabled: false }
      """
    #expect(try rule("token-lifetime", of: text)?.parameters.map(\.value) == [.duration(30 * 86_400_000)])
    #expect(try rule("token-lifetime", of: text)?.severity == .medium)
    #expect(try rule("token-broad-scopes", of: text)?.severity == .high)
    #expect(try rule("token-broad-scopes", of: text)?.parameters.map(\.value) == [.int(1), .int(3)])
    #expect(try rule("key-stale", of: text) == nil)
    #expect(try rule("key-lifetime", of: text) != nil)
  }

  @Test func layersLieOverEachOther() throws {
    let files = [
      "team/base.yaml": "extends: middle.yaml\nrules: { own-rule: { severity: critical } }\n",
      "team/middle.yaml":
        "extends: strict\nrules: { own-rule: { resource: api-key, condition: key.live }, token-stale: { severity: info } }\n",
    ]
    let text = "extends: team/base.yaml\nrules: { token-stale: { parameters: { staleAfter: 1w } } }\n"
    #expect(try rule("own-rule", of: text, files)?.severity == .critical)
    #expect(try rule("token-stale", of: text, files)?.severity == .info)
    #expect(try rule("token-stale", of: text, files)?.parameters.map(\.value) == [.duration(7 * 86_400_000)])
    #expect(try rule("token-lifetime", of: text, files)?.severity == .high)
  }

  @Test func aRuleThatWasTurnedOffCanBeTurnedOnAgain() throws {
    let files = ["base.yaml": "extends: strict\nrules: { token-lifetime: { enabled: false } }\n"]
    let text = "extends: ./base.yaml\nrules: { token-lifetime: }\n"
    #expect(try rule("token-lifetime", of: text, ["./base.yaml": files["base.yaml"] ?? ""])?.severity == .medium)
  }

  @Test(arguments: [
    ["policy.yaml"], ["./policy.yaml"], ["a.yaml", "policy.yaml"], ["a.yaml", "b.yaml", "a.yaml"],
    ["./a.yaml", "./a.yaml"],
  ])
  func aCycleIsAnError(_ chain: [String]) {
    var files = ["./policy.yaml": "extends: ./policy.yaml\n"]
    for (name, next) in zip(chain, chain.dropFirst()) { files[name] = "extends: \(next)\n" }
    let loader = PolicyLoader { path throws(PolicyFailure) in
      if path == "policy.yaml" { return "extends: \(chain[0])\n" }
      let plain = String(path.split(separator: "/").last ?? "")
      guard let text = files[path] ?? files["./" + plain] ?? files[plain] else { throw .cannotRead(path, advice: nil) }
      return text
    }
    let error = #expect(throws: PolicyFailure.self) { try loader.load("policy.yaml") }
    guard case .invalid(let diagnostics)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(diagnostics.contains { $0.message.contains("extend") })
  }

  @Test func aPolicyThatExtendsItselfIsNoticedAtOnce() {
    let headlines = PolicyText.headlines("extends: ./policy.yaml\n", ["./policy.yaml": "extends: ./policy.yaml\n"])
    #expect(headlines == ["./policy.yaml:1:10: the policy extends itself by way of `./policy.yaml`"])
  }

  @Test(arguments: [
    ("rules: { token-stales: }", "1:10: there is no rule `token-stales`"),
    ("rules: { token-stale: { enabled: no } }", "1:34: `enabled` should be true or false"),
    ("rules: { token-stale: { parameters: { after: 3d } } }", "1:39: the rule `token-stale` has no parameter `after`"),
    (
      "rules: { token-stale: { parameters: { staleAfter: 30 } } }",
      "1:51: `staleAfter` should be of type duration, but is `30`"
    ),
    (
      "rules: { token-stale: { parameters: { staleAfter: -3d } } }",
      "1:51: `staleAfter` should be of type duration, but is `-3d`"
    ),
    ("rules: { token-stale: { severities: low } }", "1:25: an entry of `rules` has no key `severities`"),
    (
      "rules: { token-stale: { enabled: false, parameters: { staleAfter: 3d } } }",
      "1:41: `parameters` says nothing where the rule is turned off"
    ),
    ("rules: { token-stale: true }", "1:23: an entry of `rules` should be a mapping (`key: value` lines)"),
    ("rules: [token-stale]", "1:8: `rules` should be a mapping (`key: value` lines)"),
    ("rules: {}", "1:1: the policy selects no rule"), ("id: x", "1:1: the policy selects no rule"),
    ("rules:", "1:1: the policy selects no rule"),
    ("extends: nothing.yaml", "1:10: cannot open nothing.yaml: No such file or folder"),
    ("extends: basline", "1:10: there is no built-in policy `basline`"),
    ("extends: [baseline]", "1:10: `extends` should be text"),
    (
      "rules: { token-stale: { resource: api-token, condition: token.live } }",
      "1:10: a rule `token-stale` exists already"
    ),
  ])
  func aMistakeIsAnErrorWithItsPlace(_ text: String, _ headline: String) {
    #expect(PolicyText.headlines(text).contains("policy.yaml:\(headline)"), "\(PolicyText.headlines(text))")
  }

  @Test func turningOffWhatIsNotSelectedIsDoubtful() throws {
    let (_, warnings) = try PolicyText.load("extends: baseline\nrules: { token-age: { enabled: false } }\n")
    #expect(warnings.map(\.message) == ["`token-age` is not selected, so turning it off changes nothing"])
  }

  @Test func problemsOfEveryFileAreSaidAtOnce() {
    let headlines = PolicyText.headlines(
      "extends: ./base.yaml\nrules: { token-stales: }\n", ["./base.yaml": "rules: { key-stales: , token-stale: }\n"])
    #expect(
      headlines == [
        "./base.yaml:1:10: there is no rule `key-stales`", "policy.yaml:2:10: there is no rule `token-stales`",
      ])
  }

  @Test func theDigestTellsPoliciesApart() throws {
    func digest(_ text: String) throws -> String { try PolicyText.load(text).policy.digest }
    let plain = try digest("rules: { token-stale: }")
    #expect(plain.count == 64)
    #expect(try digest("title: Other words\nrules:\n  token-stale: {}\n") == plain)
    #expect(try digest("rules: { token-stale: { parameters: { staleAfter: 90d } } }") == plain)
    let others = [
      "rules: { token-stale: { parameters: { staleAfter: 91d } } }", "rules: { token-stale: { severity: low } }",
      "rules: { token-stale: , key-stale: }", "rules: { own-rule: { resource: api-token, condition: token.live } }",
      "rules: { own-rule: { resource: api-token, condition: '!token.live' } }",
      "rules: { own-rule: { resource: api-token, condition: token.live, verdict: inconclusive } }",
      "rules: { own-rule: { resource: api-token, condition: token.live, applies: 'true' } }",
    ]
    #expect(try Set([plain] + others.map(digest)).count == others.count + 1)
  }

  @Test func anUnknownNameOfAPolicyHasASuggestion() {
    let loader = PolicyLoader { path throws(PolicyFailure) in throw .cannotRead(path, advice: nil) }
    let error = #expect(throws: PolicyFailure.self) { try loader.load("baselin") }
    guard case .cannotRead("there is no built-in policy `baselin`", let advice)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(advice == "did you mean `baseline`?")
  }
}
