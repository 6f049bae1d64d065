import Inventory
import Policy

extension AuditedInventory {
  /// The tokens and keys in numbers, in one pass over them.
  func statistics() -> InventoryStatistics {
    var statistics = InventoryStatistics()
    var reaches = ReachByScopes()
    for token in snapshot.tokens {
      let expiresAt = token.expiresAt
      if token.status.value == "BLOCKED" {
        statistics.blockedTokens += 1
      } else if let expiry = expiresAt.value, expiry <= now {
        statistics.expiredTokens += 1
      } else {
        statistics.liveTokens += 1
        statistics.remainingLives[RemainingLife(expiresAt, at: now), default: 0] += 1
        statistics.lastUses[LastUse(token.lastActiveAt, at: now), default: 0] += 1
        statistics.reach.add(reaches.reach(of: token.scopes))
        if let day = dayOfExpiry(expiresAt) { statistics.expiries[day].tokens += 1 }
      }
    }
    for key in snapshot.keys {
      if let day = dayOfExpiry(key.expiresAt) { statistics.expiries[day].keys += 1 }
    }
    return statistics
  }

  /// Whole days until the expiry; nil when it is past, not known, or further away than is counted.
  private func dayOfExpiry(_ expiresAt: Field<Instant>) -> Int? {
    guard let expiresAt = expiresAt.value, expiresAt > now else { return nil }
    let day = (expiresAt.milliseconds - now.milliseconds - 1) / millisecondsPerDay
    return day < InventoryStatistics.expiryDays ? Int(day) : nil
  }
}

private let millisecondsPerDay: Int64 = 86_400_000

extension RemainingLife {
  fileprivate init(_ expiresAt: Field<Instant>, at now: Instant) {
    switch expiresAt {
    case .absent: self = .unlimited
    case .unknown: self = .unknown
    case .value(let expiry):
      switch expiry.milliseconds - now.milliseconds {
      case ...(7 * millisecondsPerDay): self = .upTo7Days
      case ...(30 * millisecondsPerDay): self = .upTo30Days
      case ...(90 * millisecondsPerDay): self = .upTo90Days
      case ...(180 * millisecondsPerDay): self = .upTo180Days
      case ...(365 * millisecondsPerDay): self = .upTo365Days
      default: self = .longer
      }
    }
  }
}

extension LastUse {
  fileprivate init(_ lastActiveAt: Field<Instant>, at now: Instant) {
    switch lastActiveAt {
    case .absent: self = .never
    case .unknown: self = .unknown
    case .value(let use):
      switch now.milliseconds - use.milliseconds {
      case ...(7 * millisecondsPerDay): self = .upTo7Days
      case ...(30 * millisecondsPerDay): self = .upTo30Days
      case ...(90 * millisecondsPerDay): self = .upTo90Days
      case ...(180 * millisecondsPerDay): self = .upTo180Days
      case ...(365 * millisecondsPerDay): self = .upTo365Days
      default: self = .longer
      }
    }
  }
}

/// What scope lists reach. Many tokens have the same list, and it is looked up in the catalogue once.
private struct ReachByScopes {
  enum Reach {
    case unknown, unscoped
    case products([(TokenReach.Product, TokenReach.Access)])
  }

  private var known: [[String]: Reach] = [:]

  mutating func reach(of scopes: Field<[String]>) -> Reach {
    guard let scopes = scopes.value else { return .unknown }
    if let reach = known[scopes] { return reach }
    let reach = Self.reach(of: scopes)
    known[scopes] = reach
    return reach
  }

  private static func reach(of scopes: [String]) -> Reach {
    guard !scopes.isEmpty else { return .unscoped }
    var strongest: [TokenReach.Product: TokenReach.Access] = [:]
    for name in scopes {
      let scope = ScopeCatalogue.builtIn.scope(named: name)
      let product = scope.family.flatMap(TokenReach.Product.init) ?? .unknown
      strongest[product] = max(strongest[product] ?? .read, TokenReach.Access(scope))
    }
    return .products(strongest.map { ($0, $1) })
  }
}

extension TokenReach {
  fileprivate mutating func add(_ reach: ReachByScopes.Reach) {
    switch reach {
    case .unknown: unknown += 1
    case .unscoped: unscoped += 1
    case .products(let strongest):
      for (product, access) in strongest { products[product, default: [:]][access, default: 0] += 1 }
    }
  }
}

extension TokenReach.Access {
  /// Refreshing a session lets its holder read at least.
  fileprivate init(_ scope: Scope) {
    switch scope.access {
    case "read", "refresh": self = .read
    case "write": self = .write
    case "delete": self = .delete
    case "manage": self = .manage
    case "admin": self = .admin
    default: self = .unknown
    }
  }
}
