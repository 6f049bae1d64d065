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

  func lines(width: Int, _ palette: Palette) -> [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? displayWidth($0[column].text) : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = " "
      var taken = 1
      for (column, cell) in row.enumerated() {
        let isLast = column == count - 1
        let room = isLast ? max(8, width - taken - 1) : min(widths[column], max(8, width / 3))
        let text = fitted(cell.text, to: room)
        let space = String(repeating: " ", count: isLast ? 0 : max(0, room - displayWidth(text)))
        let painted = cell.color.map { palette.paint(text, $0) } ?? text
        line += " " + (cell.isNumber ? space + painted : painted + space)
        taken += room + 1
        if column < row.count - 1 { line += " "; taken += 1 }
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

extension TextTable.Cell: ExpressibleByStringLiteral {
  init(stringLiteral value: String) { self.init(text: value) }
}
