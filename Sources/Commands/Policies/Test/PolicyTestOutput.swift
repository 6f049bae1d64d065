import Files
import Policy
import Reporting

/// Where the results of policy tests go: a file that is first replaced by one that says that they did not finish.
struct PolicyTestOutput {
  private let path: String

  init(path: String) { self.path = path }

  /// - Parameter inputs: the files that are read, none of which may be replaced.
  func writeUnfinished(sparing inputs: [String]) throws(CommandFailure) {
    if let input = inputs.first(where: { isSameFile($0, path) }) {
      throw CommandFailure(
        status: .usage, message: "the report \(path) would replace \(input), which is read",
        advice: "give the report another path")
    }
    try output { try PolicyTestReport.writeUnfinished(to: &$0) }
  }

  func write(_ results: [PolicyTestResult], _ policy: GovernancePolicy) throws(CommandFailure) {
    try output { try PolicyTestReport.write(results, policy, toolVersion: toolVersion, to: &$0) }
  }

  private func output(_ write: (inout AtomicFile) throws -> Void) throws(CommandFailure) {
    do {
      try createFolders(above: path)
      var file = try AtomicFile(path: path)
      try write(&file)
      try file.commit()
    } catch let error as FileError {
      throw .output(error)
    } catch {
      // A library may be missing: the report of an earlier run must not stay.
      do throws(FileError) { try removeFile(path) } catch { throw .output(error) }
      throw CommandFailure(status: .failure, message: "the report can't be written: \(error)")
    }
  }
}
