import AdminHub
import ArgumentParser
import Files
import Inventory

struct CollectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect",
    abstract: "Write a snapshot of an organization's tokens, keys and policies, to be audited at any time.",
    discussion: """
      The snapshot holds names and e-mail addresses; its file is readable by you alone. While collecting it is \
      FILE.partial, which --resume continues.

      Exit codes:
        0      everything was collected
        2      usage
        3      something could not be collected
        4      internal failure, or output that can't be written
        128+n  ended by signal n; --resume continues
      """)

  @Option(help: ArgumentHelp("The snapshot file to write.", valueName: "file"))
  var output: String

  @Flag(help: "Continue the collection that was interrupted and left FILE.partial; without one, begin.")
  var resume = false

  @OptionGroup var included: IncludedLists
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var outputOptions: OutputOptions

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output needs the path of a file") }
  }

  func run() async throws {
    let console = outputOptions.console
    let organization = try connection.organization()
    try checkOutput()
    let collection = try Collection(
      apiBase: connection.apiBase ?? ConnectionOptions.atlassian, caFile: connection.caFile,
      secret: try connection.secret(), organization: organization, console: console)
    do {
      let recorder = SnapshotRecorder(try partialSnapshot(of: organization, console))
      let result: CollectionResult
      do {
        result = try await collection.collect(
          into: recorder, including: Set(await recorder.header.included), resuming: try await recorder.resumptions())
      } catch {
        try await recorder.discardIfEmpty()
        throw error
      }
      guard result.interrupted.isEmpty else { throw interrupted(result) }
      try await recorder.finish(coverage: result.coverage)
      console.note("snapshot: \(output)")
      try report(result.coverage, console)
    } catch let error as FileError {
      throw CommandFailure.output(error)
    } catch let failure as PartialSnapshot.Failure {
      throw cannotResume(failure)
    }
  }

  private var partialPath: String { PartialSnapshot.partialPath(output) }

  /// Whether the snapshot can be written is known before anything is asked.
  private func checkOutput() throws(CommandFailure) {
    for input in [connection.apiKeyFile, connection.caFile].compactMap(\.self) {
      for path in [output, partialPath] where isSameFile(input, path) {
        throw CommandFailure(
          status: .usage, message: "the collection writes \(path), which would replace \(input), a file that it reads",
          advice: "choose another --output")
      }
    }
    do throws(FileError) {
      try createFolders(above: output)
      try AtomicFile.checkIsReplaceable(output)
    } catch {
      throw .output(error)
    }
  }

  private func partialSnapshot(of organization: String, _ console: Console) throws -> PartialSnapshot {
    let isLeft = fileExists(partialPath)
    if resume, isLeft, let partial = try resumed(organization) {
      try checkIncluded(partial.header)
      console.note("continuing the collection of \(partial.header.collectedAt.text)")
      return partial
    }
    if resume { console.note("there is nothing to resume in \(partialPath), so this is a new collection") }
    if isLeft, !resume {
      console.warning("what an interrupted collection left in \(partialPath) is dropped; --resume would continue it")
    }
    return try PartialSnapshot(
      path: output,
      header: SnapshotHeader(
        organizationID: organization, collectedAt: wallClock(), toolVersion: toolVersion, apiBase: connection.apiBase,
        including: included.lists))
  }

  /// What was left; nil when the collection was killed before it had written anything.
  private func resumed(_ organization: String) throws -> PartialSnapshot? {
    do throws(PartialSnapshot.Failure) {
      return try PartialSnapshot(resuming: output, organizationID: organization, apiBase: connection.apiBase)
    } catch {
      if case .file(let problem) = error, problem.reason == .notFound { return nil }
      throw error
    }
  }

  /// What is resumed has the lists that it began with.
  private func checkIncluded(_ header: SnapshotHeader) throws(CommandFailure) {
    guard !included.lists.isEmpty, included.lists != Set(header.included) else { return }
    let names = header.included.map { "--include \($0.rawValue)" }.joined(separator: " ")
    throw CommandFailure(
      status: .usage,
      message: "\(partialPath) was begun \(names.isEmpty ? "without --include" : "with \(names)")",
      advice: "leave out --include to continue it, or collect without --resume")
  }

  private func report(_ coverage: [CollectedList: Coverage], _ console: Console) throws {
    let gaps = CollectedList.allCases.filter { list in
      coverage[list].map { !$0.isComplete } ?? !list.isOptional
    }
    for list in gaps {
      let entry = coverage[list]
      console.warning(
        "the list of \(list.title) is \(entry?.stateText ?? "missing"): \(entry?.reason ?? "")"
          + (entry?.advice.map { "\n  \($0)" } ?? ""))
    }
    if !gaps.isEmpty { throw ExitCode(ExitStatus.inconclusive.rawValue) }
  }

  private func interrupted(_ result: CollectionResult) -> CommandFailure {
    CommandFailure(
      status: .inconclusive, message: "the collection was interrupted, so there is no snapshot",
      details: result.interrupted.compactMap { list in
        let coverage = result.coverage[list]
        return coverage?.reason.map { reason in
          "  \(list.title), after \(coverage?.records ?? 0) records: \(reason)"
            + (coverage?.advice.map { "; \($0)" } ?? "")
        }
      },
      advice: "what was read is in \(partialPath): continue with `tokenreeve collect --resume --output \(output)`")
  }

  private func cannotResume(_ failure: PartialSnapshot.Failure) -> CommandFailure {
    switch failure {
    case .file(let error): CommandFailure.output(error)
    case .notAPartialSnapshot:
      CommandFailure(
        status: .usage, message: "\(partialPath) is nothing that an interrupted collection left, or it is damaged",
        advice: "collect without --resume")
    case .otherOrganization(let header):
      CommandFailure(
        status: .usage,
        message: "\(partialPath) is of the organization \(header.organizationID)"
          + (header.apiBase.map { " at \($0)" } ?? ""),
        advice: "choose another --output, or collect without --resume")
    }
  }
}
