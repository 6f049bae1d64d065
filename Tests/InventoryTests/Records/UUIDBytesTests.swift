import TestSupport
import Testing

@testable import Inventory

struct UUIDBytesTests {
  @Test func whatIsWrittenAsAUUIDIsReadAndWrittenAgain() throws {
    var random = SeededRandom(seed: 6)
    for _ in 0..<500 {
      let text = Self.text(&random)
      let uuid = try #require(Self.read(text))
      var written: [UInt8] = []
      uuid.appendText(to: &written)
      #expect(written == text)
      var bytes: [UInt8] = []
      uuid.append(to: &bytes)
      #expect(bytes.count == UUIDBytes.byteCount)
      #expect(unsafe UUIDBytes(bytes: bytes.span.bytes, at: 0) == uuid)
    }
  }

  /// What could not be written again as it came is none: every other byte in every place.
  @Test func anythingElseIsNone() {
    var random = SeededRandom(seed: 7)
    let text = Self.text(&random)
    for place in text.indices {
      for byte in UInt8.min ... .max {
        var changed = text
        changed[place] = byte
        let isUUID = text[place] == UInt8(ascii: "-") ? byte == text[place] : "0123456789abcdef".utf8.contains(byte)
        #expect((Self.read(changed) != nil) == isUUID, "\(byte) at \(place)")
      }
    }
  }

  private static func text(_ random: inout SeededRandom) -> [UInt8] {
    [8, 4, 4, 4, 12].map { count in (0..<count).map { _ in random.pick(Array("0123456789abcdef".utf8)) } }
      .reduce(into: []) { $0 += $0.isEmpty ? $1 : [UInt8(ascii: "-")] + $1 }
  }

  private static func read(_ text: [UInt8]) -> UUIDBytes? {
    let padded = [0] + text
    return unsafe UUIDBytes(padded.span.bytes, at: 1)
  }
}
