import Policy
import Testing

struct RuleParsingTests {
  @Test func aRuleOfOnesOwnNeedsLittle() throws {
    let (policy, warnings) = try PolicyText.load(PolicyText.rule(condition: "token.label == 'x'"))
    #expect(warnings.isEmpty)
    let selected = try #require(policy.rules.first)
    #expect(policy.rules.count == 1)
    #expect(selected.rule.id == "my-rule")
    #expect(selected.rule.title == "my-rule")
    #expect(selected.rule.resources == [.apiToken])
    #expect(selected.severity == .medium)
    #expect(selected.verdict == .fail)
    #expect(selected.rule.applies == nil)
    #expect(selected.rule.condition == "token.label == 'x'")
    #expect(policy.id == "policy")
  }

  @Test func everyKeyIsRead() throws {
    let (policy, _) = try PolicyText.load(
      """
      id: mine
      title: Mine
      rules:
        my-rule:
          title: A title
          resource: [api-token, api-key]
          severity: critical
          verdict: inconclusive
          parameters:
            limit: { type: int, default: 3, description: A limit }
            words: { type: strings, default: [a, b] }
          applies: "true"
          condition: size(record.scopes) > params.limit
          message: "has {size(record.scopes)}"
          measure: size(record.scopes)
          yields-to: [token-unscoped]
          rationale: Because
          remediation: Do it
          references: { nist-800-53: [AC-6] }
          examples:
            - flagged: { id: k, scopes: [a, b, c, d] }
              resource: api-key
              at: 2026-06-01T00:00:00Z
            - passed: { id: t, scopes: [a, b, c, d] }
              parameters: { limit: 4 }
              at: 2026-06-01
      """)
    let rule = try #require(policy.rules.first?.rule)
    #expect(policy.title == "Mine")
    #expect(rule.title == "A title")
    #expect(rule.resources == [.apiToken, .apiKey])
    #expect(rule.severity == .critical)
    #expect(rule.verdict == .inconclusive)
    #expect(rule.parameters.map(\.name) == ["limit", "words"])
    #expect(rule.parameters.map(\.defaultValue) == [.int(3), .strings(["a", "b"])])
    #expect(rule.measure == "size(record.scopes)")
    #expect(rule.yieldsTo == ["token-unscoped"])
    #expect(rule.references.map(\.clauses) == [["AC-6"]])
    #expect(rule.examples.map(\.kind) == [.apiKey, .apiToken])
    #expect(rule.examples[1].parameters == ["limit": .int(4)])
    for example in rule.examples { #expect(try rule.check(example).isAsExpected) }
    #expect(try rule.examples.map { try rule.check($0).measure } == [4, nil])
  }

  @Test func everythingThatIsWrongIsSaidAtOnceWithItsPlace() {
    let headlines = PolicyText.headlines(
      """
      titel: x
      rules:
        my-rule:
          resource: api-tokens
          severity: hihg
          verdict: fial
          parameters:
            a: { type: durations, default: 3d }
            b: { type: duration, default: 3 }
            c: { type: int, default: three }
            d: { type: bool, default: yes }
            e: { default: 1 }
          condition: token.labl == 'x'
          examples:
            - flagged: {}
            - passed: {}
              flagged: {}
              at: 2026-06-01
            - passed: {}
              at: yesterday
      """)
    #expect(
      headlines == [
        "policy.yaml:1:1: a policy has no key `titel`",
        "policy.yaml:4:15: `resource` can't be `api-tokens`",
        "policy.yaml:5:15: `severity` can't be `hihg`",
        "policy.yaml:6:14: `verdict` can't be `fial`",
        "policy.yaml:8:18: `type` can't be `durations`",
        "policy.yaml:9:37: `default` should be of type duration, but is `3`",
        "policy.yaml:10:32: `default` should be of type int, but is `three`",
        "policy.yaml:11:33: `default` should be of type bool, but is `yes`",
        "policy.yaml:12:10: the parameter has no `type`",
        "policy.yaml:15:9: the example has no `at`",
        "policy.yaml:16:9: an example has exactly one of flagged, passed, not-evaluable, not-applicable",
        "policy.yaml:20:13: `at` is not a date",
      ])
  }

