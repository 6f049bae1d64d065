package import Inventory

/// How the sandbox serves its organization.
package struct SandboxConfiguration: Sendable {
  package var organization: SandboxOrganization
  /// The port on loopback; 0 for any that is free.
  package var port: UInt16 = 0
  package var keys: [SandboxKey] = SandboxKey.all
  /// Whether the key lists demand `read:keys:admin`.
  package var needsKeyScope = false
  /// The largest page of the API Access lists; what is asked for beyond it is silently given as this.
  package var maximumPageSize = 1000
  package var rateLimit = RateLimit(requests: 100_000, periodMilliseconds: 60_000)
  /// What goes wrong.
  package var faults: Set<Fault> = []
  /// How much longer every answer takes.
  package var latency: Duration = .zero
  /// What the wall clock says, for the headers of answers.
  package var now: @Sendable () -> Instant

  package init(organization: SandboxOrganization, now: @escaping @Sendable () -> Instant) {
    self.organization = organization
    self.now = now
  }
}
