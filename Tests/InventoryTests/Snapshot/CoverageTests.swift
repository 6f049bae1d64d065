import Inventory
import Testing

struct CoverageTests {
  @Test func onlyCompleteIsComplete() {
    #expect(Coverage(state: .complete(verified: true)).isComplete)
    #expect(Coverage(state: .complete(verified: false)).isComplete)
    #expect(!Coverage(state: .partial("cut")).isComplete)
    #expect(!Coverage(state: .unavailable("refused")).isComplete)
  }

  @Test func theReasonIsThatOfTheGap() {
    #expect(Coverage(state: .complete(verified: false)).reason == nil)
    #expect(Coverage(state: .partial("cut")).reason == "cut")
    #expect(Coverage(state: .unavailable("refused")).reason == "refused")
  }

  @Test func theStateIsSaidInWords() {
    #expect(Coverage(state: .complete(verified: true)).stateText == "complete")
    #expect(Coverage(state: .complete(verified: false)).stateText == "complete, unverified")
    #expect(Coverage(state: .partial("cut")).stateText == "partial")
    #expect(Coverage(state: .unavailable("refused")).stateText == "unavailable")
  }

  @Test func aListThatNothingIsKnownOfWasNotAskedFor() throws {
    let header = SnapshotHeader(
      organizationID: "o", collectedAt: Instant(milliseconds: 0), toolVersion: "1", apiBase: nil)
    let snapshot = SnapshotBuilder().build(header: header, coverage: [:])
    for list in CollectedList.allCases {
      #expect(snapshot.coverage(of: list).state == .unavailable("it was not asked for"))
    }
  }
}
