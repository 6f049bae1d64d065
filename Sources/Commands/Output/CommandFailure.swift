import AdminHub
import Files
import HTTPTransport
import Inventory
import Policy

/// Why a command ends without its result: what happened, where, what to do, and the exit code that goes with it.
struct CommandFailure: Error {
  let status: ExitStatus
  let message: String
  /// Lines below the message, such as places in files.
  var details: [String] = []
  var advice: String?

  /// As people read it on standard error.
  var rendered: String {
    (["tokenreeve: error: \(message)"] + details + (advice.map { ["  \($0)"] } ?? [])).joined(separator: "\n")
  }
}

extension CommandFailure {
  /// A file that the user gave can't be read.
  static func input(_ error: FileError) -> CommandFailure {
    CommandFailure(status: .usage, message: error.message, advice: error.advice)
  }

  /// Output can't be written.
  static func output(_ error: FileError) -> CommandFailure {
    CommandFailure(status: .failure, message: error.message, advice: error.advice)
  }

  static func policy(_ failure: PolicyFailure, what: String = "policy", so consequence: String? = nil) -> CommandFailure
  {
    switch failure {
    case .cannotRead(let message, let advice): CommandFailure(status: .usage, message: message, advice: advice)
    case .invalid(let diagnostics): invalid(diagnostics, what: what, so: consequence)
    }
  }

  /// - Parameter consequence: What was not done for it.
  static func invalid(_ diagnostics: [Diagnostic], what: String, so consequence: String? = nil) -> CommandFailure {
    let errors = diagnostics.filter { $0.severity == .error }.count
    return CommandFailure(
      status: .usage,
      message: "the \(what) has \(errors == 1 ? "an error" : "\(errors) errors")"
        + (consequence.map { "; \($0)" } ?? ""),
      details: diagnostics.sorted { ($0.file, $0.location) < ($1.file, $1.location) }.map(\.rendered))
  }

  static func transport(_ error: TransportError) -> CommandFailure {
    let status: ExitStatus =
      switch error {
      case .invalidBaseURL, .unusableCAFile: .usage
      default: .inconclusive
      }
    return CommandFailure(status: status, message: error.message, advice: error.advice)
  }

  static func snapshot(_ error: SnapshotError, path: String) -> CommandFailure {
    switch error {
    case .notASnapshot(let reason):
      CommandFailure(
        status: .usage, message: "\(path) is no snapshot: \(reason)", advice: "make one with `tokenreeve collect`")
    case .malformed(let line, let reason):
      CommandFailure(
        status: .usage, message: "\(path):\(line): the snapshot is damaged: \(reason)",
        advice: "it was changed after it was collected, or cut; collect again")
    case .unknownFormatVersion(let version):
      CommandFailure(
        status: .usage, message: "\(path) has format version \(version), which this tokenreeve does not know",
        advice: "use a newer tokenreeve, or collect again")
    case .incomplete:
      CommandFailure(
        status: .inconclusive, message: "\(path) is incomplete: the collection that wrote it did not end",
        advice: "collect again (--resume continues a FILE.partial), "
          + "or see what it holds with --allow-partial, which never passes")
    }
  }
}
