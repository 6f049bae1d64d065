/// Horizontal bars, one below the other, each with its name before it and its numbers behind it.
struct BarChart {
  struct Bar {
    let name: String
    let number: Int
    /// How the bar is filled.
    var style = "bar"
    /// A second number, drawn behind the first and hatched.
    var accepted = 0
  }

  private static let rowHeight = 24
  private static let barStart = 112
  private static let barRoom = 170

  static func draw(_ bars: [Bar], columns: [String], in chart: inout Chart) {
    let scale = ChartScale(greatest: bars.map { $0.number + $0.accepted }.max() ?? 0, room: barRoom)
    let hasAccepted = columns.count > 2
    for (index, bar) in bars.enumerated() {
      let y = index * rowHeight
      chart.text(bar.name, x: 0, y: y + 16)
      let length = scale.length(bar.number)
      if length > 0 { chart.rectangle(x: barStart, y: y + 5, width: length, height: 14, bar.style) }
      let acceptedLength = scale.length(bar.accepted)
      if acceptedLength > 0 {
        chart.rectangle(x: barStart + length, y: y + 5, width: acceptedLength, height: 14, "bar-unknown")
      }
      let numbers = grouped(bar.number) + (bar.accepted > 0 ? " + \(grouped(bar.accepted))" : "")
      chart.text(numbers, x: barStart + length + acceptedLength + 7, y: y + 16, bar.number == 0 ? "quiet" : "")
    }
    chart.line(from: (barStart, 0), to: (barStart, bars.count * rowHeight))
    chart.height = bars.count * rowHeight + 2
    chart.columns = columns
    chart.rows = bars.map { ($0.name, hasAccepted ? [$0.number, $0.accepted] : [$0.number]) }
    chart.description =
      bars.map {
        "\($0.name): \(grouped($0.number))" + ($0.accepted > 0 ? ", and \(grouped($0.accepted)) accepted" : "")
      }
      .joined(separator: "; ") + "."
  }
}
