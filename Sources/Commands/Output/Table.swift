/// Rows of plain text in columns, two spaces between them; no line ends in spaces.
struct Table {
  let rows: [[String]]

  /// The rows as lines, without a line feed at the end.
  var text: String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let filled = row.lastIndex { !$0.isEmpty }.map { row[...$0] } ?? []
      return filled.enumerated().map { column, cell in
        column == filled.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
