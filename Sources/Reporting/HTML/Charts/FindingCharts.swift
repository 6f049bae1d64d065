import Audit
import Policy

/// Charts of what was found.
enum FindingCharts {
  private static let ownerLimit = 6
  private static let rowHeight = 54

  static func severities(_ report: AuditReport) -> Chart {
    var chart = Chart(id: "chart-severities", title: "Findings by severity")
    guard !report.findings.isEmpty else {
      chart.nothing = report.gaps.isEmpty ? "There is no finding." : "There is no finding in what was seen."
      return chart
    }
    let totals = report.totalsBySeverity()
    let bars = Severity.worstFirst.map { severity in
      let total = totals[severity] ?? FindingTotals()
      return BarChart.Bar(
        name: severity.rawValue, number: total.open, style: "fill-\(severity.rawValue)",
        accepted: total.sum - total.open)
    }
    let accepted = bars.contains { $0.accepted > 0 }
    BarChart.draw(bars, columns: ["Severity", "Open"] + (accepted ? ["Accepted"] : []), in: &chart)
    if accepted { chart.legend("accepted: waived, or known from the baseline", "bar-unknown") }
    return chart
  }

  /// The owners with the worst open findings: most critical ones first, then most high ones, and so on.
  static func owners(_ report: AuditReport) -> Chart {
    var chart = Chart(id: "chart-owners", title: "Riskiest owners")
    let owners = OwnerRisk.ranked(report.findings)
    guard !owners.isEmpty else {
      chart.nothing = "No open finding has an owner."
      return chart
    }
    let shown = owners.prefix(ownerLimit)
    chart.note = "By open findings, the worst severity first"
    if owners.count > ownerLimit { chart.note += "; \(ownerLimit) of \(grouped(owners.count)) owners" }
    let scale = ChartScale(greatest: shown.map(\.open).max() ?? 0, room: 320)
    for (index, owner) in shown.enumerated() {
      let y = index * rowHeight
      chart.text(fitted(owner.text, to: 52), x: 0, y: y + 14)
      var x = 0
      for (severity, count) in owner.counts {
        let length = scale.length(count)
        chart.rectangle(x: x, y: y + 20, width: length, height: 12, "fill-\(severity.rawValue)")
        x += length + 1
      }
      chart.text(owner.countsText, x: 0, y: y + 45, "quiet small")
    }
    chart.height = shown.count * rowHeight
    chart.columns = ["Owner"] + Severity.worstFirst.map { $0.rawValue }
    chart.rows = shown.map { owner in (owner.text, Severity.worstFirst.map(owner.count)) }
    chart.description = shown.map { "\($0.text): \($0.countsText)" }.joined(separator: "; ") + "."
    return chart
  }
}

/// What is open for one owner.
struct OwnerRisk {
  /// The owner with hostile characters made visible.
  let text: String
  private var numbers: [Severity: Int] = [:]

  private init(text: String) { self.text = text }

  /// Everybody who owns an open finding: most critical findings first, then most high ones, and so on; else by name.
  static func ranked(_ findings: FindingList) -> [OwnerRisk] {
    var owners: [String: OwnerRisk] = [:]
    for finding in findings where finding.disposition.isOpen {
      guard let owner = finding.resource.owner else { continue }
      owners[owner.id ?? owner.text, default: OwnerRisk(text: visibleOrEmpty(owner.text))]
        .numbers[finding.severity, default: 0] += 1
    }
    return owners.values.sorted { left, right in
      for severity in Severity.worstFirst where left.count(severity) != right.count(severity) {
        return left.count(severity) > right.count(severity)
      }
      return left.text < right.text
    }
  }

  func count(_ severity: Severity) -> Int { numbers[severity] ?? 0 }

  /// Worst first, without zeros.
  var counts: [(Severity, Int)] {
    Severity.worstFirst.compactMap { severity in numbers[severity].map { (severity, $0) } }
  }
  var open: Int { numbers.values.reduce(0, +) }
  var countsText: String { counts.map { "\(grouped($0.1)) \($0.0.rawValue)" }.joined(separator: ", ") }
}
