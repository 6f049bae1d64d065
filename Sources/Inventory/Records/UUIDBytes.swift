/// A UUID (RFC 9562) that was written as nearly all are: 36 characters, lowercase. The same characters can be made from
/// its 16 bytes again.
struct UUIDBytes: Hashable, Sendable {
  /// The first eight bytes, the first of them the lowest, and the last.
  var first: UInt64 = 0
  var last: UInt64 = 0

  /// How many characters it is written with.
  static let characterCount = 36
  /// How many bytes it has.
  static let byteCount = 16

  init() {}

  /// Reads 36 characters; nil when they are anything else, such as a UUID in uppercase.
  /// - Parameter position: where the characters begin; there are 36.
  @inline(__always)
  init?(_ bytes: RawSpan, at position: Int) {
    let hyphen = UInt8(ascii: "-")
    // The groups' digits: 8, 4, 4, 4 and 12; the last word overlaps none of them.
    guard bytes.byte(position + 8) == hyphen, bytes.byte(position + 13) == hyphen,
      bytes.byte(position + 18) == hyphen, bytes.byte(position + 23) == hyphen
    else { return nil }
    let second = bytes.word(position + 9) & 0xFFFF_FFFF | (bytes.word(position + 11) >> 24) << 32
    let third = bytes.word(position + 19) & 0xFFFF_FFFF | (bytes.word(position + 20) >> 32) << 32
    let (a, b) = (HexadecimalWord(bytes.word(position)), HexadecimalWord(second))
    let (c, d) = (HexadecimalWord(third), HexadecimalWord(bytes.word(position + 28)))
    guard (a.difference | b.difference) | (c.difference | d.difference) == 0 else { return nil }
    first = a.bytes | b.bytes << 32
    last = c.bytes | d.bytes << 32
  }

  /// Reads the 16 bytes.
  init(bytes: RawSpan, at position: Int) {
    first = bytes.word(position)
    last = bytes.word(position + 8)
  }

  func append(to bytes: inout [UInt8]) {
    unsafe withUnsafeBytes(of: (first.littleEndian, last.littleEndian)) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends the 36 characters.
  func appendText(to text: inout [UInt8]) {
    let (a, b) = (Self.digits(first), Self.digits(first >> 32))
    let (c, d) = (Self.digits(last), Self.digits(last >> 32))
    let hyphen = UInt64(UInt8(ascii: "-"))
    // Groups of 8, 4, 4, 4 and 12 digits, eight characters to a word: bytes 8, 13, 18 and 23 are hyphens.
    let second = hyphen | (b & 0xFFFF_FFFF) << 8 | hyphen << 40 | (b >> 32) << 48
    let third = b >> 48 | hyphen << 16 | (c & 0xFFFF_FFFF) << 24 | hyphen << 56
    let words = (
      a.littleEndian, second.littleEndian, third.littleEndian, (c >> 32 | d << 32).littleEndian,
      (d >> 32).littleEndian
    )
    unsafe withUnsafeBytes(of: words) { unsafe text.append(contentsOf: $0.prefix(Self.characterCount)) }
  }

  /// The eight digits of the four lowest bytes of a word, the first digit the lowest.
  private static func digits(_ word: UInt64) -> UInt64 {
    var bytes = word & 0xFFFF_FFFF
    bytes = (bytes | bytes << 16) & 0x0000_FFFF_0000_FFFF
    bytes = (bytes | bytes << 8) & 0x00FF_00FF_00FF_00FF
    let values = bytes >> 4 & 0x000F_000F_000F_000F | (bytes & 0x000F_000F_000F_000F) << 8
    let letters = (values &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return values &+ 0x3030_3030_3030_3030 &+ letters &* 39
  }
}

/// Eight lowercase hexadecimal digits.
private struct HexadecimalWord {
  /// The four bytes, the first of them the lowest.
  let bytes: UInt64
  /// 0 when they are such digits.
  let difference: UInt64

  @inline(__always)
  init(_ word: UInt64) {
    let ones = bytesOf(1)
    let values = (word & bytesOf(0x0F)) &+ (word >> 6 & ones) &* 9
    let isLetter = (values &+ bytesOf(6)) >> 4 & ones
    // What the values are written as; a value beyond 15 is none.
    let digits = values &+ bytesOf(UInt8(ascii: "0")) &+ isLetter &* 39
    difference = digits ^ word | values & bytesOf(0xF0)
    let pairs = (values << 4 | values >> 8) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs | pairs >> 8) & 0x0000_FFFF_0000_FFFF
    bytes = (fours | fours >> 16) & 0xFFFF_FFFF
  }
}

@inline(__always)
func hexadecimalDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}
