import Inventory

/// What is well-formed in a waiver and yet hardly meant.
enum WaiverDoubts {
  /// How far ahead a risk can be accepted without a second look.
  static let longestDays = 90

  /// Why an id can't be one of a resource of these kinds; nil when it may be.
  ///
  /// Tokens and keys have UUIDs. Owners have account ids: a number, a colon and a UUID, or in older accounts 24 hexadecimal
  /// digits.
  static func wrongID(_ id: String, kinds: Set<ResourceKind>) -> String? {
    if id.contains(where: { $0 == "@" || $0.isWhitespace }) { return "`\(id)` is no id" }
    let credentials: Set<ResourceKind> = [.apiToken, .apiKey]
    if !kinds.isEmpty, kinds.isSubset(of: credentials), isAccountID(id) {
      return "`\(id)` is the id of an account, and the waiver's rules are asked of tokens and keys"
    }
    if kinds == [.owner], isUUID(id[...]) {
      return "`\(id)` is no account id, and the waiver's rules are asked of owners"
    }
    return nil
  }

  /// What is doubtful about the time until which something is accepted, and what to do; nil when nothing is.
  static func expiry(_ expires: Instant, now: Instant) -> (message: String, advice: String)? {
    let left = expires.milliseconds - now.milliseconds
    if left <= 0 {
      return ("the waiver has expired", "what it covers is open again: decide anew, or remove the waiver")
    }
    let days = left / 86_400_000
    guard days > longestDays else { return nil }
    return (
      "the waiver lasts \(days) days, more than \(longestDays)",
      "accept the risk for less, so that somebody looks at it again"
    )
  }

  private static func isAccountID(_ id: String) -> Bool {
    guard let colon = id.firstIndex(of: ":") else { return false }
    return id[..<colon].utf8.allSatisfy { (0x30...0x39).contains($0) } && isUUID(id[id.index(after: colon)...])
  }

  private static func isUUID(_ text: Substring) -> Bool {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.joined().allSatisfy(\.isHexDigit)
  }
}
