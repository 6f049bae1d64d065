import ArgumentParser

struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Check a policy file, show what a policy amounts to, test it, or see what it would change.",
    subcommands: [
      PolicyCheckCommand.self, PolicyShowCommand.self, PolicyTestCommand.self, PolicySchemaCommand.self,
      PolicyImpactCommand.self,
    ])
}
