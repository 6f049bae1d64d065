package import Files

/// A snapshot while it is collected: `FILE.partial`, to which pages of all lists are appended as they arrive, each
/// with a mark of how far its list has come. What is whole when the process ends stays whole.
///
/// The records of tokens, of which there are many, go to a file beside it that becomes the snapshot in the end: they
/// are written once.
package struct PartialSnapshot: ~Copyable {
  private let destination: String
  private var file: AppendFile
  /// The snapshot's header, and the tokens' pages.
  private var tokens: AppendFile
  private var contents: PartialContents

  package var header: SnapshotHeader { contents.header }
  /// How far each list has come.
  package var progress: [CollectedList: ListProgress] { contents.progress }

  /// Where the partial file of the snapshot at `path` is.
  package static func partialPath(_ path: String) -> String { path + ".partial" }

  /// Where the tokens are that belong to the partial file at `path`.
  package static func tokensPath(ofPartial path: String) -> String { path + ".tokens" }

  /// Begins the partial file of the snapshot that will be at `path`; what an earlier collection left there is dropped.
  package init(path: String, header: SnapshotHeader) throws(FileError) {
    let partialPath = Self.partialPath(path)
    var file = try AppendFile(path: partialPath)
    var tokens = try AppendFile(path: Self.tokensPath(ofPartial: partialPath))
    try file.truncate(to: 0)
    try Self.begin(&tokens, header)
    try file.write(SnapshotEncoding.header(header))
    try file.flush()
    self.init(path: path, PartialContents(header: header, length: file.length), file, tokens)
  }

  /// Takes up what an interrupted collection left for the snapshot at `path`: everything up to the last complete page.
  /// What follows it is cut off. Throws ``Failure``; ``FileError/Reason/notFound`` when nothing was left.
  package init(resuming path: String, organizationID: String, apiBase: String?) throws(Failure) {
    let partialPath = Self.partialPath(path)
    let tokensPath = Self.tokensPath(ofPartial: partialPath)
    do {
      // As long as it is open, no other process changes it, or the file of the tokens.
      var file = try AppendFile(path: partialPath, creating: false)
      guard file.length > 0 else { throw FileError(.open, partialPath, .notFound) }
      // What a newer version collects, this one can't go on with.
      guard let contents = try PartialContents.read(partialPath, tokens: tokensPath),
        contents.header.unknownLists.isEmpty
      else { throw Failure.notAPartialSnapshot }
      guard contents.header.organizationID == organizationID, contents.header.apiBase == apiBase else {
        throw Failure.otherOrganization(contents.header)
      }
      var tokens = try AppendFile(path: tokensPath)
      try file.truncate(to: contents.length)
      if contents.hasTokens {
        try tokens.truncate(to: contents.tokensLength)
      } else {
        try Self.begin(&tokens, contents.header)
      }
      self.init(path: path, contents, file, tokens)
    } catch let error as FileError {
      throw .file(error)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw .notAPartialSnapshot
    }
  }

  private init(
    path: String, _ contents: PartialContents, _ file: consuming AppendFile, _ tokens: consuming AppendFile
  ) {
    destination = path
    self.contents = contents
    self.file = file
    self.tokens = tokens
  }

  private static func begin(_ tokens: inout AppendFile, _ header: SnapshotHeader) throws(FileError) {
    try tokens.truncate(to: 0)
    try tokens.write(SnapshotEncoding.header(header))
    try tokens.flush()
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
    let isOfTokens = list == .apiTokens
    let offset = isOfTokens ? tokens.length : file.length
    var lines: [UInt8] = []
    lines.reserveCapacity(body.count + records.count * 32)
    if isRestart { lines += SnapshotEncoding.restart(list) }
    let start = lines.count
    SnapshotEncoding.appendRecords(list, records, of: scanner, to: &lines)
    let range = (offset + start)..<(offset + lines.count)
    if isOfTokens {
      try tokens.write(lines)
      // A mark must not be there before what it marks.
      try tokens.flush()
      lines = isRestart ? SnapshotEncoding.restart(list) : []
    }
    lines += SnapshotEncoding.pageMark(list, progress, tokenLines: isOfTokens ? range : nil)
    try file.write(lines)
    try file.flush()
    contents.add(
      list, progress, lines: PartialContents.PageLines(file: isOfTokens ? .tokens : .partial, range: range),
      length: file.length, isRestart: isRestart)
  }

  /// Removes the files when no page has come: there is nothing to resume then.
  package mutating func discardIfEmpty() throws(FileError) {
    if progress.isEmpty { try removeFiles(durably: true) }
  }

  private func removeFiles(durably: Bool) throws(FileError) {
    let partialPath = Self.partialPath(destination)
    try removeFile(Self.tokensPath(ofPartial: partialPath), durably: durably)
    try removeFile(partialPath, durably: durably)
  }

  private func pages(of lists: [CollectedList]) -> [PartialContents.PageLines] {
    lists.flatMap { contents.pages[$0] ?? [] }
  }

  private func read(_ page: PartialContents.PageLines) throws(FileError) -> [UInt8] {
    switch page.file {
    case .partial: try file.read(page.range)
    case .tokens: try tokens.read(page.range)
    }
  }

  /// Hands out every record in the files, list by list, the scanner before its first byte.
  package func forEachRecord(
    _ body: (CollectedList, inout JSONScanner) throws(JSONError) -> Void
  ) throws(Failure) {
    do {
      for (list, pages) in contents.pages {
        for page in pages {
          let bytes = try read(page)
          for line in bytes.split(separator: 0x0A) {
            // Nobody has looked into the file of the tokens yet.
            guard SnapshotEncoding.list(ofRecordLine: line) == list, line.last == UInt8(ascii: "}") else {
              throw Failure.notAPartialSnapshot
            }
            var scanner = JSONScanner(bytes, in: SnapshotEncoding.recordRange(list, inLine: line.indices))
            try body(list, &scanner)
            try scanner.finish()
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
    if contents.beginsWithTokensFile, tokens.length == contents.tokensLength {
      for page in pages(of: CollectedList.allCases.filter { $0 != .apiTokens }) { try tokens.write(read(page)) }
      try tokens.write(SnapshotEncoding.trailer(coverage))
      try tokens.move(to: destination)
    } else {
      // The tokens began anew, or an earlier version collected some of them.
      var snapshot = try AtomicFile(path: destination)
      try snapshot.write(SnapshotEncoding.header(header))
      for page in pages(of: CollectedList.allCases) { try snapshot.write(read(page)) }
      try snapshot.write(SnapshotEncoding.trailer(coverage))
      try snapshot.commit()
    }
    // Those that a power failure brings back are as good as after a kill right here.
    try removeFiles(durably: false)
  }
}
