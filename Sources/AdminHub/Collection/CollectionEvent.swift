package import Inventory

/// What happens while an organization is collected, for progress.
package enum CollectionEvent: Sendable {
  /// A page has arrived: records so far, and how many the API's count promises.
  case page(CollectedList, records: Int, expected: Int?)
  /// Requests wait before they are sent, or sent again.
  case waiting(milliseconds: Int64, until: Instant, reason: String)
  case finished(CollectedList, Coverage)
}

/// Takes the pages of all lists as they arrive.
package protocol CollectionSink: Sendable {
  /// - Parameters:
  ///   - records: those of the page that have not been met before.
  ///   - progress: how far the list has come with this page.
  func receive(_ page: Page, records: [Page.Record], progress: ListProgress) async throws
}

/// Where an interrupted collection of a list goes on.
package struct ListResumption: Sendable {
  let progress: ListProgress
  let seen: SeenRecords
}

/// What came of a collection.
package struct CollectionResult: Sendable {
  package let coverage: [CollectedList: Coverage]
  /// Lists that were being read when a request failed for good: they can be taken up where they are.
  package let interrupted: [CollectedList]
}
