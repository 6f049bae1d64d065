package import Policy

/// The identity of a finding across runs: organization, rule, kind and id of the resource, percent-encoded and joined
/// by slashes; nothing that changes by itself.
package enum Fingerprint {
  package static func make(organization: String, rule: String, kind: ResourceKind, id: String) -> String {
    [organization, rule, kind.rawValue, id].map(encoded).joined(separator: "/")
  }

  /// RFC 3986 percent-encoding of everything but the unreserved characters.
  private static func encoded(_ part: String) -> String {
    var text = ""
    for byte in part.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count == 1 ? "0" + digits : digits)
      }
    }
    return text
  }
}
