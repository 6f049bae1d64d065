package import Audit
package import Files

/// The formats of a report, by the names that `--report` takes.
///
/// A new format is a case here, its reporter below, and a folder with that reporter.
package enum ReportFormat: String, CaseIterable, Sendable {
  case text, junit, markdown, json, jsonl, sarif, csv, html, ocsf, github
  case planMarkdown = "plan-markdown"
  case planCSV = "plan-csv"

  private var reporter: any Reporter.Type {
    switch self {
    case .text: TextReport.self
    case .junit: JUnitReport.self
    case .markdown: MarkdownReport.self
    case .json: JSONReport.self
    case .jsonl: JSONLinesReport.self
    case .sarif: SARIFReport.self
    case .csv: CSVReport.self
    case .html: HTMLReport.self
    case .ocsf: OCSFReport.self
    case .github: GitHubReport.self
    case .planMarkdown: PlanMarkdownReport.self
    case .planCSV: PlanCSVReport.self
    }
  }

  /// The name of the format's file in a folder of reports.
  package var fileName: String { reporter.fileName }

  /// Whether the report shows the tokens and keys in numbers, so that the audit has to count them.
  package var needsStatistics: Bool { self == .html }

  /// Writes the report, piece by piece; throws what the writer throws.
  package func write(
    _ report: AuditReport, _ options: ReportOptions, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    try reporter.write(report, options, to: &writer)
  }

  /// Writes a report of an audit that did not get to its end: valid, and nothing that reads as a pass.
  package func writeUnfinished(to writer: inout some ByteWriter & ~Copyable) throws {
    try reporter.writeUnfinished(to: &writer)
  }
}

/// What writes one format.
protocol Reporter {
  static var fileName: String { get }

  static func write(
    _ report: AuditReport, _ options: ReportOptions, to writer: inout some ByteWriter & ~Copyable
  ) throws

  static func writeUnfinished(to writer: inout some ByteWriter & ~Copyable) throws
}

/// What a report says of an audit that did not get to its end.
enum UnfinishedRun {
  static let title = "The audit did not finish"
  static let explanation =
    "This file was written when the audit began. Had the audit come to its end, the report would stand here. "
    + "Nothing is known of the organization."
}
