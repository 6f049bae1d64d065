internal import CRE2

/// Owns an object of RE2's.
final class CompiledExpression: Sendable {
  private let expression: tokenreeve_re2

  init(_ pattern: String, memory: Int64) {
    // Native strings are read where they are.
    var pattern = pattern
    expression = pattern.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
        unsafe tokenreeve_re2_create(characters.baseAddress, characters.count, memory)
      }
    }
  }

  deinit { tokenreeve_re2_free(expression) }

  /// What is wrong with the pattern; nil when it is valid.
  var error: String? {
    var length = 0
    guard let start = unsafe tokenreeve_re2_error(expression, &length) else { return nil }
    return unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
  }

  /// The number of instructions that a valid pattern was compiled to.
  var programSize: Int { Int(tokenreeve_re2_program_size(expression)) }

  /// Whether any part of the text matches the pattern, which is valid.
  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
        unsafe tokenreeve_re2_matches(expression, characters.baseAddress, characters.count)
      }
    }
  }

  /// Whether any part of the text, which is UTF-8, matches the pattern, which is valid.
  func matches(_ text: RawSpan) -> Bool {
    unsafe text.withUnsafeBytes { bytes in
      unsafe tokenreeve_re2_matches(
        expression, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
    }
  }
}
