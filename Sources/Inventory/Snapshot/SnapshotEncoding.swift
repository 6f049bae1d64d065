/// The lines of a snapshot file (JSON Lines): header, records list by list, trailer.
package enum SnapshotEncoding {
  package static func header(_ header: SnapshotHeader) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.string("kind", "header")
      writer.integer("formatVersion", SnapshotHeader.currentFormatVersion)
      writer.string("organizationId", header.organizationID)
      writer.string("collectedAt", header.collectedAt.text)
      writer.string("toolVersion", header.toolVersion)
      if let apiBase = header.apiBase { writer.string("apiBase", apiBase) }
      if !header.included.isEmpty { writer.strings("include", header.included.map(\.rawValue)) }
    }
    writer.newline()
    return writer.bytes
  }

  /// Appends the line of each record, its tokens as they came, without the white space between them.
  static func appendRecords(
    _ list: CollectedList, _ records: [JSONExtent], of scanner: JSONScanner, to output: inout [UInt8]
  ) {
    let prefix = Array(recordPrefix(list).utf8)
    for record in records {
      output.append(contentsOf: prefix)
      scanner.appendMinified(record, to: &output)
      output.append(UInt8(ascii: "}"))
      output.append(0x0A)
    }
  }

  private static func recordPrefix(_ list: CollectedList) -> String { #"{"kind":"\#(list.recordKind)","record":"# }

  /// The list of a line that `appendRecords` wrote; nil for a line of another kind.
  static func list(ofRecordLine line: ArraySlice<UInt8>) -> CollectedList? {
    CollectedList.allCases.first { line.starts(with: recordPrefix($0).utf8) }
  }

  /// Where the record is in a line that `appendRecords` wrote, without its line feed.
  static func recordRange(_ list: CollectedList, inLine line: Range<Int>) -> Range<Int> {
    (line.lowerBound + recordPrefix(list).utf8.count)..<(line.upperBound - 1)
  }

  /// In a partial file: the list begins anew, and what stands before of it does not count.
  static func restart(_ list: CollectedList) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.string("kind", "restart")
      writer.string("list", list.rawValue)
    }
    writer.newline()
    return writer.bytes
  }

  /// Reads a line that `restart(_:)` wrote; nil when it is something else.
  static func restart(_ value: JSONValue) -> CollectedList? {
    guard value["kind"]?.string == "restart" else { return nil }
    return value["list"]?.string.flatMap(CollectedList.init(rawValue:))
  }

  /// In a partial file: a page of the list is complete, and this is how far the list has come.
  static func pageMark(_ list: CollectedList, _ progress: ListProgress) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.string("kind", "page")
      writer.string("list", list.rawValue)
      progress.write(to: &writer)
    }
    writer.newline()
    return writer.bytes
  }

  /// Reads a line that `pageMark(_:_:)` wrote; nil when it is something else.
  static func pageMark(_ value: JSONValue) -> (CollectedList, ListProgress)? {
    guard value["kind"]?.string == "page", let list = value["list"]?.string.flatMap(CollectedList.init(rawValue:)),
      let progress = ListProgress(value)
    else { return nil }
    return (list, progress)
  }

  /// The last line. It holds nothing that varies between two collections of the same content.
  package static func trailer(_ coverage: [CollectedList: Coverage]) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.string("kind", "trailer")
      writer.object("counts") { writer in
        for list in CollectedList.allCases where !list.isOptional || coverage[list] != nil {
          writer.integer(list.rawValue, coverage[list]?.records ?? 0)
        }
      }
      writer.object("coverage") { writer in
        for list in CollectedList.allCases {
          guard let coverage = coverage[list] else { continue }
          writer.object(list.rawValue) { coverage.write(to: &$0) }
        }
      }
    }
    writer.newline()
    return writer.bytes
  }
}

extension Coverage {
  /// Writes the members that the snapshot's trailer and the JSON report have in common.
  package func write(to writer: inout JSONWriter) {
    switch state {
    case .complete(let verified):
      writer.string("state", "complete")
      writer.boolean("verified", verified)
    case .partial(let reason):
      writer.string("state", "partial")
      writer.string("reason", reason)
    case .unavailable(let reason):
      writer.string("state", "unavailable")
      writer.string("reason", reason)
    }
    writer.integer("records", records)
    writer.integer("countBefore", countBefore)
    writer.integer("countAfter", countAfter)
    writer.integer("duplicates", duplicates)
    writer.strings("notes", notes)
    if let advice { writer.string("advice", advice) }
  }

  /// Reads what `write(to:)` wrote; nil when it is something else.
  package init?(_ value: JSONValue) {
    switch value["state"]?.string {
    case "complete": state = .complete(verified: value["verified"]?.boolean ?? false)
    case "partial": state = .partial(value["reason"]?.string ?? "no reason is on record")
    case "unavailable": state = .unavailable(value["reason"]?.string ?? "no reason is on record")
    default: return nil
    }
    guard let records = value["records"]?.integer, records >= 0 else { return nil }
    self.records = records
    countBefore = value["countBefore"]?.integer
    countAfter = value["countAfter"]?.integer
    duplicates = value["duplicates"]?.integer ?? 0
    notes = value["notes"]?.array?.compactMap(\.string) ?? []
    advice = value["advice"]?.string
  }
}

extension SnapshotHeader {
  /// Reads what `SnapshotEncoding.header` wrote; nil when it is something else.
  init?(_ value: JSONValue) {
    guard value["kind"]?.string == "header", value["formatVersion"]?.integer == Self.currentFormatVersion,
      let organization = value["organizationId"]?.string, !organization.isEmpty,
      let collectedAt = value["collectedAt"]?.string.flatMap({ Instant($0) })
    else { return nil }
    self.init(
      organizationID: organization, collectedAt: collectedAt, toolVersion: value["toolVersion"]?.string ?? "unknown",
      apiBase: value["apiBase"]?.string, listNames: value["include"]?.array?.compactMap(\.string) ?? [])
  }
}
