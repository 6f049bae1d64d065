package import Inventory

/// What happens while an organization is collected, for progress.
package enum CollectionEvent: Sendable {
  /// A page has arrived: records so far, and how many the API's count promises.
  case page(CollectedList, records: Int, expected: Int?)
  /// Requests wait before they are sent, or sent again: those of one list, or all of them.
  case waiting(CollectedList?, milliseconds: Int64, until: Instant, reason: String)
  /// An interrupted list can't be taken up where it was, so that it is read from its beginning; the text says why.
  case restarted(CollectedList, reason: String)
  case finished(CollectedList, Coverage)
}

/// Takes the pages of all lists as they arrive.
package protocol CollectionSink: Sendable {
  /// - Parameters:
  ///   - records: those of the page that have not been met before.
  ///   - progress: how far the list has come with this page.
  ///   - isFirst: whether the list begins with it. What was received of the list before no longer counts then: that
  ///     happens to a list that was resumed.
  func receive(_ page: Page, records: [Page.Record], progress: ListProgress, isFirst: Bool) async throws
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
  /// Lists for which the API refused the key.
  package let refused: [CollectedList]
}
