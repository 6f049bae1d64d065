/// An IPv4 or IPv6 address: the network extension's `net.IP`.
public struct IPAddress: Hashable, Sendable {
  /// The version of the protocol; the raw value is its number.
  public enum Family: Int, Sendable {
    /// IPv4, with 32 bits.
    case v4 = 4
    /// IPv6, with 128 bits.
    case v6 = 6

    /// The bits of an address.
    public var width: Int { self == .v4 ? 32 : 128 }
  }

  /// The version of the protocol.
  public let family: Family

  /// The bits of the address as a number, the first one highest.
  let bits: UInt128

  /// An address of `family`; `bits` has no more than its width.
  init(_ family: Family, bits: UInt128) {
    self.family = family
    self.bits = bits
  }
}

// What an address is for (RFC 6890, RFC 4291), as Go's net/netip tells it.
extension IPAddress {
  /// `0.0.0.0` or `::`.
  public var isUnspecified: Bool { bits == 0 }

  /// `127.0.0.0/8` or `::1`.
  public var isLoopback: Bool { family == .v4 ? bits >> 24 == 127 : bits == 1 }

  /// `169.254.0.0/16` or `fe80::/10`.
  public var isLinkLocalUnicast: Bool { family == .v4 ? bits >> 16 == 0xA9FE : bits >> 118 == 0x3FA }

  /// `224.0.0.0/24`, or `ff02::/16` with any of the flags.
  public var isLinkLocalMulticast: Bool {
    family == .v4 ? bits >> 8 == 0xE00000 : bits >> 112 & 0xFF0F == 0xFF02
  }

  /// `224.0.0.0/4` or `ff00::/8`.
  public var isMulticast: Bool { family == .v4 ? bits >> 28 == 0xE : bits >> 120 == 0xFF }

  /// Any other address but IPv4's broadcast; those for private networks too.
  public var isGlobalUnicast: Bool {
    let isBroadcast = family == .v4 && bits == 0xFFFF_FFFF
    return !isUnspecified && !isBroadcast && !isLoopback && !isMulticast && !isLinkLocalUnicast
  }
}

extension IPAddress: CustomStringConvertible {
  /// The canonical form: dotted decimals, or RFC 5952's for IPv6.
  public var text: String {
    switch family {
    case .v4: stride(from: 24, through: 0, by: -8).map { String(bits >> UInt128($0) & 0xFF) }.joined(separator: ".")
    case .v6: Self.text(groups: stride(from: 112, through: 0, by: -16).map { UInt16(bits >> UInt128($0) & 0xFFFF) })
    }
  }

  /// The same as ``text``.
  public var description: String { text }

  /// The first of the longest runs of at least two zeros is left out.
  private static func text(groups: [UInt16]) -> String {
    var longest = 0..<0
    var start = 0
    for (index, group) in groups.enumerated() {
      if group != 0 { start = index + 1 }
      if index + 1 - start > longest.count { longest = start..<(index + 1) }
    }
    func joined(_ groups: ArraySlice<UInt16>) -> String {
      groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard longest.count >= 2 else { return joined(groups[...]) }
    return joined(groups[..<longest.lowerBound]) + "::" + joined(groups[longest.upperBound...])
  }
}
