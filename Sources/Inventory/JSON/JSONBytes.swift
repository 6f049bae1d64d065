/// Parts of JSON text without white space. The position moves behind what is read, and stays where it is otherwise.
/// Sixteen bytes behind it can be read.
extension RawSpan {
  @inline(__always)
  func consume(_ character: Unicode.Scalar, _ position: inout Int) -> Bool {
    guard byte(position) == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// - Parameter text: four to sixteen bytes.
  @inline(__always)
  func consumeWord(_ text: StaticString, _ position: inout Int) -> Bool {
    let length = text.utf8CodeUnitCount
    // A short text's halves overlap, as a long one's do.
    if length >= 8 {
      let (first, last) = unsafe (text.word(0), text.word(length - 8))
      guard word(position) == first, word(position + length - 8) == last else { return false }
    } else {
      let (first, last) = unsafe (text.half(0), text.half(length - 4))
      guard UInt32(truncatingIfNeeded: word(position)) == first,
        UInt32(truncatingIfNeeded: word(position + length - 4)) == last
      else { return false }
    }
    position += length
    return true
  }

  @inline(__always)
  func consumeNull(_ position: inout Int) -> Bool { consumeWord("null", &position) }

  /// Consumes a string and returns where its content is; nil when it has escapes or is none, or goes on behind the limit.
  /// Its UTF-8 is checked.
  /// - Parameter limit: From here on sixteen bytes can be read, or a byte comes that ends every string.
  @inline(__always)
  func plainString(_ position: inout Int, to limit: Int = .max) -> Range<Int>? {
    guard byte(position) == UInt8(ascii: "\"") else { return nil }
    let start = position + 1
    var end = start
    while end <= limit {
      let special = specialBytes(word(end))
      guard special != 0 else {
        end += 8
        continue
      }
      end += special.trailingZeroBitCount / 8
      let byte = byte(end)
      if byte == UInt8(ascii: "\"") {
        position = end + 1
        return start..<end
      }
      guard byte >= 0x80, let length = lengthOfScalar(at: end) else { return nil }
      end += length
    }
    return nil
  }

  /// Behind the next bracket that closes a list, or at the next control character when that comes first.
  @inline(__always)
  func endOfList(from start: Int) -> Int {
    var position = start
    while true {
      let word = word(position)
      let brackets = word ^ bytesOf(UInt8(ascii: "]"))
      // As in `specialBytes(_:)`; bytes of other scripts are none of both.
      let found = ((brackets &- bytesOf(1)) & ~brackets | (word &- bytesOf(0x20)) & ~word) & bytesOf(0x80)
      guard found == 0 else {
        position += found.trailingZeroBitCount / 8
        return byte(position) == UInt8(ascii: "]") ? position + 1 : position
      }
      position += 8
    }
  }

  /// How many bytes the scalar of several bytes has that begins here; nil when it is not well-formed UTF-8 (Unicode 15,
  /// table 3-7).
  func lengthOfScalar(at position: Int) -> Int? {
    var second: ClosedRange<UInt8> = 0x80...0xBF
    let length: Int
    switch byte(position) {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard second.contains(byte(position + 1)),
      (2..<length).allSatisfy({ byte(position + $0) & 0xC0 == 0x80 })
    else { return nil }
    return length
  }
}
