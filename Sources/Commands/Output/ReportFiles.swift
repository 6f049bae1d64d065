import Audit
import Files
import Reporting

/// Reads reports in JSON, and says why one can't be used.
enum ReportFiles {
  /// A report of a million findings is about half as large.
  private static let maximumSize = 2 << 30

  /// - Parameter role: what the file is to the user, such as "baseline".
  static func read(_ path: String, as role: String) throws(CommandFailure) -> RecordedReport {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try readFile(path, limit: maximumSize)
    } catch {
      throw .input(error)
    }
    do throws(RecordedReportError) {
      return try RecordedReport(parsing: bytes)
    } catch {
      throw .report(error, path: path, role: role)
    }
  }
}

extension CommandFailure {
  static func report(_ error: RecordedReportError, path: String, role: String) -> CommandFailure {
    let advice = "a \(role) is a report that `tokenreeve audit --report json=FILE` wrote"
    return switch error {
    case .notAReport(let reason):
      CommandFailure(status: .usage, message: "\(path) is no report in JSON: \(reason)", advice: advice)
    case .unfinished:
      CommandFailure(
        status: .usage, message: "\(path) is the report of an audit that did not finish, so it says nothing",
        advice: "use the report of an audit that came to its end")
    case .unknownSchemaVersion(let version):
      CommandFailure(
        status: .usage, message: "\(path) has schema version \(version), which this tokenreeve does not know",
        advice: "use a newer tokenreeve, or a report of this one")
    case .malformed(let line, let reason):
      CommandFailure(
        status: .usage, message: "\(path):\(line): the report is damaged: \(reason)",
        advice: "it was changed after it was written; \(advice)")
    }
  }

  static func baseline(_ refusal: BaselineRefusal, path: String) -> CommandFailure {
    CommandFailure(status: .usage, message: "\(path): \(refusal.message)", advice: refusal.advice)
  }
}
