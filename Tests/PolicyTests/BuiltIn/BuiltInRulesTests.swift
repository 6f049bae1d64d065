import Policy
import Testing

struct BuiltInRulesTests {
  static let rules: [Rule] = (try? BuiltInPolicies.rules()) ?? []

  @Test func theCatalogueIsValidAndLarge() throws {
    #expect(try BuiltInPolicies.rules().count >= 40)
  }

  @Test(arguments: rules)
  func everyExampleComesOutAsItSays(_ rule: Rule) throws {
    for example in rule.examples {
      let check = try rule.check(example)
      #expect(check.isAsExpected, "\(example.place): \(check.outcome)")
      if check.outcome != .flagged || rule.measure == nil { #expect(check.measure == nil, "\(example.place)") }
      if let message = check.message {
        #expect(!message.isEmpty && !message.contains("unknown"), "\(example.place): \(message)")
      }
    }
  }

  @Test(arguments: rules.filter { $0.measure != nil })
  func whatARuleMeasuresIsKnownInAnExample(_ rule: Rule) throws {
    #expect(try rule.examples.contains { try rule.check($0).measure != nil })
  }

  /// Rules that ask only of what is always known: `record.problems`, a waiver's file, a list's coverage.
  private static let alwaysEvaluable: Set = [
    "record-malformed", "coverage-gap", "waiver-expired", "waiver-expiring", "waiver-too-long", "waiver-unused",
  ]

  @Test(arguments: rules)
  func everyRuleIsExplainedAndShown(_ rule: Rule) {
    #expect(rule.title != rule.id)
    #expect(rule.rationale.count > 60)
    #expect(rule.remediation.count > 40)
    #expect(!rule.message.isEmpty)
    #expect(!rule.references.isEmpty)
    #expect(rule.parameters.allSatisfy { !$0.description.isEmpty })
    let outcomes = rule.examples.map(\.outcome)
    #expect(outcomes.count { $0 == .flagged } >= 2)
    #expect(outcomes.count { $0 == .passed } >= 2)
    #expect(outcomes.contains(.notEvaluable) != Self.alwaysEvaluable.contains(rule.id))
    for kind in rule.resources { #expect(rule.examples.contains { $0.kind == kind }) }
  }

  @Test(arguments: rules)
  func aRuleYieldsToRulesThatExist(_ rule: Rule) {
    for id in rule.yieldsTo {
      #expect(id != rule.id && Self.rules.contains { $0.id == id }, "\(id)")
    }
  }

  /// Identifiers of the frameworks, as `docs/rules.md` spells them out.
  @Test(arguments: rules)
  func referencesAreOfKnownFrameworks(_ rule: Rule) {
    for reference in rule.references {
      let form: (String) -> Bool = { clause in
        switch reference.framework {
        case "owasp-nhi": clause.wholeMatch(of: /NHI([1-9]|10):2025/) != nil
        case "nist-800-53": clause.wholeMatch(of: /[A-Z]{2}-[0-9]+(\([0-9]+\))?/) != nil
        case "iso-27001": clause.wholeMatch(of: /A\.[5-8]\.[0-9]+/) != nil
        case "soc-2": clause.wholeMatch(of: /(CC|A)[0-9]\.[0-9]/) != nil
        case "pci-dss": clause.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+/) != nil
        case "cis-controls": clause.wholeMatch(of: /[0-9]+\.[0-9]+/) != nil
        default: false
        }
      }
      #expect(!reference.clauses.isEmpty && reference.clauses.allSatisfy(form), "\(reference)")
    }
  }
}

extension Rule: CustomTestStringConvertible {
  package var testDescription: String { id }
}
