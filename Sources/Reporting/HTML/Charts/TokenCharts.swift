import Audit
import Inventory

/// Charts of the live tokens and of what expires, whatever the policy says of it.
struct TokenCharts {
  let statistics: InventoryStatistics
  /// Why the tokens are not known; nil when some were seen, or none exist.
  let nothing: String?

  func remainingLife() -> Chart {
    bars(
      Chart(id: "chart-life", title: "Tokens by remaining life"), "Expires in",
      RemainingLife.allCases.map { life in
        BarChart.Bar(
          name: life.title, number: statistics.remainingLives[life] ?? 0,
          style: life == .unknown ? "bar-unknown" : "bar")
      })
  }

  func lastUse() -> Chart {
    bars(
      Chart(id: "chart-use", title: "Tokens by last use"), "Last used",
      LastUse.allCases.map { use in
        BarChart.Bar(
          name: use.title, number: statistics.lastUses[use] ?? 0, style: use == .unknown ? "bar-unknown" : "bar")
      })
  }

  private func bars(_ empty: Chart, _ column: String, _ bars: [BarChart.Bar]) -> Chart {
    var chart = empty
    chart.nothing = nothing
    if nothing == nil { BarChart.draw(bars, columns: [column, "Tokens"], in: &chart) }
    return chart
  }

  /// A table of tinted cells: products down, access across.
  func reach() -> Chart {
    var chart = Chart(id: "chart-reach", title: "Tokens by product and access")
    chart.nothing = nothing
    guard nothing == nil else { return chart }
    let reach = statistics.reach
    chart.note =
      "Each token counts by its strongest access in each product. "
      + "\(grouped(reach.unscoped)) without scopes may do whatever their owner may"
      + (reach.unknown > 0 ? "; of \(grouped(reach.unknown)) the scopes are not known." : ".")
    let columns: [TokenReach.Access] = [.read, .write, .delete, .manage, .admin, .unknown]
    let products = TokenReach.Product.allCases.filter { $0 != .unknown || reach.products[$0] != nil }
    let greatest = reach.products.values.flatMap(\.values).max() ?? 0
    let (left, cellWidth, cellHeight, top) = (78, 47, 26, 20)
    for (column, access) in columns.enumerated() {
      chart.text(access.title, x: left + column * cellWidth + cellWidth / 2, y: 13, "quiet small middle")
    }
    for (row, product) in products.enumerated() {
      let y = top + row * cellHeight
      chart.text(product.title, x: 0, y: y + 17)
      for (column, access) in columns.enumerated() {
        let number = reach.products[product]?[access] ?? 0
        let x = left + column * cellWidth
        let heat = number == 0 || greatest == 0 ? 0 : 1 + min(3, number * 4 / (greatest + 1))
        chart.rectangle(x: x, y: y, width: cellWidth - 2, height: cellHeight - 2, "heat-\(heat)")
        chart.text(
          number == 0 ? "\u{2013}" : compact(number), x: x + cellWidth / 2 - 1, y: y + 16,
          number == 0 ? "quiet middle" : "middle")
      }
    }
    chart.height = top + products.count * cellHeight
    chart.columns = ["Product"] + columns.map(\.title)
    chart.rows = products.map { product in (product.title, columns.map { reach.products[product]?[$0] ?? 0 }) }
    chart.description =
      products.map { product in
        let cells = columns.compactMap { access in
          reach.products[product]?[access].map { "\(grouped($0)) \(access.title)" }
        }
        return "\(product.title): \(cells.isEmpty ? "none" : cells.joined(separator: ", "))"
      }.joined(separator: "; ") + "."
    return chart
  }
}

extension RemainingLife {
  var title: String {
    switch self {
    case .upTo7Days: "up to 7 days"
    case .upTo30Days: "8 to 30 days"
    case .upTo90Days: "31 to 90 days"
    case .upTo180Days: "91 to 180 days"
    case .upTo365Days: "181 to 365 days"
    case .longer: "over 365 days"
    case .unlimited: "never"
    case .unknown: "not known"
    }
  }
}

extension LastUse {
  var title: String {
    switch self {
    case .upTo7Days: "up to 7 days ago"
    case .upTo30Days: "8 to 30 days"
    case .upTo90Days: "31 to 90 days"
    case .upTo180Days: "91 to 180 days"
    case .upTo365Days: "181 to 365 days"
    case .longer: "over 365 days"
    case .never: "never"
    case .unknown: "not known"
    }
  }
}

extension TokenReach.Product {
  var title: String {
    switch self {
    case .jira: "Jira"
    case .confluence: "Confluence"
    case .bitbucket: "Bitbucket"
    case .admin: "Admin"
    case .platform: "Platform"
    case .unknown: "not known"
    }
  }
}

extension TokenReach.Access {
  var title: String { self == .unknown ? "unclear" : rawValue }
}
