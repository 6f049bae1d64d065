extension IPAddress {
  /// Reads an address strictly: four decimal numbers without leading zeros, or RFC 4291's text forms of IPv6.
  ///
  /// An IPv6 address that stands for an IPv4 one (`::ffff:c0a8:1`) is that IPv4 address; but it must not be written with
  /// decimals (`::ffff:192.168.0.1`). Zones (`fe80::1%eth0`) are refused.
  public init(parsing text: String) throws(NetworkAddressError) {
    guard let (address, hasDecimals) = Self.parse(text.utf8[...]) else {
      throw text.utf8.contains(UInt8(ascii: "%")) && text.utf8.contains(UInt8(ascii: ":"))
        ? .addressWithZone(text) : .malformedAddress(text)
    }
    guard address.isMapped else {
      self = address
      return
    }
    if hasDecimals { throw .mappedAddress(text) }
    self.init(.v4, bits: address.bits & 0xFFFF_FFFF)
  }

  /// Whether the address is of IPv6 and stands for one of IPv4: `::ffff:0:0/96`.
  var isMapped: Bool { family == .v6 && bits >> 32 == 0xFFFF }

  /// Reads an address as it is written; `hasDecimals` when the last 32 bits of an IPv6 address are.
  static func parse(_ text: Substring.UTF8View) -> (address: IPAddress, hasDecimals: Bool)? {
    guard text.contains(UInt8(ascii: ":")) else {
      return decimals(text).map { (IPAddress(.v4, bits: UInt128($0)), false) }
    }
    let (before, after) = partsAroundDoubleColon(text)
    guard let first = groups(before, endsAddress: after == nil),
      let last = after.map({ groups($0, endsAddress: true) }) ?? []
    else { return nil }
    // A double colon stands for at least one group.
    guard after == nil ? first.count == 8 : first.count + last.count <= 7 else { return nil }
    let all = first + Array(repeating: 0, count: 8 - first.count - last.count) + last
    return (IPAddress(.v6, bits: all.reduce(0) { $0 << 16 | UInt128($1) }), text.contains(UInt8(ascii: ".")))
  }

  /// `after` is nil when there is no double colon.
  private static func partsAroundDoubleColon(
    _ text: Substring.UTF8View
  ) -> (before: Substring.UTF8View, after: Substring.UTF8View?) {
    for index in text.indices where text[index...].starts(with: "::".utf8) {
      return (text[..<index], text[index...].dropFirst(2))
    }
    return (text, nil)
  }

  /// Groups of up to four hexadecimal digits with colons between them; the last two of an address can be four decimal
  /// numbers.
  private static func groups(_ text: Substring.UTF8View, endsAddress: Bool) -> [UInt16]? {
    if text.isEmpty { return [] }
    let parts = text.split(separator: UInt8(ascii: ":"), maxSplits: 8, omittingEmptySubsequences: false)
    var groups: [UInt16] = []
    for (index, part) in parts.enumerated() {
      if endsAddress, index == parts.count - 1, let number = decimals(part) {
        groups += [UInt16(number >> 16), UInt16(number & 0xFFFF)]
      } else {
        guard part.count <= 4, part.allSatisfy(isHexadecimal), let group = UInt16(Substring(part), radix: 16) else {
          return nil
        }
        groups.append(group)
      }
    }
    return groups
  }

  /// Four decimal numbers up to 255 without leading zeros.
  private static func decimals(_ text: Substring.UTF8View) -> UInt32? {
    let parts = text.split(separator: UInt8(ascii: "."), maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var number: UInt32 = 0
    for part in parts {
      guard let octet = decimal(part, limit: 255) else { return nil }
      number = number << 8 | UInt32(octet)
    }
    return number
  }

  /// A decimal number up to `limit`, which has three digits, without leading zeros.
  static func decimal(_ text: Substring.UTF8View, limit: Int) -> Int? {
    guard (1...3).contains(text.count), text.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      text.count == 1 || text.first != UInt8(ascii: "0"), let number = Int(Substring(text)), number <= limit
    else { return nil }
    return number
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
