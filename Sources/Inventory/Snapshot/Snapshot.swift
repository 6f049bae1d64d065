/// Everything that was collected from one organization.
package struct Snapshot: Sendable {
  package let header: SnapshotHeader
  package let tokens: TokenTable
  package let keys: [APIKey]
  package let policies: [OrganizationPolicy]
  /// One entry for each list that was asked for.
  package let coverage: [CollectedList: Coverage]

  package init(
    header: SnapshotHeader, tokens: TokenTable, keys: [APIKey], policies: [OrganizationPolicy],
    coverage: [CollectedList: Coverage]
  ) {
    self.header = header
    self.tokens = tokens
    self.keys = keys
    self.policies = policies
    self.coverage = coverage
  }

  /// The list's coverage; a list that nothing is known of was not asked for.
  package func coverage(of list: CollectedList) -> Coverage {
    coverage[list] ?? Coverage(state: .unavailable("it was not asked for"))
  }
}

/// Where and when a snapshot was taken: the first line of its file.
package struct SnapshotHeader: Hashable, Sendable {
  /// The only version of the file format so far.
  package static let currentFormatVersion = 1

  package let organizationID: String
  /// When the collection began.
  package let collectedAt: Instant
  package let toolVersion: String
  /// The host that answered, when it was not Atlassian's own.
  package let apiBase: String?
  /// The optional lists that were asked for, in the order of the snapshot file.
  package let included: [CollectedList]
  /// Names of lists that were asked for and that this tool does not know: those of a newer one.
  let unknownLists: [String]

  package init(
    organizationID: String, collectedAt: Instant, toolVersion: String, apiBase: String?,
    including optional: Set<CollectedList> = []
  ) {
    self.init(
      organizationID: organizationID, collectedAt: collectedAt, toolVersion: toolVersion, apiBase: apiBase,
      listNames: optional.map(\.rawValue))
  }

  /// - Parameter listNames: names of the optional lists, in any order.
  init(organizationID: String, collectedAt: Instant, toolVersion: String, apiBase: String?, listNames: [String]) {
    self.organizationID = organizationID
    self.collectedAt = collectedAt
    self.toolVersion = toolVersion
    self.apiBase = apiBase
    included = CollectedList.optional.filter { listNames.contains($0.rawValue) }
    unknownLists = listNames.filter { CollectedList(rawValue: $0) == nil }
  }

  /// The lists that were asked for, in the order of the snapshot file.
  package var lists: [CollectedList] { CollectedList.always + included }
}
