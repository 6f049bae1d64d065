import Inventory
import TestSupport
import Testing

struct SnapshotReadingTests {
  private typealias Lines = SnapshotLines

  @Test func aWholeFileIsRead() throws {
    let snapshot = try Lines.read(Lines.whole)
    #expect(snapshot.header.organizationID == "org-1")
    #expect(snapshot.header.collectedAt.text == "2026-11-20T08:00:00Z")
    #expect(snapshot.header.toolVersion == "1.2.3")
    #expect(snapshot.header.apiBase == nil)
    #expect(snapshot.tokens.map(\.id) == ["t-1", "t-2"])
    #expect(snapshot.keys.map(\.id) == ["k-1"])
    #expect(snapshot.policies.map(\.id) == ["p-1"])
    #expect(snapshot.coverage(of: .apiTokens) == Coverage(state: .complete(verified: true), records: 2))
    #expect(
      snapshot.coverage(of: .apiKeys)
        == Coverage(state: .unavailable("the API refused it (403)"), records: 1, advice: "grant read:keys:admin"))
    #expect(
      snapshot.coverage(of: .policies) == Coverage(state: .complete(verified: false), records: 1, notes: ["no count"]))
  }

  @Test(arguments: 0..<5)
  func aFileThatEndsBeforeItsTrailerIsIncomplete(_ missing: Int) throws {
    let lines = Array(Lines.whole.prefix(5 - missing))
    #expect(Lines.error(lines) == .incomplete)
    let snapshot = try Lines.read(lines, allowPartial: true)
    #expect(snapshot.tokens.count == min(2, 4 - missing))
    for list in CollectedList.always {
      #expect(snapshot.coverage(of: list).state == .partial("the snapshot ends before its trailer"))
    }
    #expect(snapshot.coverage(of: .apiTokens).records == snapshot.tokens.count)
  }

  @Test func aCutLastLineIsNoRecordAndNoTrailer() throws {
    #expect(Lines.error(Lines.whole, ending: "") == .incomplete)
    #expect(Lines.error(Array(Lines.whole.dropLast()) + [String(Lines.trailer.dropLast(9))], ending: "") == .incomplete)
    let snapshot = try Lines.read([Lines.header, Lines.token1, Lines.token2], ending: "", allowPartial: true)
    #expect(snapshot.tokens.map(\.id) == ["t-1"])
    #expect(Lines.error(Lines.whole + ["x"], ending: "") == .malformed(line: 7, "there is text after the trailer"))
    #expect(Lines.error([Lines.header], ending: "")?.isNotASnapshot == true)
  }

  @Test(arguments: [
    "", "x", "{}", "[]", "null", #"{"kind":"header"}"#, #"{"kind":"header","formatVersion":1}"#, SnapshotLines.token1,
    #"{"kind":"header","formatVersion":"1","organizationId":"o","collectedAt":"2026-11-20T08:00:00Z"}"#,
    #"{"kind":"header","formatVersion":1,"organizationId":"o","collectedAt":"yesterday"}"#,
    #"{"kind":"header","formatVersion":1,"organizationId":"","collectedAt":"2026-11-20T08:00:00Z"}"#,
    SnapshotLines.header + "x", "<?xml version=\"1.0\"?>",
  ])
  func aFileThatBeginsOtherwiseIsNoSnapshot(_ first: String) {
    #expect(Lines.error([first] + Lines.whole.dropFirst())?.isNotASnapshot == true)
    #expect(Lines.error([first], ending: "")?.isNotASnapshot == true)
  }

  @Test func anEmptyFileIsNoSnapshot() {
    #expect(Lines.error([], ending: "")?.isNotASnapshot == true)
    #expect(Lines.error([], ending: "", allowPartial: true)?.isNotASnapshot == true)
  }

  @Test func aNewerFormatIsSaidToBeOneWhateverElseItHolds() {
    #expect(
      Lines.error([#"{"kind":"header","formatVersion":2,"organization":{"id":"o"}}"#]) == .unknownFormatVersion(2))
    #expect(Lines.error([#"{"kind":"header","formatVersion":0,"organizationId":"o"}"#]) == .unknownFormatVersion(0))
  }

  @Test(arguments: [
    "", "x", "{}", "[]", "null", "1", #"{"kind":"api-token"}"#, #"{"kind":"unheard-of"}"#, #"{"kind":""}"#,
    #"{"kind":"unheard-of","record":{"id":"a"}}"#, #"{"record":{"id":"a"},"kind":"api-token"}"#,
    #"{"record":{"id":"a"}}"#,
    #"{"kind":"api-token","record":{"id":"a"},"record":{"id":"b"}}"#,
    #"{"kind":"api-token","kind":"api-key","record":{}}"#,
    #"{"kind":"api-token","record":{"id":"a"},"note":1}"#, #"{"kind":"api-token","record":{"id":"a"}"#,
    #"{"kind":"api-token","record":{"id":}}"#, #"{"kind":"api-token","record":{"id":"a"}} {}"#,
    #"{"kind":7,"record":{}}"#,
    #"{"kind":"api-token","counts":{}}"#, #"{"kind":"trailer"}"#, #"{"kind":"trailer","record":{"id":"a"}}"#,
    #"{"kind":"header","formatVersion":1,"organizationId":"org-2","collectedAt":"2026-11-20T08:00:00Z"}"#,
    SnapshotLines.key + "\n" + SnapshotLines.token1,
  ])
  func aDamagedLineIsAnErrorThatNamesIt(_ line: String) throws {
    let lines = [Lines.header, Lines.token1, line] + Lines.whole.dropFirst(2)
    for allowPartial in [false, true] {
      guard case .malformed(let number, let message)? = Lines.error(lines, allowPartial: allowPartial) else {
        Issue.record("accepted: \(line)")
        continue
      }
      #expect(number == (line.contains("\n") ? 4 : 3))
      #expect(!message.isEmpty)
    }
  }

  @Test func recordsStandInTheOrderOfTheLists() {
    let lines = [Lines.header, Lines.token1, Lines.key, Lines.token2, Lines.policy, Lines.trailer]
    #expect(Lines.error(lines) == .malformed(line: 4, "a record of API tokens stands after a later list (column 30)"))
  }

  @Test(arguments: [
    SnapshotLines.trailer(counts: (1, 1, 1)), SnapshotLines.trailer(counts: (2, 0, 1)),
    SnapshotLines.trailer(counts: (2, 1, 2)),
    SnapshotLines.trailer(records: (3, 1, 1)), SnapshotLines.trailer(records: (2, 1, 0)),
    SnapshotLines.trailer(records: (-2, 1, 1)),
    SnapshotLines.trailer(tokens: #""state":"fine""#), SnapshotLines.trailer(tokens: #""verified":true"#),
    SnapshotLines.trailer(tokens: #""state":"complete","verified":true,"countBefore":3"#),
    SnapshotLines.trailer(tokens: #""state":"complete","verified":true,"countBefore":3,"countAfter":4"#),
    SnapshotLines.trailer.replacing("\"api-keys\":{\"state\"", with: "\"keys\":{\"state\""),
    SnapshotLines.trailer.replacing("\"counts\"", with: "\"count\""),
  ])
  func aTrailerThatContradictsTheFileIsAnError(_ trailer: String) {
    guard case .malformed(line: 6, _)? = Lines.error(Array(Lines.whole.dropLast()) + [trailer]) else {
      Issue.record("accepted: \(trailer)")
      return
    }
  }

  @Test(arguments: 1..<5)
  func aMissingRecordIsNoticed(_ index: Int) {
    var lines = Lines.whole
    lines.remove(at: index)
    guard case .malformed(line: 5, _)? = Lines.error(lines) else {
      Issue.record("line \(index + 1) can be missing")
      return
    }
  }

  @Test func textAfterTheTrailerIsAnError() {
    for line in [Lines.trailer, Lines.token1, "", "x"] {
      #expect(Lines.error(Lines.whole + [line]) == .malformed(line: 7, "there is text after the trailer"))
    }
  }

  @Test func driftDoesNotMakeACompleteListIncomplete() throws {
    let trailer = Lines.trailer(tokens: #""state":"complete","verified":true,"countBefore":1,"countAfter":3"#)
    let snapshot = try Lines.read(Array(Lines.whole.dropLast()) + [trailer])
    #expect(snapshot.coverage(of: .apiTokens).isComplete)
  }

  @Test func aMissingFileIsAFileError() {
    #expect(throws: SnapshotFile.Failure.self) { try SnapshotFile.read("/nonexistent/snapshot", allowPartial: false) }
  }
}

extension SnapshotError {
  var isNotASnapshot: Bool { if case .notASnapshot = self { true } else { false } }
}
