/// The text without the credentials that somebody may have put into it: what follows the prefix of an Atlassian
/// credential is replaced, so that a report that points at a leaked token doesn't leak it again.
package func maskingSecrets(_ text: String) -> String {
  guard mayHoldSecret(text) else { return text }
  var rest = Array(text.unicodeScalars)[...]
  var masked = String.UnicodeScalarView()
  var isMasked = false
  while let scalar = rest.first {
    guard let prefix = secretPrefixes.first(where: { rest.starts(with: $0) }) else {
      masked.append(scalar)
      rest.removeFirst()
      continue
    }
    let secret = rest.dropFirst(prefix.count).prefix(while: isSecretCharacter)
    masked += prefix
    rest = rest.dropFirst(prefix.count)
    guard secret.count >= 8 else { continue }
    masked += "…".unicodeScalars
    rest = rest.dropFirst(secret.count)
    isMasked = true
  }
  return isMasked ? String(masked) : text
}

/// Whether the beginning that all prefixes share is anywhere in the text: it rarely is.
private func mayHoldSecret(_ text: String) -> Bool {
  var last: UInt8 = 0
  for byte in text.utf8 {
    if last == UInt8(ascii: "A"), byte == UInt8(ascii: "T") { return true }
    last = byte
  }
  return false
}

/// How API tokens, organization API keys and Bitbucket's tokens and passwords begin.
private let secretPrefixes = ["ATATT", "ATCTT", "ATBB"].map { Array($0.unicodeScalars) }

private func isSecretCharacter(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "a"..."z", "A"..."Z", "0"..."9", "-", "_", "=", ".", "+", "/": true
  default: false
  }
}
