import Audit
import Files
import Inventory
import Policy

/// The report in GitHub's dialect of Markdown: for a pull request's comment, a job's summary, a wiki.
///
/// What is true of the whole comes first, then what expires soon, then findings with remediation once a rule. With a
/// limit the findings are cut, between two rows, and counted.
enum MarkdownReport: Reporter {
  static let fileName = "report.md"

  static func write(
    _ report: AuditReport, _ options: ReportOptions, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    let head = MarkdownSections.head(report)
    let tail = MarkdownSections.tail(report)
    try write(head, to: &writer)
    var findings = MarkdownFindings(report, room: options.markdownLimit.map { $0 - head.size - tail.size })
    try findings.write(to: &writer)
    try write(tail, to: &writer)
  }

  static func writeUnfinished(to writer: inout some ByteWriter & ~Copyable) throws {
    try writer.write("# tokenreeve: INCONCLUSIVE\n\n**\(UnfinishedRun.title).** \(UnfinishedRun.explanation)\n")
  }

  private static func write(_ section: MarkdownSection, to writer: inout some ByteWriter & ~Copyable) throws {
    for line in section.lines { try writer.write(line + "\n") }
  }
}
