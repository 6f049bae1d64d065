import ArgumentParser
import Audit
import Inventory
import Policy
import Reporting

struct PolicyImpactCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "impact",
    abstract: "Show what adopting a policy would change, before anybody turns it on.",
    discussion: """
      Audits the same snapshot by both policies and compares the open findings: what is new, what is gone and why, by \
      rule and by owner. What the new policy could not evaluate is not known, never gone. A snapshot's age does not \
      matter here. Exit code 0, whatever changes.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  @Argument(help: ArgumentHelp("The policy that is in use: a built-in one, or a file.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("The policy to adopt: a built-in one, or a file.", valueName: "new"))
  var new: String

  @Option(help: ArgumentHelp("The snapshot to judge by both.", valueName: "file"))
  var snapshot: String?

  @Flag(help: "Compare on an incomplete snapshot, for what it holds.")
  var allowPartial = false

  @Flag(help: "Compare on the sandbox organization, served on loopback for this run.")
  var sandbox = false

  @OptionGroup var organization: SandboxOrganizationOptions

  @Option(help: ArgumentHelp("A file of accepted risks and gaps, for both.", valueName: "file"))
  var waivers: String?

  @Option(
    help: ArgumentHelp(
      "A table that rules of either policy ask, as CSV or JSON Lines: leavers=leavers.csv. Repeats.",
      valueName: "name=file"))
  var facts: [FactsOption] = []

  @Option(help: ArgumentHelp("The least severity that fails a run.", valueName: "severity"))
  var failOn: Severity = .low

  @Option(
    help: ArgumentHelp(
      "The instant of the audits, 2026-12-31 or 2026-12-31T12:00:00Z. (default: that of the collection)",
      valueName: "instant"))
  var at: InstantArgument?

  @Option(help: ArgumentHelp("How to write it.", valueName: "format"))
  var format: Format = .text

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (snapshot != nil) != sandbox else { throw ValidationError("give either --snapshot FILE or --sandbox") }
    if !sandbox, organization.isGiven { throw ValidationError("--tokens and --seed go with --sandbox") }
    if allowPartial, sandbox { throw ValidationError("--allow-partial goes with --snapshot") }
  }

  func run() async throws {
    let console = output.console
    let policies = [try PolicyFiles.policy(old, console), try PolicyFiles.policy(new, console)]
    let known = Set(policies.flatMap { $0.rules.map(\.rule.id) })
    let tables = try FactFiles.tables(facts, for: policies)
    let auditors = try zip(policies, tables).map { policy, tables throws(CommandFailure) in
      let waivers = try waivers.map { path throws(CommandFailure) in
        try PolicyFiles.waivers(path, for: policy, knowing: known, console)
      }
      return Auditor(policy: policy, waivers: waivers ?? [], facts: tables)
    }
    let taken = try await source.take(at: at?.instant, console)
    let auditedAt = at?.instant ?? taken.snapshot.header.collectedAt
    try checkAuditInstant(auditedAt, of: taken.snapshot)
    let options = Auditor.Options(
      at: auditedAt, instantWasGiven: at != nil, failOn: failOn, toolVersion: toolVersion, jobs: processorCount())
    let impact = await PolicyImpact.impact(of: auditors[1], against: auditors[0], on: taken.snapshot, options)
    switch format {
    case .text:
      let text = ImpactText(impact, color: console.usesColor(on: 1), width: Console.width(of: 1))
      try console.outputVisible(text.text)
    case .json: try console.outputVisible(ImpactJSON(impact).text)
    }
  }

  private var source: any SnapshotSource {
    if let snapshot { return SnapshotFileSource(path: snapshot, allowPartial: allowPartial, jobs: processorCount()) }
    return SandboxSource(options: organization, included: [])
  }
}
