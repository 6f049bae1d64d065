package import Files

/// A snapshot while it is collected: `FILE.partial`, to which pages of all lists are appended as they arrive, each
/// with a mark of how far its list has come. What is whole when the process ends stays whole.
package struct PartialSnapshot: ~Copyable {
  package let header: SnapshotHeader
  /// How far each list has come.
  package private(set) var progress: [CollectedList: ListProgress] = [:]
  private let destination: String
  private var file: AppendFile

  /// Where the partial file of the snapshot at `path` is.
  package static func partialPath(_ path: String) -> String { path + ".partial" }

  /// Begins the partial file of the snapshot that will be at `path`; what an earlier collection left there is dropped.
  package init(path: String, header: SnapshotHeader) throws(FileError) {
    var file = try AppendFile(path: Self.partialPath(path))
    try file.truncate(to: 0)
    try file.write(SnapshotEncoding.header(header))
    try file.flush()
    destination = path
    self.header = header
    self.file = file
  }

  /// Takes up what an interrupted collection left for the snapshot at `path`: everything up to the last complete page.
  /// What follows it is cut off. Throws ``Failure``; ``FileError/Reason/notFound`` when nothing was left.
  package init(resuming path: String, organizationID: String, apiBase: String?) throws(Failure) {
    let partialPath = Self.partialPath(path)
    do {
      // Opening it to be appended to would create one.
      _ = try LineReader(path: partialPath)
      // As long as it is open, no other process changes it.
      var file = try AppendFile(path: partialPath)
      guard file.length > 0 else { throw FileError(.open, partialPath, .notFound) }
      let contents = try Self.read(partialPath)
      // What a newer version collects, this one can't go on with.
      guard let contents, contents.header.unknownLists.isEmpty else { throw Failure.notAPartialSnapshot }
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

  private init(path: String, _ contents: Contents, _ file: consuming AppendFile) {
    destination = path
    header = contents.header
    progress = contents.progress
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

  /// What a partial file holds, and where its last complete page ends.
  private struct Contents {
    var header: SnapshotHeader
    var progress: [CollectedList: ListProgress] = [:]
    var length: Int
  }

  /// Reads to the first line that is not whole, which is where the collection was interrupted; nil when that is the
  /// header.
  private static func read(_ path: String) throws(FileError) -> Contents? {
    var reader = try LineReader(path: path)
    guard let first = try reader.next(), reader.isTerminated,
      let value = try? JSONValue(parsing: Array(reader.block[first])),
      let header = SnapshotHeader(value)
    else { return nil }
    var offset = first.count + 1
    var contents = Contents(header: header, length: offset)
    while let line = try reader.next(), reader.isTerminated {
      let bytes = Array(reader.block[line])
      offset += bytes.count + 1
      if SnapshotEncoding.list(ofRecordLine: bytes) != nil { continue }
      guard let value = try? JSONValue(parsing: bytes), let (list, progress) = SnapshotEncoding.pageMark(value) else {
        break
      }
      contents.progress[list] = progress
      contents.length = offset
    }
    return contents
  }

  /// Appends one page: its records, then the mark of how far the list has come with them.
  package mutating func append(
    _ list: CollectedList, _ records: [Range<Int>], of body: [UInt8], progress: ListProgress
  ) throws(FileError) {
    let scanner = JSONScanner(body)
    var lines: [UInt8] = []
    lines.reserveCapacity(body.count + records.count * 32)
    for record in records { SnapshotEncoding.appendRecord(list, record, of: scanner, to: &lines) }
    lines += SnapshotEncoding.pageMark(list, progress)
    try file.write(lines)
    try file.flush()
    self.progress[list] = progress
  }

  /// Removes the file when no page has come: there is nothing to resume then.
  package mutating func discardIfEmpty() throws(FileError) {
    if progress.isEmpty { try removeFile(Self.partialPath(destination)) }
  }

  /// Hands out every record in the file, the scanner before its first byte.
  package func forEachRecord(
    _ body: (CollectedList, inout JSONScanner) throws(JSONError) -> Void
  ) throws(Failure) {
    do {
      var reader = try LineReader(path: Self.partialPath(destination))
      while let line = try reader.next() {
        let bytes = Array(reader.block[line])
        guard let list = SnapshotEncoding.list(ofRecordLine: bytes) else { continue }
        var scanner = JSONScanner(bytes, in: SnapshotEncoding.recordRange(list, inLine: bytes))
        try body(list, &scanner)
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
    try file.flush()
    var reader = try LineReader(path: Self.partialPath(destination))
    var snapshot = try AtomicFile(path: destination)
    try snapshot.write(SnapshotEncoding.header(header))
    var later: [CollectedList: [UInt8]] = [:]
    while let line = try reader.next() {
      let bytes = Array(reader.block[line])
      guard let list = SnapshotEncoding.list(ofRecordLine: bytes) else { continue }
      if list == .apiTokens {
        try snapshot.write(bytes)
        try snapshot.write([0x0A])
      } else {
        later[list, default: []] += bytes + [0x0A]
      }
    }
    for list in CollectedList.allCases { try snapshot.write(later[list] ?? []) }
    try snapshot.write(SnapshotEncoding.trailer(coverage))
    try snapshot.commit()
    try removeFile(Self.partialPath(destination))
  }
}
