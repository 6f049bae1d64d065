package import Inventory

/// What happens while an organization is collected, for progress.
package enum CollectionEvent: Sendable {
  /// A page has arrived: records so far, and how many the API's count promises.
  case page(CollectedList, records: Int, expected: Int?)
  /// A request waits before it is sent again.
  case waiting(milliseconds: Int64, reason: String)
  case finished(CollectedList, Coverage)
}

/// Takes the pages of all lists as they arrive. A page's duplicates have been left out.
package protocol CollectionSink: Sendable {
  func receive(_ page: Page, records: [Page.Record]) async throws
}
