import TestSupport
import Testing

@testable import CEL

struct BitmapTests {
  /// Wherever the first ends within a word.
  @Test(arguments: 0..<200)
  func bitsOfAnotherOneFollow(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    var (joined, flags) = (Bitmap(repeating: false, count: 0), [Bool]())
    for _ in 0..<4 {
      let more = (0..<Int.random(in: 0..<150, using: &random)).map { _ in random.oneIn(2) }
      joined.append(Bitmap(count: more.count) { more[$0] })
      flags += more
    }
    #expect(joined == Bitmap(count: flags.count) { flags[$0] })
  }

  @Test func truthsOfBatchesAreJoinedInTheirOrder() {
    let batches = [
      Truths(repeating: .yes, count: 3), Truths(repeating: .undecided, count: 62), Truths(repeating: .no, count: 0),
      Truths(repeating: .no, count: 1), Truths(repeating: .undecided, count: 65),
    ]
    #expect(Array(Truths(joining: batches)) == batches.flatMap { Array($0) })
  }
}
