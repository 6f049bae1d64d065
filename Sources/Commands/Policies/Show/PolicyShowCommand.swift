import ArgumentParser
import Policy
import Reporting

struct PolicyShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the rules that a policy selects, with the severities and parameters in force.")

  @Argument(help: ArgumentHelp("A policy file, or a built-in policy.", valueName: "name|file"))
  var policy: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    let policy = try PolicyFiles.policy(self.policy, output.console)
    let rows = policy.rules.sorted { ($1.severity, $0.rule.id) < ($0.severity, $1.rule.id) }.map { selected in
      [
        selected.severity.rawValue + (selected.severity == selected.rule.severity ? "" : " *"), selected.rule.id,
        selected.parameters.map { Self.text(of: $0, in: selected.rule) }.joined(separator: ", "),
      ]
    }
    try output.console.output(
      """
      \(visible(policy.id)): \(visible(policy.title))
      sha256 \(policy.digest)

      \(Table(rows: rows).text)

      \(rows.count) rules; * the policy changes what the rule has by itself.

      """)
  }

  private static func text(of parameter: (name: String, value: ParameterValue), in rule: Rule) -> String {
    let isChanged = rule.parameters.first { $0.name == parameter.name }?.defaultValue != parameter.value
    return "\(parameter.name) \(parameter.value.text)\(isChanged ? " *" : "")"
  }
}
