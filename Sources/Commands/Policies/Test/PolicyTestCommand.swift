import ArgumentParser
import Files
import Policy
import Reporting

struct PolicyTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the examples of every rule that a policy selects, and tests of the policy.",
    discussion: """
      Examples are tested with the parameters that the rules have by themselves, for which they are written. A test, in a \
      file such as team.test.yaml, says which findings the policy should have on a few records.

      Exit codes: 0 all came out as expected, 1 something did not, or nothing was tested, 2 a file can't be read or is \
      invalid.
      """)

  @Argument(help: ArgumentHelp("A policy file, or a built-in policy.", valueName: "name|file"))
  var policy: String

  @Argument(help: ArgumentHelp("Files of tests of the policy.", valueName: "test.yaml"))
  var tests: [String] = []

  @Option(help: ArgumentHelp("Also write the results as JUnit XML.", valueName: "junit=path"))
  var report: ReportOption?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let report, report.format != .junit || report.path == nil {
      throw ValidationError("--report takes junit=PATH here")
    }
  }

  func run() throws {
    let report = self.report?.path.map(PolicyTestOutput.init)
    // First of all: whatever goes wrong from here on, no result of an earlier run stays.
    try report?.writeUnfinished(sparing: [policy] + tests)
    let policy = try PolicyFiles.policy(self.policy, output.console)
    var results: [PolicyTestResult] = []
    for selected in policy.rules { results += PolicyTestResult.examples(of: selected.rule, facts: policy.facts) }
    let examples = results.count
    for path in tests { results += try PolicyFiles.tests(path, for: policy).map { PolicyTestResult($0, policy) } }

    let untested = policy.rules.filter(\.rule.examples.isEmpty).map(\.rule.id)
    if !untested.isEmpty { output.console.warning("without an example: \(untested.joined(separator: ", "))") }
    guard !results.isEmpty else {
      throw CommandFailure(
        status: .fail, message: "no rule of the policy \(policy.id) has an example, so nothing was tested",
        advice: "add `examples:` to its rules (`tokenreeve rules token-lifetime` shows some), or give a file of tests")
    }
    try report?.write(results, policy)
    let failures = results.compactMap(\.failure)
    let rules = policy.rules.count - untested.count
    try output.console.output(
      failures.map { $0.text + "\n" }.joined()
        + "\(examples) example\(examples == 1 ? "" : "s") of \(rules) rule\(rules == 1 ? "" : "s")"
        + (tests.isEmpty ? "" : ", \(results.count - examples) test\(results.count - examples == 1 ? "" : "s")")
        + ", \(failures.count) failed\n")
    if !failures.isEmpty { throw ExitCode(ExitStatus.fail.rawValue) }
  }
}
