import Foundation
import HTTPTransport
import Testing

func secret(_ text: String = "ATCTT3xFfGN0-key") throws -> Secret {
  var bytes = Array(text.utf8)
  return try Secret(wiping: &bytes)
}

struct SecretTests {
  @Test func isShownNowhere() throws {
    struct Holder {
      let key: Secret
      let keys: [Secret?]
    }
    let key = try secret()
    let holder = Holder(key: key, keys: [key])
    var dumped = ""
    dump(holder, to: &dumped)
    let configuration = HTTPClientConfiguration(
      baseURL: "https://h", bearer: key, allowedPaths: AllowedPaths([]))
    var texts = [
      dumped, "\(key)", String(reflecting: key), "\(holder)", String(reflecting: holder), "\(configuration)",
      String(describing: Mirror(reflecting: key).children.map { "\($0)" }),
    ]
    dump(configuration, to: &texts[0])
    for text in texts { #expect(!text.contains("ATCTT")) }
    #expect("\(key)" == "<redacted>")
    #expect(dumped.contains("<redacted>"))
    #expect(!((key as Any) is any Encodable))
  }

  @Test func isTakenOutOfItsSource() throws {
    var source = Array("key\n".utf8)
    let key = try Secret(wiping: &source)
    #expect(source.isEmpty)
    #expect(key.withBytes { bytes in bytes.indices.map { bytes[$0] } } == Array("key".utf8))
  }

  /// In a process of its own: other tests read the environment at the same time.
  @Test func isTakenOutOfTheEnvironment() async {
    await #expect(processExitsWith: .success) {
      let name = "TOKENREEVE_TEST_KEY"
      unsafe setenv(name, "environment-key", 1)
      let address = unsafe UInt(bitPattern: getenv(name))
      let key = try #require(try Secret.takeFromEnvironment(name))
      #expect(key.withBytes { $0.count } == "environment-key".utf8.count)
      #expect(ProcessInfo.processInfo.environment[name] == nil)
      let first = unsafe UnsafeRawPointer(bitPattern: address)?.load(as: UInt8.self)
      #expect(first == 0)
      #expect(try Secret.takeFromEnvironment(name) == nil)
    }
  }

  @Test(arguments: [
    ("", SecretError.empty), ("\n", .empty), ("\r\n", .empty), ("a b", .containsSpace), (" a", .containsSpace),
    ("a\nb", .containsControlCharacter), ("a\n\n", .containsControlCharacter), ("a\u{0}", .containsControlCharacter),
    ("a\r\nX-Header: b", .containsControlCharacter), ("a\u{7F}", .containsControlCharacter), ("ä", .notASCII),
  ])
  func unusableKeyIsRefusedWithoutShowingIt(text: String, expected: SecretError) {
    var source = Array(text.utf8)
    #expect(throws: expected) { try Secret(wiping: &source) }
    #expect(source.isEmpty)
    #expect(!expected.message.contains("X-Header"))
  }
}
