import ArgumentParser
import Policy

struct PolicyCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find everything that is wrong with a policy and its waivers, without making a request.",
    discussion: """
      Errors are what an audit by the policy would refuse. Warnings are what is hardly meant: a match on text that the \
      people under audit choose, waivers that can't match, that have expired, or that last longer than 90 days. Exit \
      codes: 0 no error, 2 an error.
      """)

  @Argument(help: ArgumentHelp("A policy file, or a built-in policy.", valueName: "name|file"))
  var policy: String

  @Option(help: ArgumentHelp("A waiver file to check against the policy.", valueName: "file"))
  var waivers: String?

  @Option(
    help: ArgumentHelp(
      "The instant at which to judge how long waivers last, 2026-12-31 or 2026-12-31T12:00:00Z. (default: now)",
      valueName: "instant"))
  var at: InstantArgument?

  @Option(
    help: ArgumentHelp(
      "A table that the policy's rules ask, to check as well: leavers=leavers.csv. Repeats.", valueName: "name=file"))
  var facts: [FactsOption] = []

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if at != nil, waivers == nil { throw ValidationError("--at goes with --waivers") }
  }

  func run() throws {
    let console = output.console
    let policy = try PolicyFiles.policy(self.policy, console)
    let waivers = try waivers.map { path throws(CommandFailure) in
      try PolicyFiles.waivers(path, for: policy, now: at?.instant ?? wallClock(), console)
    }
    let tables = try FactFiles.tables(facts, for: policy)
    let count = "\(policy.rules.count) rule\(policy.rules.count == 1 ? "" : "s")"
    let waived = waivers.map { ", \($0.count) waiver\($0.count == 1 ? "" : "s")" } ?? ""
    console.note("the policy `\(policy.id)` is valid: \(count)\(waived)")
    for table in tables { console.note("the facts `\(table.name)` are valid: \(table.rowCount) rows") }
  }
}
