/// Why a text is no address or no range of addresses.
public enum NetworkAddressError: Error, Equatable {
  /// Not an address of IPv4 or IPv6.
  case malformedAddress(String)
  /// An address with a zone, such as `fe80::1%eth0`.
  case addressWithZone(String)
  /// Not an address with the length of a prefix.
  case malformedRange(String)
  /// A range with a zone.
  case rangeWithZone(String)
  /// An IPv6 address that stands for an IPv4 one, where that is not allowed.
  case mappedAddress(String)
}

extension NetworkAddressError: CustomStringConvertible {
  /// What is wrong, in one line.
  public var description: String {
    switch self {
    case .malformedAddress(let text): "IP Address '\(text)' parse error during conversion from string"
    case .addressWithZone(let text): "IP Address '\(text)' with zone value is not allowed"
    case .malformedRange(let text): "CIDR '\(text)': network address parse error during conversion from string"
    case .rangeWithZone(let text): "CIDR '\(text)' with zone value is not allowed"
    case .mappedAddress(let text): "IPv4-mapped IPv6 address '\(text)' is not allowed"
    }
  }
}
