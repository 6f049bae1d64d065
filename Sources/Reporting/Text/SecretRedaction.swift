/// The text with every token or key in it cut down to its prefix and its last four characters: somebody may have
/// pasted one into a label, and reports travel further than the console.
///
/// Known are Atlassian's own, and those of the services whose credentials land in labels most often.
func redactingSecrets(_ text: String) -> String {
  guard secretPrefixes.contains(where: text.contains) else { return text }
  var result = ""
  var rest = Substring(text)
  while let start = rest.indices.first(where: { start in secretPrefixes.contains { rest[start...].hasPrefix($0) } }) {
    let end = rest[start...].firstIndex { !isSecretCharacter($0) } ?? rest.endIndex
    let secret = rest[start..<end]
    result += rest[..<start]
    if secret.utf8.count >= shortestSecret, let prefix = secretPrefixes.first(where: secret.hasPrefix) {
      result += "\(prefix)[redacted]\(secret.suffix(4))"
    } else {
      result += secret
    }
    rest = rest[end...]
  }
  return result + rest
}

/// Atlassian API tokens, OAuth and admin keys; GitHub, GitLab, Slack, AWS.
private let secretPrefixes = [
  "ATATT", "ATCTT", "ATSTT", "ATBB", "ghp_", "gho_", "ghs_", "ghu_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "AKIA",
]

/// Shorter than any of them really is, and longer than words that begin like them.
private let shortestSecret = 20

private func isSecretCharacter(_ character: Character) -> Bool {
  character.isASCII && (character.isLetter || character.isNumber || "_-=.+/".contains(character))
}
