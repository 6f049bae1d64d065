import ArgumentParser
import Audit
import Files
import Inventory
import Reporting

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what changed between two reports in JSON, or between two snapshots.",
    discussion: """
      Which of the two kinds a file is, its content says. Of reports: which findings are new, resolved or changed. Of \
      snapshots: which tokens, keys and policies appeared, vanished or changed. What one of the two did not see is \
      told as not known.

      Exit codes:
        0      done, with differences too
        2      usage, or a file that can't be read or is invalid
        3      done, but a snapshot is incomplete, so that something is not known
        4      internal failure, or output that can't be written
      """)

  @Argument(help: ArgumentHelp("The earlier report or snapshot.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("The later report or snapshot.", valueName: "new"))
  var new: String

  @Option(
    help: ArgumentHelp(
      "Write the differences: \(DifferenceFormat.allCases.map(\.rawValue).joined(separator: ", ")). Repeats; no path or - is standard output. (default: text)",
      valueName: "format[=path]"))
  var report: [DiffReportOption] = []

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if report.count(where: { $0.path == nil }) > 1 {
      throw ValidationError("only one report can go to standard output; give the others a path")
    }
  }

  func run() throws {
    let console = output.console
    try checkPaths()
    let difference = try ComparedFiles.difference(old, new)
    try write(difference, console)
    if case .snapshots(let snapshots) = difference, !snapshots.isComplete {
      console.warning("a snapshot is incomplete, so something is not known")
      throw ExitCode(ExitStatus.inconclusive.rawValue)
    }
  }

  private func checkPaths() throws(CommandFailure) {
    let paths = report.compactMap(\.path)
    for (index, path) in paths.enumerated() {
      if let input = [old, new].first(where: { isSameFile($0, path) }) {
        throw CommandFailure(
          status: .usage, message: "the report \(path) would replace \(input), which is compared",
          advice: "give the report another path")
      }
      if let other = paths[..<index].first(where: { isSameFile($0, path) }) {
        throw CommandFailure(
          status: .usage, message: "two reports have the same path: \(other) and \(path)",
          advice: "give each report a path of its own")
      }
    }
  }

  private func write(_ difference: Difference, _ console: Console) throws(CommandFailure) {
    do {
      for report in report {
        guard let path = report.path else { continue }
        try createFolders(above: path)
        var file = try AtomicFile(path: path)
        try report.format.write(difference, ReportOptions(), to: &file)
        try file.commit()
      }
      guard report.isEmpty || report.contains(where: { $0.path == nil }) else { return }
      let format = report.first { $0.path == nil }?.format ?? .text
      var writer = DescriptorWriter(descriptor: 1, name: "standard output")
      let options = ReportOptions(color: console.usesColor(on: 1), width: Console.width(of: 1))
      try format.write(difference, options, to: &writer)
      try writer.flush()
    } catch let error as FileError {
      throw .output(error)
    } catch {
      throw CommandFailure(status: .failure, message: "the differences can't be written: \(error)")
    }
  }
}

/// One `--report FORMAT[=PATH]` of `diff`.
struct DiffReportOption: ExpressibleByArgument {
  let format: DifferenceFormat
  /// Nil for standard output.
  let path: String?

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let format = DifferenceFormat(rawValue: parts[0]) else { return nil }
    self.format = format
    path = parts.count == 2 && parts[1] != "-" ? parts[1] : nil
    if path?.isEmpty == true { return nil }
  }
}
