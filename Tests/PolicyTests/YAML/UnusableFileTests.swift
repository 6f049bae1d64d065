import Policy
import Testing

struct UnusableFileTests {
  @Test(arguments: [
    ("", "1:1: the file is empty"), ("# nothing but a comment\n", "1:1: the file is empty"),
    ("---\n", "2:1: a policy should be a mapping"),
    ("- a\n", "1:1: a policy should be a mapping"), ("text", "1:1: a policy should be a mapping"),
    ("\trules:\n", "this is not valid YAML"), ("rules: {", "this is not valid YAML"),
    ("rules: \"x", "this is not valid YAML"),
    ("a: b: c", "this is not valid YAML"),
    ("rules: { token-stale: }\n---\nrules: { key-stale: }\n", "this is not valid YAML"),
    (
      "rules:\n  token-stale:\n  token-stale: { severity: low }\n",
      "2:3: this is not valid YAML: `token-stale` stands twice"
    ),
    ("rules: { token-stale: }\nrules: { key-stale: }\n", "1:1: this is not valid YAML: `rules` stands twice"),
    ("rules: *unheard-of\n", "this is not valid YAML"), ("\u{0}", "this is not valid YAML"),
    ("%YAML 9.9\n---\na: b\n", "this is not valid YAML"),
    ("? [a]\n: b\n", "a key should be plain text"), ("rules: { [a]: b }", "a key should be plain text"),
    ("<<: { rules: { token-stale: } }\n", "a policy has no key `<<`"),
  ])
  func isRefusedWithAPlace(_ text: String, _ message: String) {
    let headlines = PolicyText.headlines(text)
    #expect(headlines.contains { $0.hasPrefix("policy.yaml:") && $0.contains(message) }, "\(headlines)")
  }

  /// What to do about mistakes whose message alone does not say it.
  @Test(arguments: [
    ("rules:\n\ttoken-stale:\n", "indent with spaces: YAML allows no tabs there"),
    (
      "id: own-rule\nresource: api-token\ncondition: token.live\n",
      "put it into a policy file, below `rules:` and its id"
    ),
    ("rules: { token-stale: off }", "write `token-stale: { enabled: false }` to leave the rule out"),
    ("rules: { own-rule: { resource: api-key, condition: params.days == 3 } }", "it has none"),
    (
      "rules: { own-rule: { resource: api-key, condition: token.label == 'x' } }",
      "`token` is the name of a type; the variables are `record`, `key`"
    ),
  ])
  func saysWhatToDo(_ text: String, _ advice: String) {
    let problems = PolicyText.problems(text)
    #expect(problems.count == 1)
    #expect(problems.first?.contains("\n  \(advice)") == true, "\(problems)")
  }

  @Test func aHugeFileIsRefused() {
    let text = "rules: { token-stale: }\n" + String(repeating: "# comment\n", count: 120_000)
    #expect(PolicyText.headlines(text) == ["policy.yaml:1:1: the file is larger than 1 MiB"])
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func deepNestingIsRefused(_ opening: String) {
    #expect(!PolicyText.problems(String(repeating: opening, count: 200_000)).isEmpty)
    #expect(!PolicyText.problems("rules: " + String(repeating: opening, count: 900)).isEmpty)
  }

  @Test func anExampleCannotBeNestedForEver() {
    let record = String(repeating: "{ a: ", count: 100) + "1" + String(repeating: " }", count: 100)
    let more = "    examples: [{ flagged: \(record), at: 2026-06-01 }]\n"
    #expect(
      PolicyText.problems(PolicyText.rule(condition: "token.live", more: more)).contains {
        $0.contains("nested deeper")
      })
  }

  @Test func aliasesAreRefusedWhateverTheyStandFor() {
    let laughs = (1...30).map {
      "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ", "))]"
    }
    let text = "a0: &a0 lol\n" + laughs.joined(separator: "\n") + "\n"
    #expect(PolicyText.headlines(text) == ["policy.yaml:1:5: anchors and aliases are not supported"])
    #expect(
      PolicyText.headlines("rules:\n  token-stale: &x { severity: low }\n  key-stale: *x\n").first?
        .hasSuffix("anchors and aliases are not supported") == true)
  }

  @Test func hostileTextInAFileReachesNoTerminal() {
    let problems = PolicyText.problems("rules: { \"token-\\e[2J\": }\n# \u{1B}[2J\n")
    #expect(!problems.isEmpty)
    #expect(!problems.joined().unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }
}
