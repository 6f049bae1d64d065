import CEL
import Testing

@testable import Policy

struct FactDeclarationTests {
  private static let rule = """
    rules:
      my-rule:
        resource: api-token
        condition: token.user.email in facts.leavers && facts.leavers[token.user.email].leftOn < now
    """

  private func policy(_ facts: String, _ more: String = "") -> String { "facts: \(facts)\n\(Self.rule)\n\(more)" }

  @Test func aPolicyDeclaresTables() throws {
    let policy = try PolicyText.load(
      policy("{ leavers: { key: Work email, ignore-case: true, allow-empty: true, columns: { leftOn: timestamp } } }")
    ).policy
    #expect(
      policy.facts == [
        FactDeclaration(
          name: "leavers", key: "Work email", ignoresCase: true, allowsEmpty: true,
          columns: [.init(name: "leftOn", type: .timestamp)], description: "")
      ])
  }

  @Test func whatIsMisspelledIsAnErrorWithASuggestion() {
    let columns = "columns: { leftOn: timestamp }"
    #expect(
      PolicyText.problems(policy("{ leaver: { key: email, \(columns) } }")).first?.contains(
        "facts has no field `leavers`") == true)
    #expect(
      PolicyText.problems(policy("{ leaver: { key: email, \(columns) } }")).first?.contains(
        "did you mean `leaver`?") == true)
    let column = PolicyText.problems(policy("{ leavers: { key: email, columns: { leftAt: timestamp } } }"))
    #expect(column.first?.contains("a row of leavers has no field `leftOn`") == true, "\(column)")
    #expect(column.first?.contains("did you mean `leftAt`?") == true)
    #expect(
      PolicyText.headlines(policy("{ leavers: { key: email, columns: { leftOn: string } } }")).first?.contains(
        "`<` can't be applied to string and timestamp") == true)
  }

  @Test(arguments: [
    ("{ leavers: { columns: { leftOn: timestamp } } }", "the facts `leavers` have no `key`"),
    ("{ leavers: { kee: email } }", "a table of facts has no key `kee`"),
    ("{ leavers: { key: email, columns: { leftOn: date } } }", "`leftOn` can't be `date`"),
    ("{ leavers: { key: email, columns: { left-on: string } } }", "conditions can't ask for a column `left-on`"),
    ("{ 7up: { key: email } }", "`7up` is no name for facts"),
    ("{ leavers: { key: email, ignore-case: sometimes } }", "`ignore-case` should be true or false"),
    ("[leavers]", "`facts` should be a mapping"),
  ])
  func aWrongDeclarationIsRefused(facts: String, problem: String) {
    let headlines = PolicyText.headlines("facts: \(facts)\nrules: { token-stale: }")
    #expect(headlines.first?.contains(problem) == true, "\(headlines)")
  }

  @Test func aPolicyChoosesTheKeyOfATableThatARuleDeclares() throws {
    let policy = try PolicyText.load(
      "facts: { leavers: { key: Mail, columns: { team: string } } }\nrules: { owner-left: }"
    ).policy
    #expect(policy.facts.first?.key == "Mail")
    #expect(policy.facts.first?.ignoresCase == true)
    #expect(policy.facts.first?.columns.map(\.name) == ["team"])
    let own = try PolicyText.load("rules: { owner-left: }").policy
    #expect(own.facts.first?.key == "email")
    #expect(own.digest != policy.digest)
    #expect(
      PolicyText.headlines("facts: { leavers: { ignore-case: false } }\nrules: { owner-left: }").first?.contains(
        "rules read the facts `leavers` with `ignore-case: true`") == true)
  }

  @Test func rulesThatShareATableAgreeAboutIt() {
    let rule = """
      rules:
        owner-left:
        my-rule:
          resource: api-token
          facts: { leavers: { key: id } }
          condition: token.user.id in facts.leavers
      """
    #expect(
      PolicyText.headlines(rule).first?.contains(
        "the rule `my-rule` reads the facts `leavers` by another key than other rules do") == true)
    let types = """
      facts: { leavers: { key: email, columns: { leftOn: timestamp } } }
      rules:
        my-rule:
          resource: api-token
          facts: { leavers: { key: email, columns: { leftOn: string } } }
          condition: token.user.email in facts.leavers
      """
    #expect(PolicyText.headlines(types).first?.contains("the column `leftOn` of the facts `leavers` is string") == true)
  }

  @Test func noBuiltInPolicyButOneNeedsFacts() throws {
    let loader = PolicyLoader { path throws(PolicyFailure) in throw .cannotRead(path, advice: nil) }
    for name in BuiltInPolicies.names {
      #expect(try loader.load(name).policy.facts.isEmpty == (name != "offboarding"), "\(name)")
    }
  }
}
