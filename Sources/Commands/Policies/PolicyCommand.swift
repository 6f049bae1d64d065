import ArgumentParser

struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Check a policy file, or show what a policy amounts to.",
    subcommands: [PolicyCheckCommand.self, PolicyShowCommand.self])
}
