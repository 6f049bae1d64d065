import Files

/// The lines of a snapshot file that hold tokens: all but a few of them.
enum TokenLine {
  /// How such a line begins, as `SnapshotEncoding` writes it; its record and a brace follow.
  static let prefix = #"{"kind":"api-token","record":"#
  private static let prefixBytes = Array(prefix.utf8)

  /// Reads the lines of a block, each either as a token or, when it is something else or damaged, not at all.
  static func read(_ block: LineBlock, _ reader: inout UsualTokenReader, _ decoder: inout TokenDecoder) -> DecodedBlock
  {
    var decoded = DecodedBlock()
    let bytes = unsafe block.bytes.span.bytes
    var start = 0
    while start < block.end {
      if let next = appendToken(block, bytes, start, &reader, &decoder) {
        start = next
        continue
      }
      let end = bytes.lineFeed(from: start, to: block.end)
      if end == block.end {
        decoded.close(&decoder, bytes)
        decoded.parts.append(.cutLine)
      } else if !appendAnyToken(block.bytes, start, end, &decoder) {
        decoded.close(&decoder, bytes)
        decoded.parts.append(.line(Array(block.bytes[start..<end])))
      }
      start = end + 1
    }
    decoded.close(&decoder, bytes)
    return decoded
  }

  /// Appends the token of a line of the usual shape, and returns where the next line begins; nil when it is not of that
  /// shape.
  @inline(__always)
  private static func appendToken(
    _ block: LineBlock, _ bytes: RawSpan, _ start: Int, _ reader: inout UsualTokenReader, _ decoder: inout TokenDecoder
  ) -> Int? {
    guard bytes.equals(start..<start + prefixBytes.count, unsafe prefixBytes.span.bytes, at: 0),
      let end = reader.read(block.bytes, at: start + prefixBytes.count, into: &decoder)
    else { return nil }
    if end + 1 < block.end, bytes.byte(end) == UInt8(ascii: "}"), bytes.byte(end + 1) == 0x0A { return end + 2 }
    decoder.removeLast()
    return nil
  }

  /// Whether the line is that of a token of any shape, which is appended then.
  private static func appendAnyToken(_ block: [UInt8], _ start: Int, _ end: Int, _ decoder: inout TokenDecoder) -> Bool
  {
    let bytes = unsafe block.span.bytes
    let record = start + prefixBytes.count
    guard record < end, bytes.equals(start..<record, unsafe prefixBytes.span.bytes, at: 0) else { return false }
    var scanner = JSONScanner(block, in: record..<end)
    guard (try? decoder.append(&scanner)) != nil else { return false }
    if scanner.position == end - 1, block[scanner.position] == UInt8(ascii: "}") { return true }
    decoder.removeLast()
    return false
  }
}

/// What the lines of a block are, in their order.
struct DecodedBlock: Sendable {
  enum Part: Sendable {
    case tokens(TokenSegment)
    /// Anything else, without its line feed.
    case line([UInt8])
    /// The file ends inside a line.
    case cutLine
  }

  var parts: [Part] = []

  /// - Parameter bytes: those of the block.
  mutating func close(_ decoder: inout TokenDecoder, _ bytes: RawSpan) {
    if let segment = decoder.closeSegment(bytes) { parts.append(.tokens(segment)) }
  }
}

extension RawSpan {
  /// Where the next line feed is; `end` when there is none before it. Eight bytes behind `end` can be read.
  func lineFeed(from start: Int, to end: Int) -> Int {
    var position = start
    while position < end {
      let line = word(position) ^ 0x0A0A_0A0A_0A0A_0A0A
      let found = (line &- 0x0101_0101_0101_0101) & ~line & 0x8080_8080_8080_8080
      guard found == 0 else { return min(end, position + found.trailingZeroBitCount / 8) }
      position += 8
    }
    return end
  }
}
