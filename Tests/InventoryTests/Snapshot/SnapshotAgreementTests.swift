import Inventory
import TestSupport
import Testing

/// A file is read the same way however it is cut into blocks and shared among jobs, and its tokens as records alone.
struct SnapshotAgreementTests {
  private static let dates = ["2026-01-15T08:00:00.000Z", "2026-03-03T00:00:00Z", "2026-08-30T00:00:00.000+01:00"]

  @Test(arguments: 0..<6)
  func tokensReadTheSameEitherWay(_ seed: Int) async throws {
    var random = SeededRandom(seed: UInt64(seed))
    let records = (0..<500).map { HostileTokenRecord($0, dates: Self.dates, &random).json }
    let expected = try readTokens(records)
    let folder = try TemporaryFolder()
    let lines =
      [SnapshotLines.header] + records.map { #"{"kind":"api-token","record":\#($0)}"# } + [
        SnapshotLines.trailer(counts: (records.count, 0, 0), records: (records.count, 0, 0))
      ]
    let path = try folder.write(lines.joined(separator: "\n") + "\n", to: "snapshot.jsonl")
    // Blocks shorter than a line are among them.
    for (jobs, blockSize) in [(1, 1 << 20), (2, 1000), (5, 100)] {
      let snapshot = try await SnapshotFile.read(path, allowPartial: false, jobs: jobs, blockSize: blockSize)
      #expect(snapshot.tokens.count == expected.count)
      for (token, expected) in zip(snapshot.tokens, expected) {
        #expect(Self.text(token) == Self.text(expected))
      }
      let (owners, expectedOwners) = (Owners(of: snapshot.tokens), Owners(of: expected))
      #expect(owners.map(\.id) == expectedOwners.map(\.id))
      #expect(owners.map(\.user.name) == expectedOwners.map(\.user.name))
      #expect(owners.map(\.user.email) == expectedOwners.map(\.user.email))
      #expect(owners.map(\.tokens) == expectedOwners.map(\.tokens))
      #expect(owners.unattributed == expectedOwners.unattributed)
    }
  }

  /// A damaged line among many is an error that names it, whichever job meets it.
  @Test(arguments: ["{\"kind\":\"api-token\",\"record\":{\"id\":\"x\"", "", "{\"kind\":\"api-token\",\"record\":{}}x"])
  func theFirstDamagedLineIsNamed(_ damaged: String) async throws {
    var lines = [SnapshotLines.header] + Array(repeating: SnapshotLines.token1, count: 2000)
    lines[1700] = damaged
    lines[1701] = "x"
    lines[1900] = "x"
    let folder = try TemporaryFolder()
    let path = try folder.write(lines.joined(separator: "\n") + "\n", to: "snapshot.jsonl")
    for jobs in [1, 4] {
      do {
        _ = try await SnapshotFile.read(path, allowPartial: true, jobs: jobs, blockSize: 4096)
        Issue.record("accepted")
      } catch {
        guard case .snapshot(.malformed(line: 1701, _)) = error else {
          Issue.record("\(error)")
          return
        }
      }
    }
  }

  private static func text(_ token: APIToken) -> String {
    let dates = [token.createdAt, token.expiresAt, token.lastActiveAt]
    return "\(token.id) \(token.label) \(token.status) \(dates) \(token.user) \(token.scopes) \(token.problems)"
  }
}
