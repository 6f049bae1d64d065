import Audit
import Files
import Policy

/// Annotations for a job of GitHub Actions, as workflow commands on standard output: the verdict, what is not known,
/// and the worst open findings. GitHub shows ten errors and ten warnings a step, so more are counted, not written.
enum GitHubReport: Reporter {
  static let fileName = "github-annotations.txt"

  /// Annotations of one level that GitHub shows.
  static let limit = 10

  private enum Level: String { case error, warning, notice }

  static func write(
    _ report: AuditReport, _ options: ReportOptions, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    let verdict = report.verdict
    let compared = report.baselineText.map { "compared with the \($0): \(report.baselineNumbers ?? "")" }
    let summary = [report.summary] + verdict.reasons.dropFirst() + [compared].compactMap(\.self)
    try writer.write(
      command(
        verdict.state == .pass ? .notice : .error, title: "tokenreeve: \(verdict.state.title)",
        summary.joined(separator: "; ")))
    var written: [Level: Int] = [.error: 1]
    var leftOut = 0
    func isShown(_ level: Level) -> Bool {
      written[level, default: 0] += 1
      if written[level, default: 0] <= limit { return true }
      leftOut += 1
      return false
    }
    for group in report.gapGroups where isShown(.warning) {
      try writer.write(command(.warning, title: "Not known: \(group.subjectText)", group.reason))
    }
    for finding in report.findings where finding.disposition.isOpen {
      let level: Level = finding.severity >= report.run.failOn ? .error : .notice
      guard isShown(level) else { continue }
      let resource = finding.resource
      let label = resource.label.map { " \"\($0)\"" } ?? ""
      try writer.write(
        command(
          level, title: "\(finding.ruleID) (\(finding.severity.rawValue))",
          "\(resource.kind.rawValue) \(resource.id)\(label): \(finding.message)"))
    }
    if leftOut > 0 { try writer.write("tokenreeve: \(leftOut) more are in the other reports\n") }
  }

  static func writeUnfinished(to writer: inout some ByteWriter & ~Copyable) throws {
    try writer.write(command(.error, title: UnfinishedRun.title, UnfinishedRun.explanation))
  }

  /// `::error title=…::…`, with the characters escaped that would end a property or the command.
  private static func command(_ level: Level, title: String, _ message: String) -> String {
    let title = replacing(",", with: "%2C", in: replacing(":", with: "%3A", in: escaped(title)))
    return "::\(level.rawValue) title=\(title)::\(escaped(message))\n"
  }

  /// Line breaks are visible text already, so only the escape character itself is left.
  private static func escaped(_ text: String) -> String {
    replacing("%", with: "%25", in: visible(text))
  }
}
