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
    #expect(folder.names == ["org.snapshot.partial", "org.snapshot.partial.tokens"])
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

  // MARK: - The two files

  private func resume() throws -> PartialSnapshot {
    try PartialSnapshot(resuming: path, organizationID: "org-1", apiBase: "http://127.0.0.1:8080")
  }

  /// A collection that ended with keys, a page of tokens, and policies.
  private func interrupted() throws {
    var partial = try PartialSnapshot(path: path, header: try header())
    try append(&partial, .apiKeys, #"[{"id":"k-1"}]"#, next: nil, isFirst: true)
    try append(&partial, .apiTokens, #"[{"id":"t-1"},{"id":"t-2"}]"#, next: "2", isFirst: true)
    try append(&partial, .policies, #"[{"id":"p-1"}]"#, next: nil, isFirst: true)
  }

  private let wholeRecords = [
    #"{"kind":"api-token","record":{"id":"t-1"}}"#, #"{"kind":"api-token","record":{"id":"t-2"}}"#,
    #"{"kind":"api-token","record":{"id":"t-3"}}"#, #"{"kind":"api-key","record":{"id":"k-1"}}"#,
    #"{"kind":"policy","record":{"id":"p-1"}}"#,
  ]

  /// The records of the snapshot that comes of it when the last page of tokens is appended.
  private func finished(_ partial: consuming PartialSnapshot) throws -> [String] {
    try append(&partial, .apiTokens, #"[{"id":"t-3"}]"#, next: nil)
    try partial.finish(coverage: coverage)
    #expect(folder.names == ["org.snapshot"])
    return try folder.text("org.snapshot").split(separator: "\n").dropFirst().dropLast().map(String.init)
  }

  @Test func tokensAreWrittenOnceToWhatBecomesTheSnapshot() throws {
    try interrupted()
    let tokens = try folder.text("org.snapshot.partial.tokens")
    #expect(!(try folder.text("org.snapshot.partial")).contains("t-1"))
    #expect(try folder.mode("org.snapshot.partial.tokens") == 0o600)
    #expect(try finished(try resume()) == wholeRecords)
    #expect(try folder.text("org.snapshot").hasPrefix(tokens))
  }

  /// Killed before the snapshot was in its place, what was appended for it is cut off again.
  @Test(arguments: ["", "\n", "\n{\"kind\":\"trailer\"", "\n{\"kind\":\"trailer\"}\n"])
  func whatFollowsTheLastPageOfTokensIsCutOff(_ rest: String) throws {
    try interrupted()
    let tokens = try folder.text("org.snapshot.partial.tokens")
    try folder.write(tokens + wholeRecords[3] + rest, to: "org.snapshot.partial.tokens")
    let left = try SnapshotFile.read(folder.path("org.snapshot.partial"), allowPartial: true)
    #expect(left.tokens.count == 2 && left.keys.count == 1 && left.policies.count == 1)
    #expect(try finished(try resume()) == wholeRecords)
  }

  /// Killed after that, or with tokens that are of another collection, there are none.
  @Test(arguments: [nil, "", "another\n", "{\"kind\":\"header\""])
  func tokensThatAreNotThereAreNotTakenUp(_ text: String?) throws {
    try interrupted()
    let whole = try folder.text("org.snapshot.partial.tokens")
    let header = whole.prefix { $0 != "\n" }
    try FileManager.default.removeItem(atPath: folder.path("org.snapshot.partial.tokens"))
    if let text {
      let other = text == "another\n" ? whole.replacing("08:00:00Z", with: "09:00:00Z") : text
      try folder.write(other, to: "org.snapshot.partial.tokens")
    }
    var partial = try resume()
    #expect(Array(partial.progress.keys) == [.apiKeys], "what was marked before the tokens")
    #expect(try folder.text("org.snapshot.partial.tokens") == header + "\n")
    try append(&partial, .apiTokens, #"[{"id":"t-1"},{"id":"t-2"}]"#, next: "2", isFirst: true)
    try append(&partial, .policies, #"[{"id":"p-1"}]"#, next: nil, isFirst: true)
    #expect(try finished(partial) == wholeRecords)
  }

  @Test func whatAnEarlierVersionLeftIsTakenUp() throws {
    try interrupted()
    let lines = try folder.text("org.snapshot.partial").split(separator: "\n").map(String.init)
    let mark = try #require(lines.firstIndex { $0.contains(#""list":"api-tokens""#) })
    let bounds = try #require(lines[mark].firstMatch(of: /"from":[0-9]+,"to":[0-9]+,/))
    // It had the tokens in their place among the pages.
    let earlier =
      lines[..<mark] + wholeRecords[..<2] + [lines[mark].replacing(bounds.0, with: "")] + lines[(mark + 1)...]
    try folder.write(earlier.joined(separator: "\n") + "\n", to: "org.snapshot.partial")
    try FileManager.default.removeItem(atPath: folder.path("org.snapshot.partial.tokens"))
    #expect(try finished(try resume()) == wholeRecords)
  }

  @Test func aMarkOfTokensThatAreNoPageOfTheirFileIsNoPage() throws {
    try interrupted()
    let text = try folder.text("org.snapshot.partial")
    let bounds = try #require(text.firstMatch(of: /"from":([0-9]+),"to":([0-9]+),/))
    let (from, to) = (try #require(Int(bounds.1)), try #require(Int(bounds.2)))
    for (from, to) in [(from - 1, to), (0, to), (from, to + 1), (to, from), (-1, to)] {
      try folder.write(
        text.replacing(bounds.0, with: "\"from\":\(from),\"to\":\(to),"), to: "org.snapshot.partial")
      #expect(Array(try resume().progress.keys) == [.apiKeys], "\(from) to \(to)")
    }
  }

  @Test func damagedTokensAreNamedWhereTheyAre() throws {
    try interrupted()
    let tokens = try folder.text("org.snapshot.partial.tokens")
    try folder.write(tokens.replacing(#""t-2"}"#, with: #""t-2",}"#), to: "org.snapshot.partial.tokens")
    let error = #expect(throws: SnapshotFile.Failure.self) {
      try SnapshotFile.read(folder.path("org.snapshot.partial"), allowPartial: true)
    }
    guard case .snapshot(.malformed(line: 3, let message))? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(message.hasSuffix("in " + folder.path("org.snapshot.partial.tokens")))
  }

  /// As a power failure can leave them.
  @Test(arguments: ["\0\0\0", "{}", #"{"kind":"api-token","record":"#, #"{"kind":"api-token","record":{}}}"#])
  func damagedTokensAreNotTakenUp(_ damage: String) throws {
    try interrupted()
    var lines = try folder.text("org.snapshot.partial.tokens").split(separator: "\n").map(String.init)
    let length = lines[2].count - damage.count
    lines[2] = damage
    lines[1] = lines[1].replacing(":{", with: ":{" + String(repeating: " ", count: length))
    try folder.write(lines.joined(separator: "\n") + "\n", to: "org.snapshot.partial.tokens")
    let partial = try resume()
    #expect(partial.progress[.apiTokens]?.coverage.records == 2)
    #expect(throws: PartialSnapshot.Failure.self) {
      try partial.forEachRecord { _, scanner throws(JSONError) in try scanner.skipValue() }
    }
  }

  @Test func tokensOfACutFileCanBeRead() throws {
    try interrupted()
    let tokens = try folder.text("org.snapshot.partial.tokens")
    try folder.write(String(tokens.dropLast(5)), to: "org.snapshot.partial.tokens")
    let left = try SnapshotFile.read(folder.path("org.snapshot.partial"), allowPartial: true)
    #expect(left.tokens.map(\.id) == ["t-1"] && left.keys.map(\.id) == ["k-1"])
    #expect(CollectedList.allCases.allSatisfy { !left.coverage(of: $0).isComplete })
  }

  /// Nothing is read beside a whole snapshot, whatever is there.
  @Test func aWholeSnapshotStandsAlone() throws {
    try folder.write(SnapshotLines.whole.joined(separator: "\n") + "\n", to: "whole")
    try folder.write(SnapshotLines.header + "\n" + SnapshotLines.token1 + "\n", to: "whole.tokens")
    #expect(try SnapshotFile.read(folder.path("whole"), allowPartial: true).tokens.count == 2)
  }

  @Test func whatIsOfAnotherOrganizationStaysAsItIs() throws {
    try interrupted()
    try FileManager.default.removeItem(atPath: folder.path("org.snapshot.partial.tokens"))
    #expect(throws: PartialSnapshot.Failure.self) {
      _ = try PartialSnapshot(resuming: path, organizationID: "org-2", apiBase: nil)
    }
    #expect(folder.names == ["org.snapshot.partial"])
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
