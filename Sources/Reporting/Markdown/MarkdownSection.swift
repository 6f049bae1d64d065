/// Lines of Markdown that are kept in memory, since they are few.
struct MarkdownSection {
  private(set) var lines: [String] = []

  /// Bytes, which are never fewer than characters.
  var size: Int { lines.reduce(0) { $0 + $1.utf8.count + 1 } }

  /// A paragraph or a heading, with an empty line behind it.
  mutating func paragraph(_ text: String) { lines += [text, ""] }

  mutating func bullets(_ items: [String]) {
    guard !items.isEmpty else { return }
    lines += items.map { "- \($0)" } + [""]
  }

  /// A table of at most `limit` rows; what is left out is counted below it.
  mutating func table<Rows: Collection>(
    _ header: [String], _ rows: Rows, limit: Int = .max, _ cells: (Rows.Element) -> [String]
  ) {
    guard !rows.isEmpty else { return }
    lines += markdownTableHead(header) + rows.prefix(limit).map { markdownRow(cells($0)) } + [""]
    if rows.count > limit { paragraph("… and \(rows.count - limit) more, which the JSON report has.") }
  }
}

func markdownRow(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

func markdownTableHead(_ header: [String]) -> [String] {
  [markdownRow(header), markdownRow(header.map { _ in "---" })]
}
