import Inventory

/// What tells one record from another: 64 bits of its id, or of the digest that stands for one, and 64 of its content.
/// They hold within one process.
struct RecordDigest: Equatable, Sendable {
  let id: UInt64
  /// White space between the record's tokens is no part of it.
  let content: UInt64

  /// - Parameter scanner: one over the bytes in which the record lies.
  init(_ record: Page.Record, in scanner: JSONScanner) {
    if !record.extent.hasWhitespace, let id = record.id, !id.hasEscapes {
      content = scanner.unforeseeableDigest(of: record.extent.range)
      self.id = scanner.unforeseeableDigest(of: id.range)
      return
    }
    let (bytes, range) =
      record.extent.hasWhitespace
      ? Self.minified(record.extent, in: scanner) : (scanner.bytes, record.extent.range)
    content = unforeseeableDigest(of: bytes, in: range)
    id =
      switch record.id {
      case let id? where id.hasEscapes: Self.digest(scanner.unescaped(id))
      case let id?: unforeseeableDigest(of: scanner.bytes, in: id.range)
      case nil: Self.digest(of: digestIdentity(of: bytes[range]))
      }
  }

  /// The digest of a record's id.
  static func digest(of id: String) -> UInt64 { digest(Array(id.utf8)) }

  private static func digest(_ bytes: [UInt8]) -> UInt64 { unforeseeableDigest(of: bytes, in: bytes.indices) }

  private static func minified(_ extent: JSONExtent, in scanner: JSONScanner) -> ([UInt8], Range<Int>) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(extent.range.count)
    scanner.appendMinified(extent, to: &bytes)
    return (bytes, bytes.indices)
  }
}
