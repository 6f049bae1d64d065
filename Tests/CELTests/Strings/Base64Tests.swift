import Foundation
import Testing

@testable import CEL

struct Base64Tests {
  // RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func standardVectors(text: String, encoded: String) {
    #expect(Base64.encode(Array(text.utf8)) == encoded)
    #expect(Base64.decode(encoded) == Array(text.utf8))
    #expect(Base64.decode(String(encoded.prefix { $0 != "=" })) == Array(text.utf8))
  }

  @Test func everyByteSurvives() {
    var generator = SeededGenerator(seed: 64)
    for count in 0..<200 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString())
      #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    }
  }

  @Test func lineBreaksDontCount() {
    #expect(Base64.decode("Zm9v\r\nYg==\n") == Array("foob".utf8))
  }

  @Test(arguments: [
    "=", "==", "Z", "Z===", "Zg=", "Zg===", "Zm8==", "Zm9v=", "Zm9v====", "Zg==Zg==", "Z=g=", "Zm9v YmFy", "Zm9vY",
    "Zm9-",
    "Zm9_", "Zm9é", "Zm9v\t", "====",
  ])
  func refuses(text: String) {
    #expect(Base64.decode(text) == nil)
  }
}
