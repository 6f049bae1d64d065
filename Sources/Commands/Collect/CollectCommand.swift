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
      FILE.partial. Exit codes: 0 everything was collected, 3 something could not be.
      """)

  @Option(help: ArgumentHelp("The snapshot file to write.", valueName: "file"))
  var output: String

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() async throws {
    let console = outputOptions.console
    let organization = try connection.organization()
    let collection = try Collection(
      apiBase: connection.apiBase ?? ConnectionOptions.atlassian, caFile: connection.caFile,
      secret: try connection.secret(), organization: organization, console: console)
    let header = SnapshotHeader(
      organizationID: organization, collectedAt: wallClock(), toolVersion: toolVersion, apiBase: connection.apiBase)
    do {
      try createFolders(above: output)
      let recorder = SnapshotRecorder(try PartialSnapshot(path: output, header: header))
      let coverage = try await collection.collect(into: recorder)
      try await recorder.finish(coverage: coverage)
      let gaps = CollectedList.allCases.filter { coverage[$0]?.isComplete != true }
      console.note("snapshot: \(output)")
      for list in gaps {
        let entry = coverage[list]
        console.warning(
          "the list of \(list.title) is \(entry?.stateText ?? "missing"): \(entry?.reason ?? "")"
            + (entry?.advice.map { "\n  \($0)" } ?? ""))
      }
      if !gaps.isEmpty { throw ExitCode(ExitStatus.inconclusive.rawValue) }
    } catch let error as FileError {
      throw CommandFailure.output(error)
    }
  }
}
