/// Reads the tables of a GitHub-flavoured Markdown document by the rules of the specification (GFM 4.10, CommonMark
/// 6.1): cells end at pipes without a backslash, and code spans hold what is between two equal runs of backticks.
struct MarkdownTables {
  struct Cell: Equatable {
    /// What is in the cell's code spans.
    var code: [String] = []
    /// What is outside of them.
    var prose = ""
  }

  /// The rows of all tables, headers left out; every row with as many cells as its header.
  private(set) var rows: [[Cell]] = []
  /// Rows with more or fewer cells than their header.
  private(set) var brokenRows: [String] = []

  init(_ text: String) {
    var columns: Int?
    var header: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      guard line.hasPrefix("|") else {
        columns = nil
        header = nil
        continue
      }
      let cells = Self.cells(of: line)
      if columns == nil, let header, cells.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0 == "-" } }) {
        columns = cells.count == header ? header : nil
      } else if let columns {
        if cells.count == columns { rows.append(cells.map(Self.cell)) } else { brokenRows.append(line) }
      } else {
        header = cells.count
      }
    }
  }

  /// The cells' source text, pipes unescaped.
  private static func cells(of line: String) -> [String] {
    var cells: [String.UnicodeScalarView] = [.init()]
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if scalar == "|", isEscaped {
        cells[cells.count - 1].removeLast()
        cells[cells.count - 1].append(scalar)
      } else if scalar == "|" {
        cells.append(.init())
      } else {
        cells[cells.count - 1].append(scalar)
      }
      isEscaped = scalar == "\\"
    }
    return cells.dropFirst().dropLast().map { cell in
      var scalars = Substring.UnicodeScalarView(cell)
      while scalars.first == " " { scalars.removeFirst() }
      while scalars.last == " " { scalars.removeLast() }
      return String(Substring(scalars))
    }
  }

  private static func cell(_ text: String) -> Cell {
    var cell = Cell()
    var rest = Substring(text).unicodeScalars[...]
    while let scalar = rest.first {
      guard scalar == "`" else {
        cell.prose.unicodeScalars.append(scalar)
        rest = rest.dropFirst()
        if scalar == "\\", let escaped = rest.first {
          cell.prose.unicodeScalars.append(escaped)
          rest = rest.dropFirst()
        }
        continue
      }
      let fence = rest.prefix { $0 == "`" }.count
      rest = rest.dropFirst(fence)
      var content = String.UnicodeScalarView()
      while !rest.isEmpty {
        let run = rest.prefix { $0 == "`" }.count
        if run == fence { break }
        content.append(contentsOf: rest.prefix(max(1, run)))
        rest = rest.dropFirst(max(1, run))
      }
      rest = rest.dropFirst(fence)
      if content.first == " ", content.last == " ", content.contains(where: { $0 != " " }) {
        content.removeFirst()
        content.removeLast()
      }
      cell.code.append(String(content))
    }
    return cell
  }
}
