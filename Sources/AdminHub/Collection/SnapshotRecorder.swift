package import Inventory

/// Writes what is collected to a snapshot file, page by page.
package actor SnapshotRecorder: CollectionSink {
  private var partial: PartialSnapshot

  package init(_ partial: consuming PartialSnapshot) { self.partial = partial }

  package func receive(_ page: Page, records: [Page.Record], progress: ListProgress, isFirst: Bool) throws {
    try partial.append(page.list, records.map(\.extent), of: page.body, progress: progress, isFirst: isFirst)
  }

  /// Where the lists go on of which an interrupted collection left something. Throws `PartialSnapshot.Failure`.
  package func resumptions() throws -> [CollectedList: ListResumption] {
    var seen = partial.progress.mapValues { SeenRecords(expected: $0.coverage.countBefore) }
    try partial.forEachRecord { list, scanner throws(JSONError) in
      let record = try Page.Record(&scanner)
      _ = seen[list]?.meet(RecordDigest(record, in: scanner))
    }
    var resumptions: [CollectedList: ListResumption] = [:]
    for (list, progress) in partial.progress {
      guard let seen = seen[list], seen.count == progress.coverage.records else {
        throw PartialSnapshot.Failure.notAPartialSnapshot
      }
      resumptions[list] = ListResumption(progress: progress, seen: seen)
    }
    return resumptions
  }

  /// When the collection began.
  package var header: SnapshotHeader { partial.header }

  /// Leaves no file when nothing has come.
  package func discardIfEmpty() throws { try partial.discardIfEmpty() }

  /// Puts the snapshot in its place.
  package func finish(coverage: [CollectedList: Coverage]) throws {
    try partial.finish(coverage: coverage)
  }
}
