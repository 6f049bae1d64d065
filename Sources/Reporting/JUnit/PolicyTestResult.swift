package import Policy

/// How an example of a rule, or a test of a policy, came out.
package struct PolicyTestResult: Sendable {
  package enum Subject: Sendable {
    /// The number counts the rule's examples from 1.
    case example(rule: String, number: Int)
    case test(name: String)
  }

  package let subject: Subject
  /// Where it stands: `team.test.yaml:4`.
  package let place: String
  /// Nil when it came out as expected.
  package let failure: Failure?

  package struct Failure: Sendable {
    /// What differs, in one line.
    package let message: String
    /// Place, what was expected, and what is, in as many lines as that takes.
    package let text: String
  }

  /// The results of a rule's examples, with the parameters that it has by itself.
  ///
  /// - Parameter facts: The tables that the rule's policy declares.
  package static func examples(of rule: Rule, facts: [FactDeclaration]) -> [PolicyTestResult] {
    rule.examples.enumerated().map { index, example in
      let message = difference(example, rule, facts)
      return PolicyTestResult(
        subject: .example(rule: rule.id, number: index + 1), place: example.place,
        failure: message.map {
          Failure(message: visible($0), text: "\(visible(example.place)): \(rule.id): \($0)")
        })
    }
  }

  private init(subject: Subject, place: String, failure: Failure?) {
    self.subject = subject
    self.place = place
    self.failure = failure
  }

  package init(_ test: PolicyTest, _ policy: GovernancePolicy) {
    let differences = test.differences(policy)
    subject = .test(name: test.name)
    place = test.place
    let lines = differences.flatMap { difference in
      [
        "  \(difference.ruleID) on \(difference.kind.rawValue) \(visibleOrEmpty(difference.id))",
        "    expected: \(difference.expected)", "    but is:   \(visible(difference.actual))",
      ]
    }
    failure = differences.first.map { first in
      let more = differences.count > 1 ? ", and \(differences.count - 1) more" : ""
      return Failure(
        message: "\(first.ruleID) on \(first.kind.rawValue) \(visibleOrEmpty(first.id)): "
          + "expected \(first.expected), but is \(visible(first.actual))\(more)",
        text: (["\(visible(test.place)): \(visible(test.name))"] + lines).joined(separator: "\n"))
    }
  }

  /// Nil when the example comes out as it says. Of several lines when the rule can't be asked of it.
  private static func difference(
    _ example: Rule.Example, _ rule: Rule, _ facts: [FactDeclaration]
  ) -> String? {
    do throws(InvalidExample) {
      let check = try rule.check(example, facts: facts)
      guard !check.isAsExpected else { return nil }
      return "expected \(example.outcome.rawValue), but is \(text(check))"
    } catch {
      return error.message
    }
  }

  private static func text(_ check: ExampleCheck) -> String {
    switch check.outcome {
    case .passed: "passed"
    case .flagged: "flagged: \(visible(check.message ?? ""))"
    case .notApplicable: "not applicable: the rule is not asked of this record"
    case .notEvaluable(let reason): "not evaluable: \(visible(reason))"
    }
  }
}
