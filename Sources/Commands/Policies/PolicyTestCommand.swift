import ArgumentParser
import Policy

struct PolicyTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the examples of every rule that a policy selects.",
    discussion: """
      Rules are tested with the parameters that they have by themselves, which their examples are written for. Exit \
      codes: 0 every example came out as it says, 1 one did not, or there was none.
      """)

  @Argument(help: ArgumentHelp("A policy file, or a built-in policy.", valueName: "name|file"))
  var policy: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    let policy = try PolicyFiles.policy(self.policy, output.console)
    var count = 0
    var failures: [String] = []
    for selected in policy.rules {
      for example in selected.rule.examples {
        count += 1
        if let failure = Self.failure(of: example, selected.rule) { failures.append(failure) }
      }
    }
    let untested = policy.rules.filter(\.rule.examples.isEmpty).map(\.rule.id)
    if !untested.isEmpty { output.console.warning("without an example: \(untested.joined(separator: ", "))") }
    guard count > 0 else {
      throw CommandFailure(
        status: .fail, message: "no rule of the policy \(policy.id) has an example, so nothing was tested",
        advice: "add `examples:` to its rules; `tokenreeve rules token-lifetime` shows some")
    }
    let tested = policy.rules.count - untested.count
    try output.console.output(
      failures.map { $0 + "\n" }.joined()
        + "\(count) example\(count == 1 ? "" : "s") of \(tested) rule\(tested == 1 ? "" : "s"), "
        + "\(failures.count) failed\n")
    if !failures.isEmpty { throw ExitCode(ExitStatus.fail.rawValue) }
  }

  /// Nil when the example comes out as it says.
  private static func failure(of example: Rule.Example, _ rule: Rule) -> String? {
    do throws(InvalidExample) {
      let check = try rule.check(example)
      guard !check.isAsExpected else { return nil }
      return "\(example.place): \(rule.id): expected \(example.outcome.rawValue), but is \(text(check))"
    } catch {
      return "\(error.place): \(rule.id): \(error.message)"
    }
  }

  private static func text(_ check: ExampleCheck) -> String {
    switch check.outcome {
    case .passed: "passed"
    case .flagged: "flagged: \(check.message ?? "")"
    case .notApplicable: "not applicable: the rule is not asked of this record"
    case .notEvaluable(let reason): "not evaluable: \(reason)"
    }
  }
}
