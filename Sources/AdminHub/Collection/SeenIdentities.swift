import Inventory

/// The ids that have been met in a list, in 16 bytes each: a UUID is its own 128 bits, any other id is represented by
/// the first 128 bits of its SHA-256 digest.
struct SeenIdentities {
  private var seen: Set<UInt128> = []

  /// Whether the id is met for the first time.
  mutating func insert(_ id: String) -> Bool { seen.insert(Self.number(id)).inserted }

  private static func number(_ id: String) -> UInt128 {
    var value: UInt128 = 0
    var digits = 0
    for (index, byte) in id.utf8.enumerated() {
      let isHyphenPlace = index == 8 || index == 13 || index == 18 || index == 23
      switch byte {
      case UInt8(ascii: "-") where isHyphenPlace: continue
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt128(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt128(byte - UInt8(ascii: "a") + 10)
      default: return digest(id)
      }
      digits += 1
    }
    return digits == 32 && id.utf8.count == 36 ? value : digest(id)
  }

  private static func digest(_ id: String) -> UInt128 {
    UInt128(hexadecimalDigest(of: Array(id.utf8)).prefix(32), radix: 16) ?? 0
  }
}
