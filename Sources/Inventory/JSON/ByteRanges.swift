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

  /// A hash that nobody outside the process can foresee.
  func hash(_ range: Range<Int>) -> UInt32 {
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
    return UInt32(truncatingIfNeeded: state ^ state >> 32)
  }
}

private let hashSeed = UInt64.random(in: .min ... .max)
private let hashFactor = UInt64.random(in: .min ... .max) | 1

@inline(__always)
private func mixed(_ left: UInt64, _ right: UInt64) -> UInt64 {
  let product = left.multipliedFullWidth(by: right)
  return product.high ^ product.low
}
