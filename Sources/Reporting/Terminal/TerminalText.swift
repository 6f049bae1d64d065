import Inventory
import Policy
import Audit

/// Colors of a terminal. They repeat what the words say, never say it alone.
struct Palette {
  enum Color: Int {
    case bold = 1
    case dim = 2
    case red = 31
    case green = 32
    case yellow = 33
    case magenta = 35
    case cyan = 36
  }

  let isColored: Bool

  /// The text between the color's control sequence (ECMA-48, SGR) and the one that ends it.
  func paint(_ text: String, _ colors: Color...) -> String {
    guard isColored, !colors.isEmpty else { return text }
    return "\u{1B}[\(colors.map { String($0.rawValue) }.joined(separator: ";"))m\(text)\u{1B}[0m"
  }
}

extension Severity {
  var color: Palette.Color {
    switch self {
    case .critical: .magenta
    case .high: .red
    case .medium: .yellow
    case .low: .cyan
    case .info: .dim
    }
  }
}

extension Verdict.State {
  var color: Palette.Color {
    switch self {
    case .pass: .green
    case .fail: .red
    case .inconclusive: .yellow
    }
  }
}

/// A table whose columns are as wide as what is in them; the last takes what is left of the line.
struct TextTable {
  struct Cell {
    let text: String
    var color: Palette.Color?
    var isNumber = false
  }

  private var rows: [[Cell]] = []

  mutating func row(_ cells: Cell...) { rows.append(cells) }
  mutating func row(of cells: [Cell]) { rows.append(cells) }

  func lines(width: Int, _ palette: Palette) -> [String] {
    let widths = columnWidths(within: width)
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        let text = fitted(cell.text, to: width)
        let space = String(repeating: " ", count: max(0, width - displayWidth(text)))
        let painted = cell.color.map { palette.paint(text, $0) } ?? text
        return cell.isNumber ? space + painted : painted + space
      }
      var line = "  " + cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// As wide as the cells, the widest columns narrowed until a row fits.
  private func columnWidths(within width: Int) -> [Int] {
    var widths = (0..<(rows.map(\.count).max() ?? 0)).map { column in
      rows.map { column < $0.count ? displayWidth($0[column].text) : 0 }.max() ?? 0
    }
    guard let last = widths.popLast() else { return [] }
    let room = width - 2 - 2 * widths.count
    // The last column holds sentences: it gets what the others leave, and at least half where they are wide.
    while widths.reduce(0, +) > max(room - last, room / 2),
      let widest = widths.indices.max(by: { widths[$0] < widths[$1] })
    {
      widths[widest] -= 1
    }
    return widths + [min(last, room - widths.reduce(0, +))]
  }
}

extension TextTable.Cell: ExpressibleByStringLiteral {
  init(stringLiteral value: String) { self.init(text: value) }
}
