import AdminHubSandbox
import Files
import Inventory

/// Writes a sandbox organization without serving it: the data that `scripts/bench` audits.
///
/// Usage: `benchmark-organization TOKENS FOLDER`. Writes `snapshot.jsonl`, a snapshot file, and `tokens.jsonl`, the same
/// tokens as one bare object a line, for programs that know no snapshots; dates that can't be read are null there, since
/// such programs end at the first. The same number gives the same bytes.
@main
enum BenchmarkOrganization {
  static func main() throws {
    guard CommandLine.arguments.count == 3, let count = Int(CommandLine.arguments[1]) else {
      throw Failure(description: "usage: benchmark-organization TOKENS FOLDER")
    }
    let folder = CommandLine.arguments[2]
    // The day that the yardstick's questions name.
    let at = Instant(milliseconds: 1_795_219_200_000)
    let organization = SandboxOrganization(seed: 1, tokens: count, at: at)
    var snapshot = try AtomicFile(path: "\(folder)/snapshot.jsonl")
    var tokens = try AtomicFile(path: "\(folder)/tokens.jsonl")
    try snapshot.write(
      SnapshotEncoding.header(
        SnapshotHeader(organizationID: organization.id, collectedAt: at, toolVersion: "benchmark", apiBase: nil)))
    for list in CollectedList.always {
      for index in 0..<organization.count(of: list) {
        let record = organization.record(list, at: index)
        var writer = JSONWriter()
        writer.value(nil, record)
        try snapshot.write(#"{"kind":"\#(list.recordKind)","record":"#)
        try snapshot.write(writer.bytes)
        try snapshot.write("}\n")
        if list == .apiTokens {
          var writer = JSONWriter()
          writer.value(nil, withoutUnreadableDates(record))
          writer.newline()
          try tokens.write(writer.bytes)
        }
      }
    }
    try snapshot.write(SnapshotEncoding.trailer(coverage(of: organization)))
    try snapshot.commit()
    try tokens.commit()
  }

  private static func withoutUnreadableDates(_ record: JSONValue) -> JSONValue {
    guard case .object(let members) = record else { return record }
    return .object(
      members.map { member in
        guard member.name.hasSuffix("At"), let text = member.value.string, Instant(text) == nil else { return member }
        return JSONValue.Member(name: member.name, value: .null)
      })
  }

  private static func coverage(of organization: SandboxOrganization) -> [CollectedList: Coverage] {
    Dictionary(
      uniqueKeysWithValues: CollectedList.always.map { list in
        let count = organization.count(of: list)
        return (
          list,
          Coverage(state: .complete(verified: true), records: count, countBefore: count, countAfter: count)
        )
      })
  }

  struct Failure: Error, CustomStringConvertible { let description: String }
}
