/// A range of addresses that begin with the same bits: the network extension's `net.CIDR`.
public struct CIDR: Hashable, Sendable {
  /// The address as written; its bits after the prefix need not be zero.
  public let address: IPAddress

  /// How many bits all addresses of the range share: up to 32 or 128.
  public let prefixLength: Int

  /// Reads an address and the length of the prefix: `192.168.0.0/24`, `2001:db8::/32`.
  ///
  /// Zones, IPv6 addresses that stand for IPv4 ones, and leading zeros are refused.
  public init(parsing text: String) throws(NetworkAddressError) {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 2, let (address, _) = IPAddress.parse(parts[0]),
      let length = IPAddress.decimal(parts[1], limit: address.family.width)
    else {
      throw text.utf8.contains(UInt8(ascii: "%")) && text.utf8.contains(UInt8(ascii: ":"))
        ? .rangeWithZone(text) : .malformedRange(text)
    }
    if address.isMapped { throw .mappedAddress(text) }
    self.init(address, prefixLength: length)
  }

  private init(_ address: IPAddress, prefixLength: Int) {
    self.address = address
    self.prefixLength = prefixLength
  }

  /// The range with all bits after the prefix zero.
  public var masked: CIDR {
    CIDR(IPAddress(address.family, bits: prefix(of: address) << hostWidth), prefixLength: prefixLength)
  }

  /// Whether all bits of the address after the prefix are zero.
  public var isMasked: Bool { self == masked }

  /// Whether the address lies in the range; never one of the other family.
  public func contains(_ other: IPAddress) -> Bool {
    other.family == address.family && prefix(of: other) == prefix(of: address)
  }

  /// Whether every address of the other range lies in this one.
  public func contains(_ other: CIDR) -> Bool { prefixLength <= other.prefixLength && contains(other.address) }

  private var hostWidth: Int { address.family.width - prefixLength }

  // Swift's smart shifts give 0 for a shift by the whole width.
  private func prefix(of address: IPAddress) -> UInt128 { address.bits >> hostWidth }
}

extension CIDR: CustomStringConvertible {
  /// The address in its canonical form and the length of the prefix: `192.168.0.1/24`.
  public var text: String { "\(address.text)/\(prefixLength)" }

  /// The same as ``text``.
  public var description: String { text }
}
