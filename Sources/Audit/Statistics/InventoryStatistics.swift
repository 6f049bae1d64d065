/// The collected tokens and keys in numbers, whatever the policy says about them: for the charts of a report. It counts
/// what was seen; `AuditReport.coverage` says whether that was everything.
package struct InventoryStatistics: Equatable, Sendable {
  /// Tokens that work at the audit instant, as far as that can be told: neither blocked nor expired. What else is said
  /// of tokens here is said of these.
  package internal(set) var liveTokens = 0
  package internal(set) var blockedTokens = 0
  /// Expired and not blocked.
  package internal(set) var expiredTokens = 0
  package internal(set) var remainingLives: [RemainingLife: Int] = [:]
  package internal(set) var lastUses: [LastUse: Int] = [:]
  package internal(set) var reach = TokenReach()
  /// What expires on each of the `expiryDays` days after the audit instant, a day being 24 hours.
  package internal(set) var expiries = [Expiries](repeating: Expiries(), count: expiryDays)

  /// How far ahead expiries are counted.
  package static let expiryDays = 90

  /// Live tokens and keys that expire on one day.
  package struct Expiries: Equatable, Sendable {
    package internal(set) var tokens = 0
    package internal(set) var keys = 0
  }
}

/// How long a live token goes on working, counted from the audit instant.
package enum RemainingLife: CaseIterable, Sendable {
  case upTo7Days, upTo30Days, upTo90Days, upTo180Days, upTo365Days, longer
  /// The token has no expiry.
  case unlimited
  /// The expiry can't be read.
  case unknown
}

/// How long ago a live token was used, counted back from the audit instant.
package enum LastUse: CaseIterable, Sendable {
  case upTo7Days, upTo30Days, upTo90Days, upTo180Days, upTo365Days, longer
  /// The API knows of no use.
  case never
  /// The date can't be read.
  case unknown
}

/// What live tokens reach by their scopes.
package struct TokenReach: Equatable, Sendable {
  /// For each product, how many tokens have which access as their strongest there. A token that reaches several products
  /// is counted in each.
  package internal(set) var products: [Product: [Access: Int]] = [:]
  /// Tokens without scopes, which may do whatever their owner may.
  package internal(set) var unscoped = 0
  /// Tokens whose scopes the API did not report.
  package internal(set) var unknown = 0

  /// The families of the scope catalogue.
  package enum Product: String, CaseIterable, Sendable {
    case jira, confluence, bitbucket, admin, platform
    /// Neither the catalogue nor the scope's name says.
    case unknown
  }

  /// In the order of strength. What is not known may be anything, so only administration outweighs it.
  package enum Access: String, CaseIterable, Comparable, Sendable {
    case read, write, delete, manage, unknown, admin

    package static func < (left: Access, right: Access) -> Bool { left.strength < right.strength }

    private var strength: Int {
      switch self {
      case .read: 0
      case .write: 1
      case .delete: 2
      case .manage: 3
      case .unknown: 4
      case .admin: 5
      }
    }
  }
}
