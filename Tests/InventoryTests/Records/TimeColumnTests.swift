import Testing

@testable import Inventory

struct TimeColumnTests {
  /// Dates read back on both sides of what five bytes can hold, and from wherever they begin.
  @Test(arguments: [0, 1, (1 << 40) - 4, (1 << 40) - 3, (1 << 40) - 2, 1 << 40, 1 << 52] as [Int64])
  func datesReadBack(_ span: Int64) {
    for first in [-62_135_596_800_000, -1, 0, 1_772_323_200_000] as [Int64] {
      let times = [first, TokenTable.absent(), first + span, TokenTable.unknown(), first + span / 3] as [Int64]
      let column = TimeColumn(times)
      #expect(column.times == times)
      #expect(times.indices.map { column[$0] } == times)
    }
  }

  @Test(
    arguments: [
      [], [TokenTable.absent()], [TokenTable.unknown(), TokenTable.absent()], [.max],
      [.max, .min + 2, TokenTable.unknown()],
    ] as [[Int64]])
  func datesAtTheEndsOfTheirTypeAndNoneReadBack(_ times: [Int64]) {
    #expect(TimeColumn(times).times == times)
  }

  @Test func datesOfSomeYearsTakeFiveBytes() {
    if case .narrow = TimeColumn([1, (1 << 40) - 2]) {} else { Issue.record("34 years take more than five bytes") }
    if case .wide = TimeColumn([1, (1 << 40) - 1]) {} else { Issue.record("more than that take five bytes") }
  }
}
