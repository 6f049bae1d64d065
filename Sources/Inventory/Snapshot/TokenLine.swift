import Files

/// The lines of a snapshot file that hold tokens: all but a few of them.
enum TokenLine {
  /// How such a line begins, as `SnapshotEncoding` writes it; its record and a brace follow.
  static let prefix = #"{"kind":"api-token","record":"#
  private static let prefixBytes = Array(prefix.utf8)

  /// Reads the lines of a block, each either as a token or, when it is something else or damaged, not at all.
  static func read(_ block: LineBlock, _ decoder: inout TokenDecoder) -> DecodedBlock {
    var decoded = DecodedBlock()
    let bytes = unsafe block.bytes.span.bytes
    var start = 0
    decoder.reserve(rows: block.end / 480, texts: block.end / 8)
    while start < block.end {
      let end = bytes.lineFeed(from: start, to: block.end)
      if end == block.end {
        decoded.close(&decoder)
        decoded.parts.append(.cutLine)
      } else if !appendToken(block.bytes, start, end, &decoder) {
        decoded.close(&decoder)
        decoded.parts.append(.line(Array(block.bytes[start..<end])))
      }
      start = end + 1
    }
    decoded.close(&decoder)
    return decoded
  }

  /// Whether the line is that of a token, which is appended then.
  private static func appendToken(_ block: [UInt8], _ start: Int, _ end: Int, _ decoder: inout TokenDecoder) -> Bool {
    let bytes = unsafe block.span.bytes
    let record = start + prefixBytes.count
    guard record < end, bytes.equals(start..<record, prefixBytes, at: 0) else { return false }
    var reader = UsualTokenReader(at: record)
    if let position = reader.read(bytes, into: &decoder) {
      if position == end - 1, bytes.byte(position) == UInt8(ascii: "}") { return true }
      decoder.removeLast()
      return false
    }
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

  mutating func close(_ decoder: inout TokenDecoder) {
    if let segment = decoder.closeSegment() { parts.append(.tokens(segment)) }
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
