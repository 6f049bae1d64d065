/// Ranges of bytes, eight bytes at a time where that is possible.
extension RawSpan {
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 { unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self) }

  /// Eight bytes, the first of them the lowest.
  @inline(__always)
  func word(_ offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The bytes of a range of at most eight, the first of them the lowest, and zeros.
  @inline(__always)
  func partialWord(_ range: Range<Int>) -> UInt64 {
    if range.lowerBound + 8 <= byteCount { return word(range.lowerBound) & ((1 << UInt64(range.count * 8)) &- 1) }
    return range.reversed().reduce(0) { $0 << 8 | UInt64(byte($1)) }
  }

  func text(_ range: Range<Int>) -> String {
    unsafe extracting(range).withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
  }

  func append(_ range: Range<Int>, to bytes: inout [UInt8]) {
    unsafe extracting(range).withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  /// Whether the range's bytes are those of another span from an offset on, which has as many.
  @inline(__always)
  func equals(_ range: Range<Int>, _ other: RawSpan, at offset: Int) -> Bool {
    var index = 0
    while index + 8 <= range.count {
      guard word(range.lowerBound + index) == other.word(offset + index) else { return false }
      index += 8
    }
    let rest = index..<range.count
    return partialWord(range.lowerBound + rest.lowerBound..<range.upperBound)
      == other.partialWord(offset + rest.lowerBound..<offset + rest.upperBound)
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
    let secret = secret
    var state = secret.seed ^ UInt64(truncatingIfNeeded: range.count)
    var offset = range.lowerBound
    if range.count >= 64 {
      // Two products that don't wait for each other, each of sixteen bytes.
      var other = secret.factor
      while offset + 32 <= range.upperBound {
        state = mixed(word(offset) ^ state, word(offset + 8) ^ secret.factor)
        other = mixed(word(offset + 16) ^ other, word(offset + 24) ^ secret.seed)
        offset += 32
      }
      state = mixed(state, secret.factor) ^ other
    }
    while offset + 8 <= range.upperBound {
      state = mixed(state ^ word(offset), secret.factor)
      offset += 8
    }
    state = mixed(state ^ partialWord(offset..<range.upperBound), secret.factor)
    return state ^ state >> 32
  }
}

/// A digest of the bytes in the range that nobody outside the process can foresee: who can choose a label can't choose
/// two records that share one.
package func unforeseeableDigest(of bytes: [UInt8], in range: Range<Int>) -> UInt64 {
  unsafe bytes.span.bytes.digest(range)
}

/// A digest of numbers that nobody outside the process can foresee.
@inline(__always)
func unforeseeableDigest(of first: UInt64, _ second: UInt64, _ third: UInt64) -> UInt64 {
  let secret = secret
  let state = mixed(mixed(mixed(secret.seed ^ first, secret.factor) ^ second, secret.factor) ^ third, secret.factor)
  return state ^ state >> 32
}

/// The highest bit of each byte that is a quote, a backslash, a control character or no ASCII. Bits above the lowest
/// one that is set may be wrong.
@inline(__always)
func specialBytes(_ word: UInt64) -> UInt64 {
  let ones = bytesOf(1)
  let quotes = word ^ bytesOf(UInt8(ascii: "\""))
  let backslashes = word ^ bytesOf(UInt8(ascii: "\\"))
  // A borrow sets the highest bit of what is too small; those that have it set are special anyway.
  return ((quotes &- ones) | (backslashes &- ones) | (word &- bytesOf(0x20)) | word) & bytesOf(0x80)
}

/// The highest bit of each byte that is zero, for bytes below 128.
@inline(__always)
func zeroBytes(_ word: UInt64) -> UInt64 { ~(word &+ bytesOf(0x7F)) & bytesOf(0x80) }

/// Eight times the same byte.
@inline(__always)
func bytesOf(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

extension StaticString {
  /// Eight bytes of the text, which has as many from the offset on.
  @inline(__always)
  @unsafe func word(_ offset: Int) -> UInt64 {
    unsafe UInt64(littleEndian: UnsafeRawPointer(utf8Start).loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Four bytes of the text, which has as many from the offset on.
  @inline(__always)
  @unsafe func half(_ offset: Int) -> UInt32 {
    unsafe UInt32(littleEndian: UnsafeRawPointer(utf8Start).loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }
}

/// Chosen anew by each process.
private let secret = (seed: UInt64.random(in: .min ... .max), factor: UInt64.random(in: .min ... .max) | 1)

@inline(__always)
private func mixed(_ left: UInt64, _ right: UInt64) -> UInt64 {
  let product = left.multipliedFullWidth(by: right)
  return product.high ^ product.low
}
