import ArgumentParser
import Policy

struct PolicyShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what is in force by a policy, and where each value comes from.",
    discussion: """
      The output is a policy file that stands by itself: what the policy extends is written out, rules of your own \
      included, most severe first. Comments name the file and line, or the built-in policy, that a value comes from; \
      `default` is what the rule has by itself.

      Built-in policies: \(BuiltInPolicies.names.joined(separator: ", ")).
      """)

  @Argument(help: ArgumentHelp("A policy file, or a built-in policy.", valueName: "name|file"))
  var policy: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    let policy = try PolicyFiles.policy(self.policy, output.console)
    try output.console.output(PolicyText(policy, builtIn: Set(BuiltInPolicies.ruleIDs)).text)
  }
}
