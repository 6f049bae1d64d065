import Audit
import Inventory

/// The charts of the page, and what they count.
enum HTMLCharts {
  static func values(_ report: AuditReport) -> TemplateValues {
    var charts = [FindingCharts.severities(report)]
    var values: TemplateValues = [:]
    if let statistics = report.statistics {
      let tokens = TokenCharts(
        statistics: statistics, nothing: nothing(report, statistics))
      charts += [tokens.remainingLife(), tokens.lastUse(), FindingCharts.owners(report), tokens.reach()]
      charts.append(ExpiryTimeline.chart(statistics, from: report.run.auditedAt))
      values["population"] =
        "The charts of tokens count the \(grouped(statistics.liveTokens)) live ones that were seen. "
        + "\(grouped(statistics.expiredTokens)) more are expired, \(grouped(statistics.blockedTokens)) are blocked."
    } else {
      charts.append(FindingCharts.owners(report))
    }
    let incomplete = report.coverage.filter {
      !$0.coverage.isComplete && [.apiTokens, .apiKeys].contains($0.list)
    }
    if !incomplete.isEmpty {
      let lists = incomplete.map { "the list of \($0.list.title) is \($0.coverage.stateText)" }
      values["caveat"] = "These numbers are of what was seen: \(lists.joined(separator: ", "))."
    }
    values["charts"] = charts.map(\.values)
    return values
  }

  /// What stands in place of a chart of tokens, when there is no token to count.
  private static func nothing(_ report: AuditReport, _ statistics: InventoryStatistics) -> String? {
    guard statistics.liveTokens == 0 else { return nil }
    let coverage = report.coverage.first { $0.list == .apiTokens }?.coverage
    return coverage?.isComplete == true ? "There is no live token." : "Not known: no token was seen."
  }
}
