import Audit
import Files
import Inventory
import Reporting

/// Where the reports of an audit go. A file is first replaced by a valid report that says that the run did not
/// finish, so that yesterday's green file can't survive today's broken run.
struct ReportOutputs {
  private static let defaultFolder = "reports/latest"

  private let files: [(format: ReportFormat, path: String)]
  private let standardOutput: ReportFormat?
  private let formats: ReportFormatOptions
  private let console: Console
  private let isDefault: Bool

  init(reports: [ReportOption], formats: ReportFormatOptions, console: Console) {
    self.formats = formats
    self.console = console
    isDefault = reports.isEmpty
    if reports.isEmpty {
      files = [ReportFormat.junit, .markdown, .json].map { ($0, "\(Self.defaultFolder)/\($0.fileName)") }
      standardOutput = .text
    } else {
      files = reports.compactMap { report in report.path.map { (report.format, $0) } }
      standardOutput = reports.first { $0.path == nil }?.format
    }
  }

  /// - Parameter inputs: the files that the audit reads, none of which a report may replace.
  func writeUnfinished(sparing inputs: [String]) throws(CommandFailure) {
    try output { for (_, path) in files { try createFolders(above: path) } }
    try checkPaths(inputs)
    try output {
      if isDefault {
        // Reports name people: they are nothing to commit.
        var ignore = try AtomicFile(path: "\(Self.defaultFolder)/.gitignore")
        try ignore.write("*\n")
        try ignore.commit()
      }
      // What is wrong with one report leaves no older one of the others.
      var failure: (any Error)?
      for (format, path) in files {
        do { try Self.replace(format, path) } catch { failure = failure ?? error }
      }
      if let failure { throw failure }
      // Whatever keeps a report from being written is said before anything is collected.
      if let standardOutput {
        var unfinished = MemoryWriter()
        try standardOutput.writeUnfinished(to: &unfinished)
      }
    }
  }

  private static func replace(_ format: ReportFormat, _ path: String) throws {
    do {
      try writeUnfinished(format, path)
    } catch let error as FileError where error.reason == .noSpace {
      // The report of an earlier run must not stay, and without it there may be room.
      try removeFile(path)
      try writeUnfinished(format, path)
    } catch let error where !(error is FileError) {
      // A library may be missing.
      try removeFile(path)
      throw error
    }
  }

  private static func writeUnfinished(_ format: ReportFormat, _ path: String) throws {
    var file = try AtomicFile(path: path)
    try format.writeUnfinished(to: &file)
    try file.commit()
  }

  private func checkPaths(_ inputs: [String]) throws(CommandFailure) {
    for (index, (_, path)) in files.enumerated() {
      if let input = inputs.first(where: { isSameFile($0, path) }) {
        throw CommandFailure(
          status: .usage, message: "the report \(path) would replace \(input), which the audit reads",
          advice: "give the report another path, or copy what is read first")
      }
      if let other = files[..<index].first(where: { isSameFile($0.path, path) }) {
        throw CommandFailure(
          status: .usage, message: "two reports have the same path: \(other.path) and \(path)",
          advice: "give each report a path of its own")
      }
    }
  }

  /// Files first: a reader of standard output may be gone before the end.
  func write(_ report: AuditReport) throws(CommandFailure) {
    try output {
      for (format, path) in files {
        var file = try AtomicFile(path: path)
        try format.write(report, formats.options(), to: &file)
        try file.commit()
      }
      guard let standardOutput else { return }
      var writer = DescriptorWriter(descriptor: 1, name: "standard output")
      let options = formats.options(color: console.usesColor(on: 1), width: Console.width(of: 1))
      try standardOutput.write(report, options, to: &writer)
      try writer.flush()
    }
    if !files.isEmpty { console.note("reports: " + files.map(\.path).joined(separator: ", ")) }
  }

  private func output(_ body: () throws -> Void) throws(CommandFailure) {
    do {
      try body()
    } catch let error as FileError {
      throw .output(error)
    } catch {
      throw CommandFailure(status: .failure, message: "a report can't be written: \(error)")
    }
  }
}
