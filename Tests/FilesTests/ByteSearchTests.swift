import Files
import Testing

struct ByteSearchTests {
  @Test func findsAByteAtAnyPlace() {
    for length in 1...70 {
      for place in 0..<length {
        let text = String(repeating: "a", count: place) + "b" + String(repeating: "a", count: length - place - 1)
        #expect(text.containsByte { $0 == UInt8(ascii: "b") })
        #expect(!text.containsByte { $0 == UInt8(ascii: "c") })
      }
    }
  }

  @Test func looksAtBytesAndNotAtCharacters() {
    #expect("é".containsByte { $0 == 0xC3 })
    #expect(!"é".containsByte { $0 == 0xE9 })
    #expect(!"".containsByte { _ in true })
  }
}
