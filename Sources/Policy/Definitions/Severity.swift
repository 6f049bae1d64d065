/// How much a finding matters. Ordered: `info` is the least, `critical` the greatest.
package enum Severity: String, CaseIterable, Hashable, Comparable, Sendable {
  case info, low, medium, high, critical

  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .low: 1
    case .medium: 2
    case .high: 3
    case .critical: 4
    }
  }
}
