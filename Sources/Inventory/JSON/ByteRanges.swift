/// Ranges of bytes, eight bytes at a time where that is possible.
extension RawSpan {
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 { unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self) }

  /// Eight bytes, the first of them the lowest.
  @inline(__always)
  func word(_ offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  func text(_ range: Range<Int>) -> String {
    unsafe extracting(range).withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  func append(_ range: Range<Int>, to bytes: inout [UInt8]) {
    unsafe extracting(range).withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  func equals(_ range: Range<Int>, _ other: [UInt8], at offset: Int) -> Bool {
    let other = unsafe other.span.bytes
    var index = 0
    while index + 8 <= range.count {
      guard word(range.lowerBound + index) == other.word(offset + index) else { return false }
      index += 8
    }
    while index < range.count {
      guard byte(range.lowerBound + index) == other.byte(offset + index) else { return false }
      index += 1
    }
    return true
  }

  /// Where the text of a JSON string comes to a byte that `specialBytes(_:)` finds, or to `end`, or up to seven bytes
  /// before that.
  func endOfPlainText(from start: Int, to end: Int) -> Int {
    var position = start
    while position + 8 <= end {
      let special = specialBytes(word(position))
      guard special == 0 else { return position + special.trailingZeroBitCount / 8 }
      position += 8
    }
    return position
  }

  /// A hash that nobody outside the process can foresee.
  func hash(_ range: Range<Int>) -> UInt32 { UInt32(truncatingIfNeeded: digest(range)) }

  /// A digest that nobody outside the process can foresee.
  func digest(_ range: Range<Int>) -> UInt64 {
    var state = hashSeed ^ UInt64(truncatingIfNeeded: range.count)
    var offset = range.lowerBound
    while offset + 8 <= range.upperBound {
      state = mixed(state ^ word(offset), hashFactor)
      offset += 8
    }
    var rest: UInt64 = 0
    while offset < range.upperBound {
      rest = rest << 8 | UInt64(byte(offset))
      offset += 1
    }
    state = mixed(state ^ rest, hashFactor)
    return state ^ state >> 32
  }
}

/// A digest of the bytes in the range that nobody outside the process can foresee: who can choose a label can't choose
/// two records that share one.
package func unforeseeableDigest(of bytes: [UInt8], in range: Range<Int>) -> UInt64 {
  unsafe bytes.span.bytes.digest(range)
}

/// The highest bit of each byte that is a quote, a backslash, a control character or no ASCII. Bits above the lowest
/// one that is set may be wrong.
@inline(__always)
func specialBytes(_ word: UInt64) -> UInt64 {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
  let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
  let found = (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes | (word &- ones &* 0x20) & ~word
  return (found | word) & (ones &* 0x80)
}

private let hashSeed = UInt64.random(in: .min ... .max)
private let hashFactor = UInt64.random(in: .min ... .max) | 1

@inline(__always)
private func mixed(_ left: UInt64, _ right: UInt64) -> UInt64 {
  let product = left.multipliedFullWidth(by: right)
  return product.high ^ product.low
}
