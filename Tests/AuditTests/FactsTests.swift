import Audit
import Inventory
import Policy
import Testing

struct FactsTests {
  private static let fixture: AuditFixture = {
    var fixture = AuditFixture()
    fixture.policy = """
      facts: { leavers: { key: email, ignore-case: true, allow-empty: true } }
      rules:
        my-rule:
          resource: api-token
          condition: token.user.email.lowerAscii() in facts.leavers
      """
    fixture.tokens = ["ada", "Bo", "cy"].map { #"{"id":"\#($0)","user":{"id":"\#($0)","email":"\#($0)@example.com"}}"# }
    return fixture
  }()

  private func report(_ csv: String?, _ fixture: AuditFixture = fixture) async throws -> AuditReport {
    let policy = try fixture.loadedPolicy()
    let declaration = try #require(policy.facts.first)
    let tables = try csv.map { [try FactFile.table(Array($0.utf8), name: "leavers.csv", declaration)] } ?? []
    return await Auditor(policy: policy, facts: tables).audit(try fixture.snapshot(), try fixture.options())
  }

  @Test func whatTheTableHoldsIsFlagged() async throws {
    let report = try await report("email\nADA@example.com\nbo@example.com\n")
    #expect(report.findings.map(\.resource.id) == ["Bo", "ada"])
    #expect(report.rules.first?.passed == 1)
    #expect(report.verdict.state == .fail)
    #expect(report.run.facts.map(\.name) == ["leavers"])
    #expect(report.run.facts.first?.rows == 2)
    #expect(report.run.facts.first?.digest.count == 64)
  }

  @Test func anEmptyTableThatIsAllowedPasses() async throws {
    let report = try await report("email\n")
    #expect(report.verdict.state == .pass)
    #expect(report.run.facts.first?.rows == 0)
  }

  @Test func withoutTheTableNothingPasses() async throws {
    let report = try await report(nil)
    #expect(report.rules.first?.passed == 0)
    #expect(report.rules.first?.notEvaluable.map(\.count) == [3])
    #expect(
      report.rules.first?.notEvaluable.first?.reason == "the facts `leavers` were not given (--facts leavers=FILE)")
    #expect(report.verdict.state == .inconclusive)
    #expect(report.run.facts.isEmpty)
  }

  /// Whatever built-in rule asks facts, on whatever resource: without them none passes.
  @Test func noBuiltInRulePassesWithoutItsFacts() async throws {
    let rules = try BuiltInPolicies.rules().filter { !$0.facts.isEmpty }
    #expect(rules.count >= 3)
    var fixture = AuditFixture()
    fixture.policy = "rules: { \(rules.map { "\($0.id): " }.joined(separator: ", ")) }"
    fixture.tokens = Self.fixture.tokens + [blockedToken, #"{"id":"empty","user":{"id":"e","email":""}}"#]
    fixture.keys = [
      #"{"id":"k","createdBy":{"id":"u","email":"ada@example.com"}}"#, #"{"id":"l","createdBy":{"email":""}}"#,
    ]
    let report = try await fixture.auditor().audit(fixture.snapshot(), fixture.options())
    for result in report.rules {
      #expect(result.passed == 0 && result.flagged == 0, "\(result.rule.id)")
      #expect(result.notEvaluableCount > 0)
    }
  }

  @Test func aWaiverCanAskFacts() async throws {
    var fixture = Self.fixture
    fixture.waivers = [AuditFixture.waiver("rule: my-rule, match: \"token.user.email in facts.leavers\"")]
    let policy = try fixture.loadedPolicy()
    #expect(policy.facts.count == 1)
    let auditor = try fixture.auditor()
    let report = await auditor.audit(try fixture.snapshot(), try fixture.options())
    #expect(report.waivers.first?.state == .unused, "without the table it matches nothing")
  }
}
