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
  private func records(_ body: [UInt8]) throws -> [JSONExtent] {
    var scanner = JSONScanner(body)
    var records: [JSONExtent] = []
    try scanner.readArray { scanner throws(JSONError) in
      records.append(try scanner.extent { scanner throws(JSONError) in try scanner.skipValue() })
    }
    return records
  }

  private func append(
    _ partial: inout PartialSnapshot, _ list: CollectedList, _ page: String, next: String?, isFirst: Bool = false
  ) throws {
    let body = Array(page.utf8)
    var progress = ListProgress(pageSize: 1000)
    progress.next = next
    progress.isAtEnd = next == nil
    let earlier = isFirst ? 0 : partial.progress[list]?.coverage.records ?? 0
    progress.coverage.records = earlier + (try records(body).count)
    try partial.append(list, try records(body), of: body, progress: progress, isFirst: isFirst)
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

  /// What a list that begins anew leaves: its first pages of before, and those that count.
  private func restarted() throws -> PartialSnapshot {
    var partial = try PartialSnapshot(path: path, header: try header())
    try append(&partial, .apiTokens, #"[{"id":"t-1"},{"id":"t-2"}]"#, next: "2", isFirst: true)
    try append(&partial, .apiKeys, #"[{"id":"k-1"}]"#, next: nil, isFirst: true)
    try append(&partial, .apiTokens, #"[{"id":"t-9"}]"#, next: "2", isFirst: true)
    try append(&partial, .apiTokens, #"[{"id":"t-1"}]"#, next: nil)
    return partial
  }

  @Test func aListThatBeginsAnewHasNothingOfBefore() throws {
    var partial = try restarted()
    try partial.finish(coverage: coverage)
    let lines = try folder.text("org.snapshot").split(separator: "\n").dropFirst().dropLast()
    #expect(
      lines == [
        #"{"kind":"api-token","record":{"id":"t-9"}}"#, #"{"kind":"api-token","record":{"id":"t-1"}}"#,
        #"{"kind":"api-key","record":{"id":"k-1"}}"#,
      ])
  }

  @Test func whatIsLeftOfAListThatBeganAnewHasNothingOfBefore() throws {
    _ = try restarted()
    let left = try SnapshotFile.read(folder.path("org.snapshot.partial"), allowPartial: true)
    #expect(left.tokens.map(\.id) == ["t-9", "t-1"] && left.keys.map(\.id) == ["k-1"])
    let resumed = try PartialSnapshot(
      resuming: path, organizationID: "org-1", apiBase: "http://127.0.0.1:8080")
    var records: [CollectedList: Int] = [:]
    try resumed.forEachRecord { list, scanner throws(JSONError) in
      try scanner.skipValue()
      records[list, default: 0] += 1
    }
    #expect(records == [.apiTokens: 2, .apiKeys: 1])
    #expect(resumed.progress[.apiTokens]?.coverage.records == 2)
  }

  /// Cut between the restart and its first page, the list is still the one of before.
  @Test func aRestartThatWasCutHasNotHappened() throws {
    _ = try restarted()
    let text = try folder.text("org.snapshot.partial")
    let restart = try #require(text.range(of: #"{"kind":"restart","list":"api-tokens"}"# + "\n"))
    try folder.write(String(text[..<restart.upperBound]), to: "org.snapshot.partial")
    let resumed = try PartialSnapshot(
      resuming: path, organizationID: "org-1", apiBase: "http://127.0.0.1:8080")
    #expect(resumed.progress[.apiTokens]?.coverage.records == 2)
    #expect(try folder.text("org.snapshot.partial") == text[..<restart.lowerBound])
  }

  @Test func whatIsNoFileIsNotResumed() throws {
    try #require(unsafe mkfifo(folder.path("org.snapshot.partial"), 0o600) == 0)
    do {
      _ = try PartialSnapshot(resuming: path, organizationID: "org-1", apiBase: nil)
      Issue.record("resumed")
    } catch .file(let error) {
      #expect(error.reason == .notRegularFile)
    }
  }
}