  @Test func aMisspelledFieldIsShownWithACaretAndASuggestion() throws {
    let problem = try #require(
      PolicyText.problems(PolicyText.rule(condition: "has(token.expireAt) && token.live")).first)
    let lines = problem.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("policy.yaml:4:") && lines[0].contains("expireAt"))
    #expect(lines[1] == "      condition: has(token.expireAt) && token.live")
    let caret = try #require(lines[2].firstIndex(of: "^"))
    let column = lines[2].distance(from: lines[2].startIndex, to: caret)
    #expect(lines[1].dropFirst(column).hasPrefix("expireAt") || lines[1].dropFirst(column).hasPrefix(".expireAt"))
    #expect(lines[3].contains("expiresAt"))
  }

  @Test(arguments: [
    "tokn.live", "token.expiresAt == 'x'", "params.limit > 3", "token.label", "token.live &&", "size(token.live)",
    "key.live", "token.scopes.exist(s, true)", "scope(token.scopes).known", "token.user.phone == ''", "token.live)",
    "(",
    "org.tokens[0].colour == 'red'", "days('3') > days(2)", "'unclosed",
  ])
  func aConditionThatCannotWorkIsRefused(_ condition: String) {
    let headlines = PolicyText.headlines(
      "rules:\n  my-rule:\n    resource: api-token\n    condition: |\n      \(condition)\n")
    #expect(!headlines.isEmpty)
    #expect(headlines.allSatisfy { $0.hasPrefix("policy.yaml:5:") || $0.hasPrefix("policy.yaml:6:") }, "\(headlines)")
  }

  @Test(arguments: [
    "unclosed {token.label", "closed} nothing", "{token.labl}", "{}", "{'}", "{token.label + 1}",
  ])
  func aMessageThatCannotWorkIsRefused(_ message: String) {
    let text = PolicyText.rule(condition: "token.live", more: "    message: \"\(message)\"\n")
    let headlines = PolicyText.headlines(text)
    #expect(!headlines.isEmpty)
    #expect(headlines.allSatisfy { $0.hasPrefix("policy.yaml:5:") }, "\(headlines)")
  }

  @Test(arguments: ["size(token.scopes)", "1.5", "uint(size(token.scopes)) * 2u"])
  func aMeasureIsANumber(_ measure: String) {
    #expect(PolicyText.problems(PolicyText.rule(condition: "token.live", more: "    measure: \(measure)\n")).isEmpty)
  }

  @Test(arguments: [
    "token.label", "token.live", "token.expiresAt - token.createdAt", "[1]", "dyn(1)", "size(token.scops)",
  ])
  func aMeasureThatIsNoNumberIsRefused(_ measure: String) {
    let headlines = PolicyText.headlines(PolicyText.rule(condition: "token.live", more: "    measure: \(measure)\n"))
    #expect(headlines.count == 1)
    #expect(headlines.allSatisfy { $0.hasPrefix("policy.yaml:5:") }, "\(headlines)")
  }

  @Test(arguments: ["resource: []", "resource:", "resource: ~"])
  func aRuleOnNothingIsRefused(_ resource: String) {
    #expect(!PolicyText.problems("rules:\n  my-rule:\n    \(resource)\n    condition: \"true\"\n").isEmpty)
  }

  @Test(arguments: ["rule", "My-rule", "my_rule", "-my-rule", "my--rule", "my-rule-", "größe-x", "my rule"])
  func aRuleNeedsAProperID(_ id: String) {
    let text = "rules:\n  \(id):\n    resource: api-token\n    condition: token.live\n"
    #expect(PolicyText.headlines(text) == ["policy.yaml:2:3: `\(id)` is no rule id"])
  }

  @Test func aProblemOnSeveralKindsIsSaidOnce() {
    let problems = PolicyText.problems(
      "rules:\n  my-rule:\n    resource: [api-token, api-key]\n    condition: record.colour == ''\n")
    #expect(problems.count == 1)
  }

  @Test(arguments: ["nan", "inf", "-inf", "NaN", "1e999", "x", ""])
  func aNumberIsANumber(_ value: String) {
    let text = PolicyText.rule(
      condition: "1.0 > params.share", more: "    parameters: { share: { type: double, default: \(value) } }\n")
    #expect(!PolicyText.problems(text).isEmpty)
  }

  @Test(arguments: ["token.label.matches('(')", "duration('soon') > days(1)", "token.createdAt > timestamp('today')"])
  func textsThatCannotBeReadAreErrorsOfTheRule(condition: String) {
    #expect(PolicyText.headlines(PolicyText.rule(condition: condition)).count == 1)
  }
}
