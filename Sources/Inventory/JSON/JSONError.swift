/// Why bytes are not JSON, and where.
package struct JSONError: Error, Equatable, Sendable {
  /// What is wrong, in words, without the text around it (which may be private).
  package let message: String
  /// Index of the offending byte, from the first byte of the document that was read.
  package let offset: Int

  package init(_ message: String, at offset: Int) {
    self.message = message
    self.offset = offset
  }
}
