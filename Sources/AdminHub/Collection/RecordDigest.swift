import Inventory

/// What tells one record from another: 64 bits of its id, or of the digest that stands for one, and 64 of its content.
///
/// They are the standard library's, whose keys are drawn anew in each process: nobody who can choose a label can choose
/// two records that share them.
struct RecordDigest: Equatable, Sendable {
  let id: UInt64
  /// White space between the record's tokens is no part of it.
  let content: UInt64

  /// - Parameter scanner: one over the bytes in which the record lies.
  init(_ record: Page.Record, in scanner: JSONScanner) {
    let (bytes, range) =
      record.extent.hasWhitespace
      ? Self.minified(record.extent, in: scanner) : (scanner.bytes, record.extent.range)
    content = Self.digest(bytes.span.extracting(range))
    id =
      switch record.id {
      case let id? where id.hasEscapes: Self.digest(scanner.unescaped(id).span)
      case let id?: Self.digest(scanner.bytes.span.extracting(id.range))
      case nil: Self.digest(of: digestIdentity(of: bytes[range]))
      }
  }

  /// The digest of a record's id.
  static func digest(of id: String) -> UInt64 { digest(Array(id.utf8).span) }

  private static func minified(_ extent: JSONExtent, in scanner: JSONScanner) -> ([UInt8], Range<Int>) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(extent.range.count)
    scanner.appendMinified(extent, to: &bytes)
    return (bytes, bytes.indices)
  }

  /// Eight bytes at a time, which a hasher takes as fast as one.
  private static func digest(_ bytes: Span<UInt8>) -> UInt64 {
    var hasher = Hasher()
    var index = 0
    while bytes.count - index >= 8 {
      var word: UInt64 = 0
      for offset in 0..<8 { word |= UInt64(bytes[index + offset]) << UInt64(8 * offset) }
      hasher.combine(word)
      index += 8
    }
    while index < bytes.count {
      hasher.combine(bytes[index])
      index += 1
    }
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
