package import Inventory

/// Keeps what is collected in memory, for an audit that needs no file.
package actor SnapshotMemory: CollectionSink {
  private var builder = SnapshotBuilder()

  package init() {}

  package func receive(_ page: Page, records: [Page.Record], progress: ListProgress, isFirst: Bool) throws {
    if isFirst { builder.removeAll(of: page.list) }
    for record in records {
      var scanner = JSONScanner(page.body, in: record.extent.range)
      _ = try builder.append(page.list, &scanner)
    }
  }

  /// The snapshot of everything received.
  package func snapshot(header: SnapshotHeader, coverage: [CollectedList: Coverage]) -> Snapshot {
    builder.build(header: header, coverage: coverage)
  }
}
