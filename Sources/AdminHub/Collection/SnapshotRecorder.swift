package import Inventory

/// Writes what is collected to a snapshot file, page by page.
package actor SnapshotRecorder: CollectionSink {
  private var partial: PartialSnapshot

  package init(_ partial: consuming PartialSnapshot) { self.partial = partial }

  package func receive(_ page: Page, records: [Page.Record]) throws {
    try partial.append(page.list, records.map(\.range), of: page.body, next: page.next)
  }

  /// Puts the snapshot in its place.
  package func finish(coverage: [CollectedList: Coverage]) throws {
    try partial.finish(coverage: coverage)
  }
}
