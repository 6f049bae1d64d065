/// How far the collection of one list has come: with the records so far, all that is needed to go on.
package struct ListProgress: Hashable, Sendable {
  /// Records, counts, duplicates and notes so far; its state says nothing yet.
  package var coverage: Coverage
  /// The cursor of the next page; nil before the first, and at the end.
  package var next: String?
  /// Whether the last page has been read.
  package var isAtEnd = false
  /// The page size that is asked for; nil when the server's own is used.
  package var pageSize: Int?
  /// Records that came again under the same id with another content, and were left out.
  package var changed = 0
  /// Why it is not sure that the last page was the last.
  package var doubt: String?

  package init(pageSize: Int?) {
    coverage = Coverage(state: .complete(verified: false))
    self.pageSize = pageSize
  }
}

extension ListProgress {
  /// Writes the members that a page's mark has beside its kind and its list.
  func write(to writer: inout JSONWriter) {
    writer.string("next", next)
    writer.boolean("atEnd", isAtEnd)
    writer.integer("pageSize", pageSize)
    writer.integer("changed", changed)
    writer.string("doubt", doubt)
    writer.object("coverage") { coverage.write(to: &$0) }
  }

  /// Reads what `write(to:)` wrote; nil when it is something else.
  init?(_ value: JSONValue) {
    guard let coverage = value["coverage"].flatMap({ Coverage($0) }), let isAtEnd = value["atEnd"]?.boolean,
      let changed = value["changed"]?.integer
    else { return nil }
    self.coverage = coverage
    self.isAtEnd = isAtEnd
    self.changed = changed
    next = value["next"]?.string
    pageSize = value["pageSize"]?.integer
    doubt = value["doubt"]?.string
    guard isAtEnd == (next == nil) else { return nil }
  }
}
