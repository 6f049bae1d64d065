import CEL
import Policy
import TestSupport
import Testing

@testable import Audit

struct FlaggedOutcomesTests {
  /// Whatever was noted row by row or as a whole, of one batch or the next, is there once, with its waiver.
  @Test(arguments: 0..<20)
  func whatWasNotedIsThere(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let part = FlaggedOutcomes.Part(severity: .high, kind: .apiToken)
    var expected: [Int: Int?] = [:]
    var all = FlaggedOutcomes()
    var start = 0
    for _ in 0..<5 {
      let range = start..<start + random.pick([1, 63, 64, 65, 200])
      var batch = FlaggedOutcomes()
      let plain = Bitmap(count: range.count) { _ in random.oneIn(3) }
      plain.forEachSet { expected[start + $0] = .some(nil) }
      batch.append(FlaggedRows(range, rows: plain), .high, .apiToken)
      for resource in range where random.oneIn(4) && expected[resource] == nil {
        let waiver: Int? = random.pick([nil, 0, 7])
        expected[resource] = .some(waiver)
        var rows = FlaggedRows(range)
        rows.insert(Flagged(resource: resource, waiver: waiver))
        batch.append(rows, .high, .apiToken)
      }
      #expect(batch.parts[part]?.count == 1)
      all.append(batch)
      start = range.upperBound
    }
    let parts = try #require(all.parts[part])
    #expect(parts.reduce(0) { $0 + $1.count } == expected.count)
    #expect(parts.reduce(0) { $0 + $1.openCount } == expected.values.count { $0 == nil })
    var found: [Int: Int?] = [:]
    for rows in parts { rows.forEachResource { found[$0] = .some(rows.waiver(of: $0)) } }
    #expect(found == expected)
    #expect(all.parts.count == 1)
  }
}
