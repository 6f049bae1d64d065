/// Pseudo-random numbers that depend on nothing but where they are asked for: the seed, a name and an index. So the
/// record at an index is the same whoever asks for it, and in whatever order.
///
/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
struct SeededGenerator {
  private var state: UInt64

  init(seed: UInt64, _ name: String, _ index: Int = 0) {
    state = seed
    for byte in name.utf8 { state = Self.mix(state &+ UInt64(byte)) }
    state = Self.mix(state &+ UInt64(bitPattern: Int64(index)))
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A number of the range, each about as likely as the next.
  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
  }

  /// Whether something happens that does so `percent` times in a hundred.
  mutating func chance(percent: Int) -> Bool { number(in: 1...100) <= percent }

  /// At least 0 and less than 1.
  mutating func fraction() -> Double { Double(next() >> 11) / Double(1 << 53) }

  /// One of the elements, of which there must be at least one.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(in: 0...(elements.count - 1))] }

  /// Some neighbouring elements in their order.
  mutating func run<Element>(_ count: Int, of elements: [Element]) -> [Element] {
    let start = number(in: 0...(elements.count - count))
    return Array(elements[start..<(start + count)])
  }

  /// A random UUID in its usual form (RFC 9562, version 4).
  mutating func uuid() -> String {
    let high = next() & ~0xF000 | 0x4000
    let low = next() & ~(0b11 << 62) | (0b10 << 62)
    let digits = Self.hexadecimal(high) + Self.hexadecimal(low)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index == 8 || index == 12 || index == 16 || index == 20 { text.append("-") }
      text.append(digit)
    }
    return text
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
