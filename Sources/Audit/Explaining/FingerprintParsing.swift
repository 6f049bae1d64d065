extension Fingerprint {
  /// The parts of a fingerprint, decoded.
  struct Parts: Equatable {
    let organization: String
    let rule: String
    let kind: String
    let id: String
  }

  /// Takes a fingerprint apart. Characters that should be encoded stand for themselves, except for slashes.
  static func parts(of text: String) throws(UnknownFingerprint) -> Parts {
    var parts: [String] = []
    for part in text.split(separator: "/", omittingEmptySubsequences: false) {
      guard let decoded = percentDecoded(part), !decoded.isEmpty else {
        throw UnknownFingerprint("`\(text)` is no fingerprint: the part `\(part)` can't be read", advice: form)
      }
      parts.append(decoded)
    }
    guard parts.count == 4 else {
      throw UnknownFingerprint(
        "`\(text)` is no fingerprint: it has \(parts.count) \(parts.count == 1 ? "part" : "parts"), not 4", advice: form
      )
    }
    return Parts(organization: parts[0], rule: parts[1], kind: parts[2], id: parts[3])
  }

  private static let form =
    "it has the form ORGANIZATION/RULE/KIND/ID, each part percent-encoded; every report with findings has theirs"

  /// Nil when a `%` is not followed by two hexadecimal digits, or the bytes are no text.
  private static func percentDecoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit), let value = UInt8(digits, radix: 16) else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
