import CEL
import Inventory
import YAML

/// Reads a file of policy tests against the policy that it tests.
package struct PolicyTestParser {
  /// Throws every problem of the file in one go.
  package static func tests(
    _ source: SourceFile, for policy: GovernancePolicy
  ) throws(InvalidFiles) -> [PolicyTest] {
    var parser = PolicyTestParser(policy: policy, reader: FileReader(source))
    let tests = parser.parse()
    guard !parser.reader.hasErrors else { throw InvalidFiles(diagnostics: parser.reader.diagnostics) }
    return tests
  }

  private let policy: GovernancePolicy
  private var reader: FileReader
  private var names: Set<String> = []

  private init(policy: GovernancePolicy, reader: FileReader) {
    self.policy = policy
    self.reader = reader
  }

  private mutating func parse() -> [PolicyTest] {
    guard let node = reader.document() else { return [] }
    let members = reader.members(of: node, PolicyTestFile.mapping)
    guard let tests = reader.value(PolicyTestFile.tests, of: members) else { return [] }
    if tests.isEmpty, !reader.hasErrors { reader.error("the file has no test", at: node) }
    return tests.compactMap { test($0) }
  }

  private mutating func test(_ node: Node) -> PolicyTest? {
    let members = reader.members(of: node, PolicyTestFile.test)
    let name = reader.value(PolicyTestFile.name, of: members)
    if let name, !names.insert(name).inserted {
      reader.error("two tests have the name `\(name)`", at: members[PolicyTestFile.name]?.value ?? node)
    }
    let at = reader.value(PolicyTestFile.at, of: members)
    let named = members[PolicyTestFile.rules].map { member in
      reader.oneOrMore(member.value, "`rules`").compactMap { rule($0.text, $0.node) }
    }
    let facts = members[FactKeys.rows].map { factTables($0.value) } ?? []
    var records = TestRecords(at: at ?? Instant(milliseconds: 0), facts: FactsObject(policy.facts, facts))
    records.read(members, &reader)
    let findings = reader.value(PolicyTestFile.findings, of: members) ?? []
    let notEvaluable = reader.value(PolicyTestFile.notEvaluable, of: members) ?? []
    let resources = records.resources
    let expected =
      findings.compactMap { expectation($0, PolicyTestFile.finding, resources) }
      + notEvaluable.compactMap { expectation($0, PolicyTestFile.outcome, resources) }
    guard let name, at != nil, !reader.hasErrors else { return nil }
    let rules = rulesLookedAt(named?.map(\.rule.id), expected.map(\.outcome), members, node)
    check(expected, among: rules)
    let test = PolicyTest(
      name: name, place: "\(reader.source.name):\(reader.location(of: node).line)", rules: rules,
      inventory: records.inventory, expected: expected.map(\.outcome))
    if expected.isEmpty, !canFail(test) {
      reader.error(
        "the test can't fail: no rule that it looks at is asked of any of its records",
        advice: "give it records of the kinds that the rules are asked of", at: node)
    }
    return test
  }

  /// The tables of facts that the test gives.
  private mutating func factTables(_ node: Node) -> [FactTable] {
    FactSetting.rows(node, &reader).sorted { $0.key < $1.key }.compactMap { name, rows in
      guard let declaration = policy.facts.first(where: { $0.name == name }) else {
        reader.error(
          "the policy \(policy.id) asks for no facts `\(name)`",
          advice: didYouMean(name, among: policy.facts.map(\.name)), at: node)
        return nil
      }
      do throws(InvalidFactFile) {
        return try FactFile.table(ofExample: rows, declaration)
      } catch {
        for problem in error.problems { reader.error("row \(problem.line) of `\(name)`: \(problem.message)", at: node) }
        return nil
      }
    }
  }

  // MARK: - Expectations

  private typealias Expectation = (outcome: PolicyTest.ExpectedOutcome, node: Node)

  private mutating func expectation(
    _ node: Node, _ mapping: FileMapping, _ resources: [TestRecords.Resource]
  ) -> Expectation? {
    let members = reader.members(of: node, mapping)
    let isFinding = mapping.keys.contains { $0.name == PolicyTestFile.severity.name }
    let severity = isFinding ? reader.value(PolicyTestFile.severity, of: members) : nil
    let ruleID = reader.value(PolicyTestFile.rule, of: members)
    let id = reader.value(PolicyTestFile.resource, of: members)
    guard let ruleID, let id, let selected = rule(ruleID, members[PolicyTestFile.rule]?.value ?? node) else {
      return nil
    }
    guard let resource = resources.first(where: { $0.id == id && selected.rule.resources.contains($0.kind) }) else {
      let kinds = selected.rule.resources.map(\.rawValue).joined(separator: ", ")
      let candidates = resources.filter { selected.rule.resources.contains($0.kind) }.map(\.id)
      reader.error(
        "the test has no resource `\(id)` that the rule is asked of",
        advice: didYouMean(id, among: candidates) ?? "`\(ruleID)` is asked of: \(kinds)",
        at: members[PolicyTestFile.resource]?.value ?? node)
      return nil
    }
    return (
      PolicyTest.ExpectedOutcome(ruleID: ruleID, kind: resource.kind, id: id, severity: severity), node
    )
  }

  private mutating func rule(_ id: String, _ node: Node) -> SelectedRule? {
    if let found = policy.rules.first(where: { $0.rule.id == id }) { return found }
    reader.error(
      "the policy \(policy.id) has no rule `\(id)`",
      advice: didYouMean(id, among: policy.rules.map(\.rule.id)) ?? "`tokenreeve policy show` lists those that it has",
      at: node)
    return nil
  }

  private mutating func check(_ expected: [Expectation], among rules: Set<String>) {
    var seen: Set<[String]> = []
    for (outcome, node) in expected {
      if !rules.contains(outcome.ruleID) {
        reader.error(
          "the test expects something of `\(outcome.ruleID)`, which is not among its `rules`",
          advice: "add it there, or leave out `rules`", at: node)
      }
      if !seen.insert([outcome.ruleID, outcome.kind.rawValue, outcome.id]).inserted {
        reader.error("what `\(outcome.ruleID)` makes of `\(outcome.id)` is expected twice", at: node)
      }
    }
  }

  /// Ids of the rules whose outcomes count.
  private mutating func rulesLookedAt(
    _ named: [String]?, _ expected: [PolicyTest.ExpectedOutcome], _ members: FileMembers, _ node: Node
  ) -> Set<String> {
    if let named {
      if named.isEmpty { reader.error("`rules` names no rule", at: members[PolicyTestFile.rules]?.key ?? node) }
      return Set(named)
    }
    // What a rule on the organization makes of the few records of a test is seldom what the test is about.
    let all = policy.rules.filter { $0.rule.resources != [.organization] }.map(\.rule.id)
    return Set(all + expected.map(\.ruleID))
  }

  private func canFail(_ test: PolicyTest) -> Bool {
    policy.rules.contains { selected in
      test.rules.contains(selected.rule.id)
        && selected.rule.resources.contains { $0 != .organization && test.inventory.count(of: $0) > 0 }
    }
  }
}
