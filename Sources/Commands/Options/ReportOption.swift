import ArgumentParser
import Policy
import Reporting

/// One `--report FORMAT[=PATH]`.
struct ReportOption: ExpressibleByArgument {
  let format: ReportFormat
  /// Nil for standard output.
  let path: String?

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let format = ReportFormat(rawValue: parts[0]) else { return nil }
    self.format = format
    path = parts.count == 2 && parts[1] != "-" ? parts[1] : nil
    if path?.isEmpty == true { return nil }
  }

  init(format: ReportFormat, path: String?) {
    self.format = format
    self.path = path
  }
}

extension Severity: ExpressibleByArgument {
  /// Worst first, as severities stand in every report.
  static var allValueStrings: [String] { allCases.sorted(by: >).map(\.rawValue) }
}
