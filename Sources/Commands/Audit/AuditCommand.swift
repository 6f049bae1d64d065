import ArgumentParser
import Audit
import Inventory
import Policy
import Reporting

struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Judge an organization's tokens, keys and policies by a governance policy.",
    discussion: """
      Collects the organization first, unless --snapshot or --sandbox says where to take it from. Without --report, \
      the text report goes to standard output, and reports/latest/ gets junit, markdown and json.

      --explain takes the fingerprint of a finding, or ORGANIZATION/RULE/KIND/ID for any other resource, and shows the \
      rule's condition with the value of every part. Nothing is written; the exit code is 0.

      Exit codes:
        0      pass
        1      fail: open findings at or above --fail-on
        2      usage, or a file that can't be read or is invalid
        3      inconclusive: something that the policy needs was not seen
        4      internal failure, or output that can't be written
        128+n  ended by signal n
      """)

  @Option(
    help: ArgumentHelp("Audit a snapshot that `tokenreeve collect` wrote; no request is made.", valueName: "file"))
  var snapshot: String?

  @Flag(help: "Evaluate an incomplete snapshot for what it holds. The verdict is never pass.")
  var allowPartial = false

  @Flag(help: "Audit the sandbox organization, served on loopback for this run.")
  var sandbox = false

  @OptionGroup var organization: SandboxOrganizationOptions

  @Option(help: ArgumentHelp("A built-in policy, or a policy file.", valueName: "name|file"))
  var policy = "baseline"

  @Option(help: ArgumentHelp("A file of accepted risks and gaps.", valueName: "file"))
  var waivers: String?

  @Option(
    help: ArgumentHelp(
      "An earlier report in JSON: only findings that are new since then, or have got worse, fail the run.",
      valueName: "report.json"))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "A table that the policy's rules ask, as CSV or JSON Lines: leavers=leavers.csv. Repeats.",
      valueName: "name=file"))
  var facts: [FactsOption] = []

  @Option(
    help: ArgumentHelp(
      "Write a report: \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")). Repeats; no path or - is standard output.",
      valueName: "format[=path]"))
  var report: [ReportOption] = []

  @Option(
    help: ArgumentHelp("The least severity that fails the run.", valueName: "severity"))
  var failOn: Severity = .low

  @Option(
    help: ArgumentHelp(
      "The instant of the audit, 2026-12-31 or 2026-12-31T12:00:00Z. (default: that of the collection)",
      valueName: "instant"))
  var at: InstantArgument?

  @Option(
    help: ArgumentHelp(
      "A snapshot older than this, such as 12h, 7d or 1d12h, is inconclusive, unless --at is given.",
      valueName: "duration"))
  var maxAge = DurationArgument(milliseconds: 86_400_000)

  @Option(
    help: ArgumentHelp(
      "Show why a rule came out as it did on a resource, and write no report. Repeats.", valueName: "fingerprint"))
  var explain: [String] = []

  @Option(
    help: ArgumentHelp(
      "Parts of the audit that run at the same time. (default: the number of processors)", valueName: "n"))
  var jobs: Int?

  @Flag(help: "Say on standard error how long each stage took.")
  var timings = false

  @OptionGroup var formats: ReportFormatOptions
  @OptionGroup var included: IncludedLists
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if snapshot != nil, sandbox { throw ValidationError("--snapshot and --sandbox exclude each other") }
    if allowPartial, snapshot == nil { throw ValidationError("--allow-partial goes with --snapshot") }
    if !sandbox, organization.isGiven { throw ValidationError("--tokens and --seed go with --sandbox") }
    if snapshot != nil || sandbox, connection.isGiven {
      throw ValidationError("--org-id, --api-key-file, --api-base and --ca-file exclude --snapshot and --sandbox")
    }
    if snapshot != nil, !included.include.isEmpty {
      throw ValidationError("--include goes with a collection: a snapshot has the lists that it was collected with")
    }
    if let jobs, !(1...64).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 64") }
    if !explain.isEmpty, baseline != nil {
      throw ValidationError("--explain compares with nothing: leave out --baseline")
    }
    if !explain.isEmpty, !report.isEmpty { throw ValidationError("--explain writes no report: leave out --report") }
    if report.count(where: { $0.path == nil }) > 1 {
      throw ValidationError("only one report can go to standard output; give the others a path")
    }
  }

  func run() async throws {
    let console = output.console
    if !explain.isEmpty { return try await runExplaining(console) }
    var stages = StageTimings()
    let outputs = ReportOutputs(reports: report, formats: formats, console: console)
    // First of all: whatever goes wrong from here on, no report of an earlier run stays.
    try outputs.writeUnfinished(sparing: filesRead)
    // Whatever is wrong with a policy or a waiver is said before any request is made.
    let baseline = try loadBaseline()
    let auditor = try loadAuditor(console, baseline)
    let source = try snapshotSource()
    stages.end("policy")

    let taken = try await source.take(at: at?.instant, console)
    stages.end("snapshot")
    let options = try options(for: taken)
    try check(baseline) { baseline throws(BaselineRefusal) in
      try baseline.check(taken.snapshot.header, auditedAt: options.at)
    }
    let report = await auditor.audit(taken.snapshot, options)
    stages.end("evaluation")
    try Task.checkCancellation()
    for note in report.baseline?.notes ?? [] { console.warning(note) }
    try outputs.write(report)
    stages.end("reports")
    if timings { for line in stages.lines { console.message("tokenreeve: \(line)") } }
    throw ExitCode(report.verdict.state.exitStatus.rawValue)
  }

  func options(for taken: TakenSnapshot) throws(CommandFailure) -> Auditor.Options {
    let auditedAt = at?.instant ?? taken.snapshot.header.collectedAt
    try checkAuditInstant(auditedAt, of: taken.snapshot)
    return Auditor.Options(
      at: auditedAt, instantWasGiven: at != nil, failOn: failOn, toolVersion: toolVersion,
      doubt: at == nil ? taken.doubt(maxAge: maxAge.milliseconds) : nil, jobs: jobs ?? processorCount(),
      countsInventory: report.contains { $0.format.needsStatistics })
  }

  /// The files that the command line names to be read.
  private var filesRead: [String] {
    [snapshot, policy, waivers, baseline, connection.apiKeyFile, connection.caFile].compactMap(\.self)
      + facts.map(\.path)
  }

  func loadAuditor(_ console: Console, _ baseline: Baseline? = nil) throws(CommandFailure) -> Auditor {
    let consequence = "nothing was audited"
    let policy = try PolicyFiles.policy(self.policy, readsBuiltInExamples: false, console, so: consequence)
    guard policy.rules.contains(where: { $0.worstSeverity >= failOn }) else {
      throw CommandFailure(
        status: .usage,
        message: "no rule of the policy \(policy.id) is \(failOn.rawValue) or worse, so nothing could fail",
        advice: "choose a lower --fail-on, or a policy with such rules")
    }
    let waivers = try waivers.map { path throws(CommandFailure) in
      try PolicyFiles.waivers(path, for: policy, console, so: consequence)
    }
    return Auditor(
      policy: policy, waivers: waivers ?? [], facts: try FactFiles.tables(facts, for: policy), baseline: baseline)
  }

  private func loadBaseline() throws(CommandFailure) -> Baseline? {
    guard let path = baseline else { return nil }
    let baseline = Baseline(try ReportFiles.read(path, as: "baseline"))
    // What is known before anything is collected is said before.
    if snapshot == nil, !sandbox {
      let organization = try connection.organization()
      try check(baseline) { baseline throws(BaselineRefusal) in
        try baseline.check(organizationID: organization)
      }
    }
    return baseline
  }

  private func check(
    _ baseline: Baseline?, _ body: (Baseline) throws(BaselineRefusal) -> Void
  ) throws(CommandFailure) {
    guard let baseline, let path = self.baseline else { return }
    do throws(BaselineRefusal) {
      try body(baseline)
    } catch {
      throw .baseline(error, path: path)
    }
  }

  func snapshotSource() throws(CommandFailure) -> any SnapshotSource {
    if let snapshot {
      return SnapshotFileSource(path: snapshot, allowPartial: allowPartial, jobs: jobs ?? processorCount())
    }
    if sandbox { return SandboxSource(options: organization, included: included.lists) }
    return OrganizationSource(
      connection: connection, organization: try connection.organization(), included: included.lists)
  }
}

func checkAuditInstant(_ instant: Instant, of snapshot: Snapshot) throws(CommandFailure) {
  guard instant < snapshot.header.collectedAt else { return }
  throw CommandFailure(
    status: .usage,
    message: "--at \(instant.text) lies before the collection at \(snapshot.header.collectedAt.text)",
    advice: "an audit can't know what was so before it looked; use a snapshot of that time")
}

extension Verdict.State {
  var exitStatus: ExitStatus {
    switch self {
    case .pass: .success
    case .fail: .fail
    case .inconclusive: .inconclusive
    }
  }
}
