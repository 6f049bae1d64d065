package import Inventory

/// A live token or key that expires soon after the audit instant, whatever the policy says about it: whoever relies on
/// it has to know in time.
package struct Expiry: Sendable {
  package let resource: ResourceName
  package let expiresAt: Instant

  package init(resource: ResourceName, expiresAt: Instant) {
    self.resource = resource
    self.expiresAt = expiresAt
  }

  /// How far ahead a report looks.
  package static let days = 30
}
