internal import CLibcurl
internal import Synchronization

/// The API key. It is kept in one buffer that is overwritten when the last reference goes away, shows as `<redacted>`
/// wherever a value is described or dumped, and cannot be encoded. A process that has held a key leaves no core.
package final class Secret: Sendable {
  private let bytes: Mutex<[UInt8]>

  /// Takes the key out of `source` and wipes it there, also when it is refused. One newline at its end, as files and
  /// pipes have, is not part of it.
  /// The array should have no other copies: they cannot be found, and so not wiped.
  package init(wiping source: inout [UInt8]) throws(SecretError) {
    tokenreeve_forbid_memory_dumps()
    var count = source.count
    if count > 0, source[count - 1] == UInt8(ascii: "\n") { count -= 1 }
    if count > 0, source[count - 1] == UInt8(ascii: "\r") { count -= 1 }
    var copy = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
      for index in 0..<count { unsafe buffer[index] = source[index] }
      initialised = count
    }
    wipe(&source)
    source = []
    do throws(SecretError) {
      try Self.check(copy)
    } catch {
      wipe(&copy)
      throw error
    }
    bytes = Mutex(copy)
  }

  /// Takes the key out of an environment variable: its bytes are wiped in the environment's memory and the variable
  /// is removed, so that neither child processes nor a look at the process's memory find it there.
  /// Nil when the variable is not set. To be called before other threads use the environment.
  package static func takeFromEnvironment(_ name: String) throws(SecretError) -> Secret? {
    guard let value = unsafe getenv(name) else { return nil }
    tokenreeve_forbid_memory_dumps()
    let count = unsafe strlen(value)
    var copy = unsafe [UInt8](UnsafeRawBufferPointer(start: value, count: count))
    unsafe tokenreeve_wipe(value, count)
    _ = unsafe unsetenv(name)
    return try Secret(wiping: &copy)
  }

  deinit {
    bytes.withLock { wipe(&$0) }
  }

  private static func check(_ bytes: [UInt8]) throws(SecretError) {
    guard !bytes.isEmpty else { throw .empty }
    for byte in bytes {
      switch byte {
      case 0x21...0x7E: continue
      case 0x20: throw .containsSpace
      case 0x80...: throw .notASCII
      default: throw .containsControlCharacter
      }
    }
  }

  /// Calls `body` with the key's bytes; copies are the caller's to wipe.
  package func withBytes<Value: Sendable>(_ body: (borrowing Span<UInt8>) -> Value) -> Value {
    bytes.withLock { body($0.span) }
  }

  /// Whether the text contains the key.
  func occurs(in text: String) -> Bool {
    let text = Array(text.utf8)
    return bytes.withLock { key in
      text.indices.contains { start in text[start...].starts(with: key) }
    }
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<redacted>" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Overwrites the array's bytes where they are. The array must have no copies, else one of them is made first.
func wipe(_ bytes: inout [UInt8]) {
  unsafe bytes.withUnsafeMutableBytes { unsafe tokenreeve_wipe($0.baseAddress, $0.count) }
}

/// Why a key was refused. It never shows any of it.
package enum SecretError: Error, Equatable {
  case empty, containsSpace, containsControlCharacter, notASCII
}

extension SecretError: CustomStringConvertible {
  /// What is wrong with the key.
  package var message: String {
    switch self {
    case .empty: "the API key is empty"
    case .containsSpace: "the API key contains a space"
    case .containsControlCharacter: "the API key contains a line break or another control character"
    case .notASCII: "the API key contains a character that is not ASCII"
    }
  }

  /// What to do about it.
  package var advice: String { "Give the key alone, on one line, as Atlassian Administration showed it." }

  package var description: String { message }
}
