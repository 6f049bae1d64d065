import Crypto

/// The id of a record that came without one: a digest of its bytes, so that the same record has the same id in every
/// run. `sha256-` and 32 hexadecimal digits.
package func digestIdentity(of bytes: some Sequence<UInt8>) -> String {
  "sha256-" + String(hexadecimalDigest(of: Array(bytes)).prefix(32))
}

/// Whether an id is such a digest. A record with one can't be followed: when its content changes, so does its id.
package func isDigestIdentity(_ id: String) -> Bool { id.hasPrefix("sha256-") && id.utf8.count == 39 }

/// The SHA-256 digest (FIPS 180-4) of the bytes, as 64 lowercase hexadecimal digits.
package func hexadecimalDigest(of bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  text.reserveCapacity(64)
  for byte in SHA256.hash(data: bytes) {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}
