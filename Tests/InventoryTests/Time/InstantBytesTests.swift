import TestSupport
import Testing

@testable import Inventory

/// The fast way to read a date-time against the one that knows every form.
struct InstantBytesTests {
  private static let usual = [
    "2026-03-01T00:00:00Z", "2026-03-01T00:00:00.250Z", "2026-03-01T00:00:00.250123Z", "1969-12-31T23:59:59.999+02:00",
    "2024-02-29T23:59:59.1-09:30", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z",
    "2026-12-31T23:59:59+00:00",
  ]

  @Test(arguments: usual)
  func usualFormsAreReadFast(_ text: String) throws {
    let (milliseconds, end) = try #require(Self.read(Array(text.utf8)))
    #expect(end == text.utf8.count)
    #expect(Instant(text)?.milliseconds == milliseconds)
  }

  /// What is read in both ways is the same; what is no date-time is read in neither.
  @Test func changedDateTimesAreReadTheSame() {
    var random = SeededRandom(seed: 8)
    var readCount = 0
    for _ in 0..<50_000 {
      var bytes = Array(random.pick(Self.usual).utf8)
      for _ in 0..<Int.random(in: 1..<4, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        bytes[place] = random.pick(Array("00112233456789-:.TZtz+ ".utf8) + [0x2F, 0x3A, 0xB0])
      }
      guard let (milliseconds, end) = Self.read(bytes) else { continue }
      readCount += 1
      let text = bytes[..<end]
      #expect(Instant(utf8: text)?.milliseconds == milliseconds, "\(String(decoding: text, as: UTF8.self))")
    }
    #expect(readCount > 5000)
  }

  private static func read(_ bytes: [UInt8]) -> (milliseconds: Int64, end: Int)? {
    let padded = bytes + Array(repeating: UInt8(ascii: "\""), count: 64)
    return unsafe Instant.milliseconds(padded.span.bytes, at: 0)
  }
}
