import Foundation
import TestSupport
import Testing
import XMLWriting

struct HostileTextTests {
  @Test(.enabled(if: SharedMaterial.isPresent, "\(SharedMaterial.skipReason)"))
  func collectionSurvives() throws {
    let texts = try HostileTexts.collection()
    #expect(texts.count > 100)
    for text in texts {
      let expected = text.unicodeScalars.map { scalar in
        let isForbidden =
          (scalar.value < 0x20 && ![9, 10, 13].contains(scalar.value)) || [0xFFFE, 0xFFFF].contains(scalar.value)
        return isForbidden ? "\u{FFFD}" : scalar
      }
      let read = try roundTrip(text)
      #expect(read.map { Array($0.text.unicodeScalars) } == expected)
      #expect(read?.attributes["value"].map { Array($0.unicodeScalars) } == expected)
    }
  }
}
