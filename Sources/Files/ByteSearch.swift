extension String {
  /// Whether any byte of the text's UTF-8 matches.
  ///
  /// There is no early end: without one, the compiler looks at many bytes at once.
  @inlinable
  package func containsByte(where matches: (UInt8) -> Bool) -> Bool {
    var text = self
    return text.withUTF8 { buffer in
      let bytes = unsafe buffer.span
      var found: UInt8 = 0
      for index in bytes.indices { found |= matches(bytes[index]) ? 1 : 0 }
      return found != 0
    }
  }
}
