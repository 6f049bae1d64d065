import Audit
import Files
import Inventory
import Reporting

/// Reads the two files of a comparison and compares them.
enum ComparedFiles {
  static func difference(_ old: String, _ new: String) throws(CommandFailure) -> Difference {
    switch (try isSnapshot(old), try isSnapshot(new)) {
    case (true, true):
      let (before, now) = (try snapshot(old), try snapshot(new))
      try checkOrganizations(before.header.organizationID, now.header.organizationID)
      return .snapshots(SnapshotDifference(before, now))
    case (false, false):
      let before = try ReportFiles.read(old, as: "report to compare")
      let now = try ReportFiles.read(new, as: "report to compare")
      try checkOrganizations(before.run.organizationID, now.run.organizationID)
      return .reports(ReportDifference(before, now))
    case (let isOld, _):
      throw CommandFailure(
        status: .usage, message: "\(isOld ? old : new) is a snapshot, and \(isOld ? new : old) is none",
        advice: "compare two snapshots, or two reports in JSON")
    }
  }

  /// A snapshot's first line is its header. What is neither is told by the reader of reports.
  private static func isSnapshot(_ path: String) throws(CommandFailure) -> Bool {
    do throws(FileError) {
      var reader = try LineReader(path: path, limit: 1 << 20)
      guard let line = try reader.next(), let header = try? JSONValue(parsing: Array(reader.block[line])) else {
        return false
      }
      return header["kind"]?.string == "header"
    } catch {
      // No header is that long.
      if case .tooLarge = error.reason { return false }
      throw .input(error)
    }
  }

  /// A snapshot without its end is compared for what it holds: none of its lists is complete.
  private static func snapshot(_ path: String) throws(CommandFailure) -> Snapshot {
    do throws(SnapshotFile.Failure) {
      return try SnapshotFile.read(path, allowPartial: true)
    } catch {
      switch error {
      case .file(let error): throw CommandFailure.input(error)
      case .snapshot(let error): throw CommandFailure.snapshot(error, path: path)
      }
    }
  }

  private static func checkOrganizations(_ old: String, _ new: String) throws(CommandFailure) {
    guard old != new else { return }
    throw CommandFailure(
      status: .usage, message: "the files are of two organizations, \(old) and \(new)",
      advice: "compare files of one organization")
  }
}
