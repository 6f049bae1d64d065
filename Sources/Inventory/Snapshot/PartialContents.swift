internal import Files

/// What a partial file holds: how far each list has come, and where its records are.
struct PartialContents: Sendable {
  /// The record lines of one page.
  struct PageLines: Hashable, Sendable {
    enum File: Hashable, Sendable {
      case partial
      /// The one beside it, for tokens.
      case tokens
    }

    let file: File
    let range: Range<Int>
  }

  let header: SnapshotHeader
  private(set) var progress: [CollectedList: ListProgress] = [:]
  /// The lines of each list's pages, in the order of the pages.
  private(set) var pages: [CollectedList: [PageLines]] = [:]
  /// Where the last complete page ends in the partial file.
  private(set) var length: Int
  /// Where it ends in the file of the tokens, which begins with the snapshot's header.
  private(set) var tokensLength: Int

  init(header: SnapshotHeader, length: Int) {
    self.header = header
    self.length = length
    tokensLength = SnapshotEncoding.header(header).count
  }

  /// Notes a page of which the files now have everything.
  ///
  /// - Parameters:
  ///   - lines: its records; of no length for a page without records.
  ///   - length: where its mark ends.
  ///   - isRestart: whether the list begins anew with it.
  mutating func add(
    _ list: CollectedList, _ progress: ListProgress, lines: PageLines, length: Int, isRestart: Bool
  ) {
    if isRestart { pages[list] = nil }
    if !lines.range.isEmpty { pages[list, default: []].append(lines) }
    if lines.file == .tokens { tokensLength = lines.range.upperBound }
    self.progress[list] = progress
    self.length = length
  }

  /// Whether there is more than the header in the file of the tokens.
  var hasTokens: Bool { tokensLength > SnapshotEncoding.header(header).count }

  /// Whether the file of the tokens is what the snapshot begins with: its header, and all tokens that count.
  var beginsWithTokensFile: Bool {
    var end = SnapshotEncoding.header(header).count
    for page in pages[.apiTokens] ?? [] {
      guard page.file == .tokens, page.range.lowerBound == end else { return false }
      end = page.range.upperBound
    }
    return end == tokensLength
  }
}

extension PartialContents {
  /// Reads to the first line that is not whole, or not what a collection writes there: that is where it was
  /// interrupted. Nil when that is the header.
  ///
  /// - Parameter tokensPath: the file of the tokens; a page that it does not have is not complete.
  static func read(_ path: String, tokens tokensPath: String) throws(FileError) -> PartialContents? {
    var reader = try LineReader(path: path)
    guard let first = try reader.next(), reader.isTerminated,
      let value = try? JSONValue(parsing: Array(reader.block[first])),
      let header = SnapshotHeader(value)
    else { return nil }
    var contents = PartialContents(header: header, length: first.count + 1)
    let tokensLength = try Self.tokensLength(tokensPath, header)
    var page = Page(start: contents.length)
    while let line = try reader.next(), reader.isTerminated {
      guard let isComplete = page.take(reader.block[line]) else { break }
      guard isComplete, let mark = page.mark else { continue }
      var lines = PageLines(file: .partial, range: page.records)
      if let tokenLines = mark.tokenLines {
        guard page.records.isEmpty, tokenLines.lowerBound >= contents.tokensLength,
          tokenLines.upperBound <= tokensLength
        else { break }
        lines = PageLines(file: .tokens, range: tokenLines)
      }
      contents.add(mark.list, mark.progress, lines: lines, length: page.end, isRestart: page.restarted != nil)
      page = Page(start: page.end)
    }
    return contents
  }

  /// How long the file of the tokens is; 0 when there is none, or one that does not begin with the header.
  private static func tokensLength(_ path: String, _ header: SnapshotHeader) throws(FileError) -> Int {
    guard fileExists(path) else { return 0 }
    let line = SnapshotEncoding.header(header)
    let file = try MappedFile(path: path)
    return file.withBytes { bytes in
      bytes.count >= line.count && line.indices.allSatisfy { bytes[$0] == line[$0] } ? bytes.count : 0
    }
  }

  /// A page while its lines are read: first that its list begins anew, if it does, then its records, then its mark.
  private struct Page {
    private(set) var restarted: CollectedList?
    private(set) var mark: SnapshotEncoding.PageMark?
    private(set) var records: Range<Int>
    /// Where the last line ends.
    private(set) var end: Int
    private var list: CollectedList?

    init(start: Int) {
      records = start..<start
      end = start
    }

    /// Takes the next line; true when it completes the page, nil when it is no line of this page.
    mutating func take(_ line: ArraySlice<UInt8>) -> Bool? {
      end += line.count + 1
      if let list = SnapshotEncoding.list(ofRecordLine: line) {
        records = records.lowerBound..<end
        return belongs(to: list) ? false : nil
      }
      guard let value = try? JSONValue(parsing: Array(line)) else { return nil }
      if let list = SnapshotEncoding.restart(value), self.list == nil {
        restarted = list
        records = end..<end
        return belongs(to: list) ? false : nil
      }
      mark = SnapshotEncoding.pageMark(value)
      return mark.map { belongs(to: $0.list) } == true ? true : nil
    }

    /// A page is of one list.
    private mutating func belongs(to list: CollectedList) -> Bool {
      defer { self.list = list }
      return self.list == nil || self.list == list
    }
  }
}
