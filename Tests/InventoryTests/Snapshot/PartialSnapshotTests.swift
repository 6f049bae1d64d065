import Files
import Foundation
import Inventory
import TestSupport
import Testing

struct PartialSnapshotTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private var path: String { folder.path("org.snapshot") }

  private func header() throws -> SnapshotHeader {
    SnapshotHeader(
      organizationID: "org-1", collectedAt: try #require(Instant("2026-11-20T08:00:00Z")), toolVersion: "1.2.3",
      apiBase: "http://127.0.0.1:8080")
  }

  /// Where the records of a page's body are.
  private func records(_ body: [UInt8]) throws -> [Range<Int>] {
    var scanner = JSONScanner(body)
    var ranges: [Range<Int>] = []
    try scanner.readArray { scanner throws(JSONError) in ranges.append(try scanner.skipValue()) }
    return ranges
  }

  private func append(
    _ partial: inout PartialSnapshot, _ list: CollectedList, _ page: String, next: String?
  ) throws {
    let body = Array(page.utf8)
    try partial.append(list, try records(body), of: body, next: next)
  }

  private let coverage: [CollectedList: Coverage] = [
    .apiTokens: Coverage(
      state: .complete(verified: true), records: 3, countBefore: 3, countAfter: 4, duplicates: 1, notes: ["drift"]),
    .apiKeys: Coverage(state: .partial("a page was cut"), records: 1, advice: "try again"),
    .policies: Coverage(state: .unavailable("refused"), records: 0),
  ]

  @Test func pagesInTurnsBecomeListsInOrderWithTheirBytesAsTheyCame() throws {
    var partial = try PartialSnapshot(path: path, header: try header())
    try append(&partial, .apiKeys, #"[ {"id" : "k-1", "new":[ 1.50, "a  b" ]} ]"#, next: nil)
    try append(&partial, .apiTokens, #"[{"id":"t-1","n":9007199254740993},{"id":"t-2"}]"#, next: "c\"2")
    try append(&partial, .policies, "[]", next: nil)
    try append(&partial, .apiTokens, "[\n{\"id\":\"t-3\"}\n]", next: nil)
    #expect(folder.names == ["org.snapshot.partial"])
    try partial.finish(coverage: coverage)

    #expect(folder.names == ["org.snapshot"])
    #expect(try folder.mode("org.snapshot") == 0o600)
    let lines = try folder.text("org.snapshot").split(separator: "\n").map(String.init)
    #expect(
      Array(lines.dropFirst().dropLast()) == [
        #"{"kind":"api-token","record":{"id":"t-1","n":9007199254740993}}"#,
        #"{"kind":"api-token","record":{"id":"t-2"}}"#,
        #"{"kind":"api-token","record":{"id":"t-3"}}"#,
        #"{"kind":"api-key","record":{"id":"k-1","new":[1.50,"a  b"]}}"#,
      ])
    let snapshot = try SnapshotFile.read(path, allowPartial: false)
    #expect(snapshot.header == (try header()))
    #expect(snapshot.coverage == coverage)
    #expect(snapshot.tokens.map(\.id) == ["t-1", "t-2", "t-3"])
  }

  @Test func anUnfinishedCollectionIsIncompleteAndItsPagesCanBeRead() throws {
    var partial = try PartialSnapshot(path: path, header: try header())
    try append(&partial, .policies, #"[{"id":"p-1"}]"#, next: "2")
    try append(&partial, .apiTokens, #"[{"id":"t-1"}]"#, next: nil)
    let file = folder.path("org.snapshot.partial")
    let error = #expect(throws: SnapshotFile.Failure.self) { try SnapshotFile.read(file, allowPartial: false) }
    guard case .snapshot(.incomplete)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let snapshot = try SnapshotFile.read(file, allowPartial: true)
    #expect(snapshot.tokens.count == 1 && snapshot.policies.count == 1)
    #expect(CollectedList.allCases.allSatisfy { !snapshot.coverage(of: $0).isComplete })
    _ = consume partial
  }

  /// A partial file to which a trailer was added is still no complete snapshot: pages may be missing from it.
  @Test func aPartialFileWithATrailerIsNoSnapshot() throws {
    let lines =
      [
        SnapshotLines.header, SnapshotLines.token1, #"{"kind":"page","list":"api-tokens","next":"2"}"#,
        SnapshotLines.token2,
      ]
      + [SnapshotLines.key, SnapshotLines.policy, SnapshotLines.trailer]
    guard case .malformed(line: 7, _)? = SnapshotLines.error(lines) else {
      Issue.record("accepted")
      return
    }
  }

  @Test func aTrailerWithoutAListIsRefusedWhenItIsRead() throws {
    var partial = try PartialSnapshot(path: path, header: try header())
    try append(&partial, .apiTokens, "[]", next: nil)
    try partial.finish(coverage: [.apiTokens: Coverage(state: .complete(verified: true))])
    #expect(throws: SnapshotFile.Failure.self) { try SnapshotFile.read(path, allowPartial: false) }
  }

  @Test func twoCollectionsOfTheSameContentGiveTheSameBytes() throws {
    var texts: Set<String> = []
    for order in [[0, 1], [1, 0]] {
      var partial = try PartialSnapshot(path: path, header: try header())
      for list in order {
        if list == 0 {
          try append(&partial, .apiTokens, #"[{"id":"t-1"},{"id":"t-2"},{"id":"t-3"}]"#, next: nil)
        } else {
          try append(&partial, .apiKeys, #"[ {"id" :"k-1"}]"#, next: nil)
        }
      }
      try partial.finish(coverage: coverage)
      texts.insert(try folder.text("org.snapshot"))
    }
    #expect(texts.count == 1)
  }
}
