internal import Files

/// What a partial file holds: how far each list has come, and where in the file its records are.
struct PartialContents: Sendable {
  let header: SnapshotHeader
  private(set) var progress: [CollectedList: ListProgress] = [:]
  /// Where the record lines of each list's pages are, in the order of the pages.
  private(set) var pages: [CollectedList: [Range<Int>]] = [:]
  /// Where the last complete page ends.
  private(set) var length: Int

  init(header: SnapshotHeader, length: Int) {
    self.header = header
    self.length = length
  }

  /// Notes a page of which the file now has everything.
  ///
  /// - Parameters:
  ///   - records: where its record lines are; empty for a page without records.
  ///   - length: where its mark ends.
  ///   - isRestart: whether the list begins anew with it.
  mutating func add(
    _ list: CollectedList, _ progress: ListProgress, records: Range<Int>, length: Int, isRestart: Bool
  ) {
    if isRestart { pages[list] = nil }
    if !records.isEmpty { pages[list, default: []].append(records) }
    self.progress[list] = progress
    self.length = length
  }
}

extension PartialContents {
  /// Reads to the first line that is not whole, or not what a collection writes there: that is where it was
  /// interrupted. Nil when that is the header.
  static func read(_ path: String) throws(FileError) -> PartialContents? {
    var reader = try LineReader(path: path)
    guard let first = try reader.next(), reader.isTerminated,
      let value = try? JSONValue(parsing: Array(reader.block[first])),
      let header = SnapshotHeader(value)
    else { return nil }
    var contents = PartialContents(header: header, length: first.count + 1)
    var page = Page(start: contents.length)
    while let line = try reader.next(), reader.isTerminated {
      guard let isComplete = page.take(reader.block[line]) else { break }
      guard isComplete, let (list, progress) = page.mark else { continue }
      contents.add(
        list, progress, records: page.records, length: page.end, isRestart: page.restarted != nil)
      page = Page(start: page.end)
    }
    return contents
  }

  /// A page while its lines are read: first that its list begins anew, if it does, then its records, then its mark.
  private struct Page {
    private(set) var restarted: CollectedList?
    private(set) var mark: (list: CollectedList, progress: ListProgress)?
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
