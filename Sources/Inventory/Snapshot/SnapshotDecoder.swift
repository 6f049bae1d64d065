/// Turns the lines of a snapshot file into a `Snapshot`.
///
/// Every deviation from the format is an error with its line: a snapshot that was altered or cut must not be audited
/// as if it were whole.
package struct SnapshotDecoder: Sendable {
  private var header: SnapshotHeader?
  private var builder: SnapshotBuilder
  private var trailer: [CollectedList: Coverage]?
  private var currentList = CollectedList.apiTokens
  /// How many records are of lists that only a newer tool knows.
  private var unknownRecords = 0
  private var line = 0
  /// Whether page marks were met, which only a collection that has not ended leaves.
  private var isPartialFile = false

  package init() { builder = SnapshotBuilder() }

  /// - Parameter vocabulary: what appended segments refer to.
  init(vocabulary: TokenVocabularyBuilder) { builder = SnapshotBuilder(vocabulary: vocabulary) }

  /// Takes the next line, without its line feed. Throws `SnapshotError.notASnapshot` or `.malformed`.
  package mutating func decode(_ bytes: [UInt8], in range: Range<Int>) throws(SnapshotError) {
    line += 1
    guard trailer == nil else { throw malformed("there is text after the trailer") }
    var scanner = JSONScanner(bytes, in: range)
    do throws(JSONError) {
      try decodeLine(&scanner)
    } catch {
      if line == 1 { throw .notASnapshot("its first line is not a snapshot's header") }
      throw malformed("\(error.message) (column \(error.offset - range.lowerBound + 1))")
    }
    if let unknownFormatVersion { throw .unknownFormatVersion(unknownFormatVersion) }
  }

  /// Takes lines of tokens that have been read already. Throws as `decode(_:in:)` does for the first of them.
  mutating func append(_ segment: TokenSegment) throws(SnapshotError) {
    guard header != nil, trailer == nil, currentList == .apiTokens || isPartialFile else {
      let line = Array(TokenLine.prefix.utf8) + Array("{}}".utf8)
      return try decode(line, in: 0..<line.count)
    }
    currentList = .apiTokens
    line += segment.count
    builder.append(segment)
  }

  /// Notes that the file ends inside a line: it is no snapshot when that is its first line, and incomplete otherwise.
  package mutating func noteCutLine() throws(SnapshotError) {
    line += 1
    guard line > 1 else { throw .notASnapshot("its first line is not a snapshot's header") }
    guard trailer == nil else { throw malformed("there is text after the trailer") }
  }

  /// The snapshot. Throws `SnapshotError.incomplete` when the trailer is missing, unless `allowPartial`: then every
  /// list is partial.
  package consuming func finish(allowPartial: Bool) throws(SnapshotError) -> Snapshot {
    guard let header else { throw .notASnapshot("it is empty") }
    if let trailer { return builder.build(header: header, coverage: trailer) }
    guard allowPartial else { throw .incomplete }
    let counts = builder.counts
    let coverage = header.lists.map {
      ($0, Coverage(state: .partial("the snapshot ends before its trailer"), records: counts[$0] ?? 0))
    }
    return builder.build(header: header, coverage: Dictionary(uniqueKeysWithValues: coverage))
  }

  private mutating func decodeLine(_ scanner: inout JSONScanner) throws(JSONError) {
    if line == 1 { return try decodeHeader(&scanner) }
    let start = try scanner.startOfValue()
    var kind: String?
    var members: Set<String> = []
    try scanner.readObject { scanner, key throws(JSONError) in
      let valueStart = try scanner.startOfValue()
      let name = scanner.text(key)
      guard members.insert(name).inserted else { throw JSONError("a member stands twice", at: valueStart) }
      switch (name, kind) {
      case ("kind", nil): kind = try scanner.readText()
      case ("record", let kind?): try decodeRecord(kind, &scanner, at: valueStart)
      // The marks of a partial file are for its collection alone.
      case (_, "page"), (_, "restart"): try scanner.skipValue()
      case ("counts", "trailer") where !isPartialFile, ("coverage", "trailer") where !isPartialFile:
        try scanner.skipValue()
      default: throw JSONError("an unexpected member", at: valueStart)
      }
    }
    let end = scanner.position
    try scanner.finish()
    switch kind {
    case "trailer":
      var again = JSONScanner(scanner.bytes, in: start..<end)
      trailer = try coverage(in: try again.readValue(), at: start)
    case "page": isPartialFile = true
    case "restart":
      isPartialFile = true
      var again = JSONScanner(scanner.bytes, in: start..<end)
      guard let list = SnapshotEncoding.restart(try again.readValue()) else {
        throw JSONError("no list that begins anew", at: start)
      }
      builder.removeAll(of: list)
    default:
      guard members.contains("record") else { throw JSONError("not a record and not the trailer", at: start) }
    }
  }

  private mutating func decodeRecord(
    _ kind: String, _ scanner: inout JSONScanner, at offset: Int
  ) throws(JSONError) {
    guard let header, let list = CollectedList.allCases.first(where: { $0.recordKind == kind }) else {
      guard header?.unknownLists.isEmpty == false else { throw JSONError("a record of an unknown kind", at: offset) }
      _ = try scanner.skipValue()
      unknownRecords += 1
      return
    }
    guard header.lists.contains(list) else {
      throw JSONError("a record of \(list.title), which the header does not include", at: offset)
    }
    guard currentList <= list || isPartialFile else {
      throw JSONError("a record of \(list.title) stands after a later list", at: offset)
    }
    currentList = list
    _ = try builder.append(list, &scanner)
  }

  private mutating func decodeHeader(_ scanner: inout JSONScanner) throws(JSONError) {
    let value = try scanner.readValue()
    try scanner.finish()
    guard value["kind"]?.string == "header", let version = value["formatVersion"]?.integer else {
      throw JSONError("not a snapshot's header", at: 0)
    }
    guard version == SnapshotHeader.currentFormatVersion else {
      unknownFormatVersion = version
      return
    }
    guard let header = SnapshotHeader(value) else { throw JSONError("not a snapshot's header", at: 0) }
    self.header = header
  }

  private var unknownFormatVersion: Int?

  private func coverage(in value: JSONValue, at offset: Int) throws(JSONError) -> [CollectedList: Coverage] {
    var coverage: [CollectedList: Coverage] = [:]
    let counts = builder.counts
    for list in header?.lists ?? [] {
      guard let entry = value["coverage"]?[list.rawValue], let read = Coverage(entry) else {
        throw JSONError("the trailer has no coverage of \(list.title)", at: offset)
      }
      let count = counts[list] ?? 0
      guard read.records == count, value["counts"]?[list.rawValue]?.integer == count else {
        throw JSONError(
          "the trailer counts \(read.records) \(list.title), but the file holds \(count)", at: offset)
      }
      // The collector calls a list complete only when the API did not count more.
      if read.isComplete, let least = [read.countBefore, read.countAfter].compactMap(\.self).min(), read.records < least
      {
        throw JSONError(
          "the trailer calls \(read.records) \(list.title) complete, but the API counted \(least)", at: offset)
      }
      coverage[list] = read
    }
    let unknownCount = (header?.unknownLists ?? []).reduce(0) { $0 + (value["counts"]?[$1]?.integer ?? 0) }
    guard unknownRecords == unknownCount else {
      throw JSONError(
        "the trailer counts \(unknownCount) records of lists that this version does not know, but the file holds "
          + "\(unknownRecords)", at: offset)
    }
    return coverage
  }

  private func malformed(_ message: String) -> SnapshotError { .malformed(line: line, message) }
}

/// Why a file can't be audited as a snapshot.
package enum SnapshotError: Error, Equatable, Sendable {
  /// It is something else.
  case notASnapshot(String)
  /// It is one, but a line of it is not what the format says.
  case malformed(line: Int, String)
  /// It is one of a format version that this tool does not know.
  case unknownFormatVersion(Int)
  /// Its trailer is missing: the collection that wrote it did not end.
  case incomplete
}

extension JSONScanner {
  /// Consumes a string and returns its text.
  mutating func readText() throws(JSONError) -> String {
    skipWhitespace()
    return text(try readString())
  }
}
