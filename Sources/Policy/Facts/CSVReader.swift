/// Reads comma-separated values (RFC 4180) strictly: what a lenient reader would guess at is refused, since a row that
/// is read wrongly is a person who is not found.
///
/// Lines end in CRLF or LF. A byte order mark is for the caller to skip.
struct CSVReader {
  /// A row with the line that it starts on; at least one field.
  struct Record {
    let fields: [[UInt8]]
    let line: Int
  }

  struct Malformed: Error, Equatable {
    let line: Int
    let message: String
  }

  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private var line = 1

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// The next row; nil at the end. Empty lines are passed over. After an error, reading goes on at the next line.
  mutating func next() throws(Malformed) -> Record? {
    while skipLineEnd() {}
    guard position < bytes.endIndex else { return nil }
    let start = line
    var fields: [[UInt8]] = []
    while true {
      fields.append(try field())
      if skip(UInt8(ascii: ",")) { continue }
      if position == bytes.endIndex || skipLineEnd() { return Record(fields: fields, line: start) }
      throw malformed("a quoted field is followed by other text; quotes inside a field are doubled")
    }
  }

  private mutating func field() throws(Malformed) -> [UInt8] {
    if skip(UInt8(ascii: "\"")) { return try quotedField() }
    let start = position
    while position < bytes.endIndex, bytes[position] != UInt8(ascii: ","), !isAtLineEnd {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        throw malformed("a quote stands inside a field that does not begin with one; quote the whole field")
      case UInt8(ascii: "\r"): throw malformed("a carriage return stands alone; lines end in CRLF or LF")
      default: position += 1
      }
    }
    return Array(bytes[start..<position])
  }

  private mutating func quotedField() throws(Malformed) -> [UInt8] {
    let start = line
    var field: [UInt8] = []
    while position < bytes.endIndex {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      if byte == UInt8(ascii: "\""), !skip(UInt8(ascii: "\"")) { return field }
      field.append(byte)
    }
    throw Malformed(line: start, message: "a quote is not closed")
  }

  private var isAtLineEnd: Bool {
    bytes[position] == UInt8(ascii: "\n") || bytes[position...].starts(with: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.endIndex, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipLineEnd() -> Bool {
    guard position < bytes.endIndex, isAtLineEnd else { return false }
    position += bytes[position] == UInt8(ascii: "\r") ? 2 : 1
    line += 1
    return true
  }

  /// Passes over the rest of the line, so that the problems of later lines are found as well.
  private mutating func malformed(_ message: String) -> Malformed {
    let problem = Malformed(line: line, message: message)
    while position < bytes.endIndex, !skipLineEnd() { position += 1 }
    return problem
  }
}
