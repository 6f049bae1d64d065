import Files
import Foundation
import Inventory
import TestSupport

/// A small snapshot file, line by line, for tests to damage.
enum SnapshotLines {
  static let header =
    #"{"kind":"header","formatVersion":1,"organizationId":"org-1","collectedAt":"2026-11-20T08:00:00Z","toolVersion":"1.2.3"}"#
  static let token1 = #"{"kind":"api-token","record":{"id":"t-1","label":"ci","unheardOf":9007199254740993}}"#
  static let token2 = #"{"kind":"api-token","record":{"id":"t-2"}}"#
  static let key = #"{"kind":"api-key","record":{"id":"k-1"}}"#
  static let policy = #"{"kind":"policy","record":{"id":"p-1"}}"#
  static let trailer = trailer()

  static func trailer(
    counts: (Int, Int, Int) = (2, 1, 1), records: (Int, Int, Int) = (2, 1, 1),
    tokens: String = #""state":"complete","verified":true"#
  ) -> String {
    #"{"kind":"trailer","counts":{"api-tokens":\#(counts.0),"api-keys":\#(counts.1),"policies":\#(counts.2)},"#
      + #""coverage":{"api-tokens":{\#(tokens),"records":\#(records.0)},"#
      + #""api-keys":{"state":"unavailable","reason":"the API refused it (403)","records":\#(records.1),"#
      + #""advice":"grant read:keys:admin"},"#
      + #""policies":{"state":"complete","verified":false,"records":\#(records.2),"notes":["no count"]}}}"#
  }

  static let whole = [header, token1, token2, key, policy, trailer]

  /// Reads the lines as a file; the last one ends with `ending`.
  static func read(_ lines: [String], ending: String = "\n", allowPartial: Bool = false) throws -> Snapshot {
    let folder = try TemporaryFolder()
    try folder.write(lines.joined(separator: "\n") + ending, to: "snapshot.jsonl")
    return try SnapshotFile.read(folder.path("snapshot.jsonl"), allowPartial: allowPartial)
  }

  /// Why the lines are no snapshot; nil when they are one, or can't be read at all.
  static func error(_ lines: [String], ending: String = "\n", allowPartial: Bool = false) -> SnapshotError? {
    do {
      _ = try read(lines, ending: ending, allowPartial: allowPartial)
      return nil
    } catch SnapshotFile.Failure.snapshot(let error) {
      return error
    } catch {
      return nil
    }
  }
}
