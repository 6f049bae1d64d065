package import Files

/// A snapshot while it is collected: `FILE.partial`, to which pages of all lists are appended as they arrive, each
/// with a mark of where its list goes on. What is whole when the process ends stays whole.
package struct PartialSnapshot: ~Copyable {
  private let destination: String
  private let header: SnapshotHeader
  private var file: AppendFile

  private static func partialPath(_ path: String) -> String { path + ".partial" }

  /// Begins the partial file of the snapshot that will be at `path`; what an earlier collection left there is dropped.
  package init(path: String, header: SnapshotHeader) throws(FileError) {
    var file = try AppendFile(path: Self.partialPath(path))
    try file.truncate(to: 0)
    try file.write(SnapshotEncoding.header(header))
    destination = path
    self.header = header
    self.file = file
  }

  /// Appends one page: its records, then the mark with the cursor of the next page, which is nil on the last.
  package mutating func append(
    _ list: CollectedList, _ records: [Range<Int>], of body: [UInt8], next: String?
  ) throws(FileError) {
    let scanner = JSONScanner(body)
    var lines: [UInt8] = []
    lines.reserveCapacity(body.count + records.count * 32)
    for record in records { SnapshotEncoding.appendRecord(list, record, of: scanner, to: &lines) }
    lines += SnapshotEncoding.pageMark(list, next: next)
    try file.write(lines)
    try file.flush()
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
