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

  func writeUnfinished() throws(CommandFailure) {
    try output {
      if isDefault {
        try createFolders(Self.defaultFolder)
        // Reports name people: they are nothing to commit.
        var ignore = try AtomicFile(path: "\(Self.defaultFolder)/.gitignore")
        try ignore.write("*\n")
        try ignore.commit()
      }
      for (format, path) in files {
        try createFolders(above: path)
        var file = try AtomicFile(path: path)
        try format.writeUnfinished(to: &file)
        try file.commit()
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
