import ArgumentParser
import Policy

struct PolicyCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find everything that is wrong with a policy and its waivers, without making a request.")

  @Argument(help: ArgumentHelp("A policy file, or a built-in policy.", valueName: "name|file"))
  var policy: String

  @Option(help: ArgumentHelp("A waiver file to check against the policy.", valueName: "file"))
  var waivers: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    let console = output.console
    let policy = try PolicyFiles.policy(self.policy, console)
    let waivers = try waivers.map { path throws(CommandFailure) in try PolicyFiles.waivers(path, for: policy, console) }
    let count = "\(policy.rules.count) rule\(policy.rules.count == 1 ? "" : "s")"
    let waived = waivers.map { ", \($0.count) waiver\($0.count == 1 ? "" : "s")" } ?? ""
    console.note("the policy `\(policy.id)` is valid: \(count)\(waived)")
  }
}
