/// What is remarkable about a token. Each kind is there for a rule to flag, or for one to pass although it looks alike.
enum TokenKind: CaseIterable {
  /// Scoped, short-lived and in use.
  case ordinary
  /// No expiry at all.
  case withoutExpiry
  /// `expiresAt` null, which says the same.
  case withNullExpiry
  /// Made for half a year or a year.
  case longLived
  /// Expires later than the platform lets a token live.
  case beyondPlatformLimit
  /// In use once, but not for months.
  case stale
  /// Never used, for longer than anybody needs to begin.
  case neverUsed
  /// Not used yet, and made a few days ago.
  case newAndUnused
  /// Without scopes: all permissions of its owner.
  case unscoped
  /// Its scopes are not in the answer, as in older ones: whether it is scoped is unknown.
  case scopesNotReported
  /// A scope for administrators.
  case privilegedScope
  /// Writes in several products.
  case writesInManyProducts
  /// Reads content, and can have changes sent elsewhere.
  case webhookAndContent
  /// More than twenty scopes.
  case manyScopes
  /// A scope that no catalogue has.
  case unknownScope
  /// Reads in two products: nothing to say against it.
  case readsInTwoProducts
  /// In use, and about to expire.
  case expiresSoon
  /// Not in use, and about to expire.
  case expiresSoonUnused
  /// Expired, and still listed as allowed.
  case expired
  /// Expired, and blocked before that.
  case expiredAndBlocked
  /// Refused by a policy, unscoped and without expiry, but not live.
  case blocked
  /// Refused by a policy for so long that somebody could have revoked it.
  case blockedLongAgo
  /// Its status is not in the answer.
  case withoutStatus
  /// Last active before it was made.
  case contradictoryDates
  /// A date that is none.
  case unreadableDate
  /// No id.
  case withoutID
  /// No owner, whose account was deleted.
  case withoutOwner
  /// An owner without an e-mail address.
  case ownerWithoutEmail
  /// An owner of another company.
  case ownerOfOtherDomain
  /// An owner that is nobody in particular.
  case sharedMailbox
  /// An owner who chose a hostile name.
  case hostileOwner
  /// A label that attacks whoever shows it.
  case hostileLabel
  /// No label.
  case withoutLabel
  /// An empty label.
  case emptyLabel
  /// A secret in its label.
  case credentialInLabel
  /// An integration's token under a person's account.
  case integrationLabel
  /// Replaced weeks ago by one with the same owner and label, and never revoked.
  case replaced
  /// What it was replaced by.
  case replacement
  /// Members that the reference does not know.
  case unknownMembers
}
