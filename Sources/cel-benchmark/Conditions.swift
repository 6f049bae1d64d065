import CEL

/// A condition as a rule would have it, and the same written by hand in Swift.
struct Condition: Sendable {
  let name: String
  let text: String
  let handwritten: @Sendable (Record, Timestamp) -> Bool
}

private let day: Int64 = 86_400

private func seconds(from start: Timestamp, to end: Timestamp) -> Int64 { end.seconds - start.seconds }

/// Ten conditions of the kinds that rules have: presence, dates, lengths of lists, scans of lists, texts.
let conditions: [Condition] = [
  Condition(name: "no-expiry", text: "!has(token.expiresAt)") { token, _ in token.expiresAt == nil },
  Condition(
    name: "lifetime", text: "has(token.expiresAt) && token.expiresAt - token.createdAt > duration('2160h')"
  ) { token, _ in token.expiresAt.map { seconds(from: token.createdAt, to: $0) > 90 * day } ?? false },
  Condition(
    name: "stale", text: "has(token.lastActiveAt) && now - token.lastActiveAt > duration('2160h')"
  ) { token, now in token.lastActiveAt.map { seconds(from: $0, to: now) > 90 * day } ?? false },
  Condition(
    name: "never-used", text: "!has(token.lastActiveAt) && now - token.createdAt > duration('720h')"
  ) { token, now in token.lastActiveAt == nil && seconds(from: token.createdAt, to: now) > 30 * day },
  Condition(name: "unscoped", text: "size(token.scopes) == 0") { token, _ in token.scopes.isEmpty },
  Condition(name: "many-scopes", text: "size(token.scopes) > 20") { token, _ in token.scopes.count > 20 },
  Condition(
    name: "write-scope", text: "token.scopes.exists(s, s.startsWith('write:') || s.startsWith('delete:'))"
  ) { token, _ in token.scopes.contains { $0.hasPrefix("write:") || $0.hasPrefix("delete:") } },
  Condition(name: "only-reads", text: "token.scopes.all(s, s.startsWith('read:'))") { token, _ in
    token.scopes.allSatisfy { $0.hasPrefix("read:") }
  },
  Condition(
    name: "outside-domain", text: "!token.user.email.endsWith('@example.com') && token.status == 'ALLOWED'"
  ) { token, _ in !token.email.hasSuffix("@example.com") && token.status == "ALLOWED" },
  Condition(
    name: "expiring",
    text: "has(token.expiresAt) && token.expiresAt > now && token.expiresAt - now <= duration('336h')"
  ) { token, now in token.expiresAt.map { $0 > now && seconds(from: now, to: $0) <= 14 * day } ?? false },
]
