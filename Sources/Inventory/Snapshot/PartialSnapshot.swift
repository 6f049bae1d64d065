package import Files

/// A snapshot while it is collected: `FILE.partial`, to which pages of all lists are appended as they arrive, each
/// with a mark of how far its list has come. What is whole when the process ends stays whole.
package struct PartialSnapshot: ~Copyable {
  private let destination: String
  private var file: AppendFile
  private var contents: PartialContents

  package var header: SnapshotHeader { contents.header }
  /// How far each list has come.
  package var progress: [CollectedList: ListProgress] { contents.progress }

  /// Where the partial file of the snapshot at `path` is.
  package static func partialPath(_ path: String) -> String { path + ".partial" }

  /// Begins the partial file of the snapshot that will be at `path`; what an earlier collection left there is dropped.
  package init(path: String, header: SnapshotHeader) throws(FileError) {
    var file = try AppendFile(path: Self.partialPath(path))
    try file.truncate(to: 0)
    try file.write(SnapshotEncoding.header(header))
    try file.flush()
    destination = path
    contents = PartialContents(header: header, length: file.length)
    self.file = file
  }

  /// Takes up what an interrupted collection left for the snapshot at `path`: everything up to the last complete page.
  /// What follows it is cut off. Throws ``Failure``; ``FileError/Reason/notFound`` when nothing was left.
  package init(resuming path: String, organizationID: String, apiBase: String?) throws(Failure) {
    let partialPath = Self.partialPath(path)
    do {
      // As long as it is open, no other process changes it.
      var file = try AppendFile(path: partialPath, creating: false)
      guard file.length > 0 else { throw FileError(.open, partialPath, .notFound) }
      // What a newer version collects, this one can't go on with.
      guard let contents = try PartialContents.read(partialPath), contents.header.unknownLists.isEmpty else {
        throw Failure.notAPartialSnapshot
      }
      guard contents.header.organizationID == organizationID, contents.header.apiBase == apiBase else {
        throw Failure.otherOrganization(contents.header)
      }
      try file.truncate(to: contents.length)
      self.init(path: path, contents, file)
    } catch let error as FileError {
      throw .file(error)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw .notAPartialSnapshot
    }
  }

  private init(path: String, _ contents: PartialContents, _ file: consuming AppendFile) {
    destination = path
    self.contents = contents
    self.file = file
  }

  /// Why an interrupted collection can't be taken up.
  package enum Failure: Error {
    case file(FileError)
    /// The file has no header of this format: it is nothing that a collection left.
    case notAPartialSnapshot
    /// It is of another organization, or came from another host.
    case otherOrganization(SnapshotHeader)
  }

  /// Appends one page: its records, then the mark of how far the list has come with them.
  ///
  /// - Parameter isFirst: whether the list begins with this page; what was appended of the list before no longer counts.
  package mutating func append(
    _ list: CollectedList, _ records: [JSONExtent], of body: [UInt8], progress: ListProgress, isFirst: Bool
  ) throws(FileError) {
    let scanner = JSONScanner(body)
    let isRestart = isFirst && contents.progress[list] != nil
    var lines: [UInt8] = []
    lines.reserveCapacity(body.count + records.count * 32)
    if isRestart { lines += SnapshotEncoding.restart(list) }
    let start = lines.count
    SnapshotEncoding.appendRecords(list, records, of: scanner, to: &lines)
    let end = lines.count
    lines += SnapshotEncoding.pageMark(list, progress)
    let offset = file.length
    try file.write(lines)
    try file.flush()
    contents.add(
      list, progress, records: (offset + start)..<(offset + end), length: file.length, isRestart: isRestart)
  }

  /// Removes the file when no page has come: there is nothing to resume then.
  package mutating func discardIfEmpty() throws(FileError) {
    if progress.isEmpty { try removeFile(Self.partialPath(destination)) }
  }

  /// Hands out every record in the file, list by list, the scanner before its first byte.
  package func forEachRecord(
    _ body: (CollectedList, inout JSONScanner) throws(JSONError) -> Void
  ) throws(Failure) {
    do {
      for (list, pages) in contents.pages {
        for page in pages {
          let bytes = try file.read(page)
          for line in bytes.split(separator: 0x0A) {
            var scanner = JSONScanner(bytes, in: SnapshotEncoding.recordRange(list, inLine: line.indices))
            try body(list, &scanner)
          }
        }
      }
    } catch let error as FileError {
      throw .file(error)
    } catch {
      throw .notAPartialSnapshot
    }
  }

  /// Writes the snapshot: the records list by list in the order of their pages, and the trailer. The partial file is
  /// removed once the snapshot is in its place.
  package mutating func finish(coverage: [CollectedList: Coverage]) throws(FileError) {
    var snapshot = try AtomicFile(path: destination)
    try snapshot.write(SnapshotEncoding.header(header))
    for list in CollectedList.allCases {
      for page in contents.pages[list] ?? [] { try snapshot.write(file.read(page)) }
    }
    try snapshot.write(SnapshotEncoding.trailer(coverage))
    try snapshot.commit()
    // One that a power failure brings back is as good as one that was killed right here.
    try removeFile(Self.partialPath(destination), durably: false)
  }
}
