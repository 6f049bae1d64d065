import Audit
import Inventory

/// What expires in the coming days, week by week.
enum ExpiryTimeline {
  private static let room = 92
  private static let top = 16
  private static let slot = 26
  private static let left = 10

  static func chart(_ statistics: InventoryStatistics, from start: Instant) -> Chart {
    var chart = Chart(
      id: "chart-expiries", title: "Expiring in the coming \(InventoryStatistics.expiryDays) days")
    let days = statistics.expiries
    let weeks = stride(from: 0, to: days.count, by: 7).map { first in
      let week = days[first..<min(first + 7, days.count)]
      return (
        start: start.adding(days: first), tokens: week.reduce(0) { $0 + $1.tokens },
        keys: week.reduce(0) { $0 + $1.keys }
      )
    }
    let total = weeks.reduce(0) { $0 + $1.tokens + $1.keys }
    guard total > 0 else {
      chart.nothing = "No live token or key that was seen expires by then."
      return chart
    }
    chart.note = "\(grouped(total)) live tokens and keys, week by week"
    let scale = ChartScale(greatest: weeks.map { $0.tokens + $0.keys }.max() ?? 0, room: room)
    let base = top + room
    for (index, week) in weeks.enumerated() {
      let x = left + index * slot
      let (tokens, keys) = (scale.length(week.tokens), scale.length(week.keys))
      if tokens > 0 { chart.rectangle(x: x, y: base - tokens, width: slot - 6, height: tokens, "bar") }
      if keys > 0 { chart.rectangle(x: x, y: base - tokens - keys, width: slot - 6, height: keys, "bar-unknown") }
      if tokens + keys > 0 {
        chart.text(
          compact(week.tokens + week.keys), x: x + (slot - 6) / 2, y: base - tokens - keys - 4, "small middle")
      }
      if index % 4 == 0 {
        chart.text(week.start.shortDate, x: x + (slot - 6) / 2, y: base + 16, "quiet small middle")
      }
    }
    chart.line(from: (0, base), to: (Chart.width, base))
    chart.height = base + 22
    chart.legend("API tokens", "bar")
    chart.legend("API keys", "bar-unknown")
    chart.columns = ["Week from", "API tokens", "API keys"]
    chart.rows = weeks.map { ($0.start.dateText, [$0.tokens, $0.keys]) }
    chart.description =
      weeks.map { "week from \($0.start.dateText): \(counted($0.tokens, "token")), \(counted($0.keys, "key"))" }
      .joined(separator: "; ") + "."
    return chart
  }
}

extension Instant {
  fileprivate func adding(days: Int) -> Instant {
    Instant(milliseconds: milliseconds + Int64(days) * 86_400_000)
  }

  /// `1 Jun`.
  fileprivate var shortDate: String {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let parts = dateText.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, months.indices.contains(parts[1] - 1) else { return dateText }
    return "\(parts[2]) \(months[parts[1] - 1])"
  }
}
