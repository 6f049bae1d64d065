import Policy
import Testing

/// What every file of a built-in rule says to the people who have to act on it.
struct RuleMetadataTests {
  /// Rules whose remedy lies elsewhere than in Atlassian's consoles.
  private static let remedyElsewhere: Set = [
    "waiver-expired", "waiver-expiring", "waiver-too-long", "waiver-unused",
  ]

  @Test(arguments: BuiltInRulesTests.rules)
  func theRemedySaysWhere(_ rule: Rule) {
    let text = rule.remediation.replacing("\n", with: " ")
    let names = text.firstMatch(of: /(admin|id)\.atlassian\.com\)? > [A-Z]/) != nil
    #expect(names != Self.remedyElsewhere.contains(rule.id), "\(text)")
    if Self.remedyElsewhere.contains(rule.id) { #expect(text.contains("waiver file"), "\(text)") }
  }

  /// Where a figure or a list comes from: a source by its name, or that it is ours, or the user's to set.
  @Test(arguments: BuiltInRulesTests.rules)
  func everyDefaultSaysWhy(_ rule: Rule) {
    for parameter in rule.parameters {
      let text = parameter.description.replacing("\n", with: " ")
      let source =
        /this project's own|Atlassian|PCI DSS|CIS Controls|Prowler|GitHub|AWS|NIST|DISA|is yours to set|same as/
      #expect(text.firstMatch(of: source) != nil, "\(parameter.name): \(text)")
      #expect(parameter.defaultValue.text != "", "\(parameter.name)")
    }
  }

  @Test(arguments: BuiltInRulesTests.rules)
  func textsAreSentences(_ rule: Rule) {
    for text in [rule.rationale, rule.remediation] + rule.parameters.map(\.description) {
      #expect(text.first?.isUppercase == true && text.last == ".", "\(text)")
    }
    #expect(rule.title.first?.isUppercase == true && rule.title.last != ".")
  }

  /// An example comes out as it does by what its record says, not by accident: no two examples are the same.
  @Test(arguments: BuiltInRulesTests.rules)
  func examplesDiffer(_ rule: Rule) {
    for (index, example) in rule.examples.enumerated() {
      #expect(
        !rule.examples[..<index].contains {
          $0.record == example.record && $0.kind == example.kind && $0.at == example.at
            && $0.parameters == example.parameters && $0.facts == example.facts
        }, "\(example.place)")
    }
  }
}
