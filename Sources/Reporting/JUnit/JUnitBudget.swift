/// Counts the cases of a JUnit file, and how many of them fit into it: the worst come first, so the rest is what is
/// left out.
struct JUnitBudget {
  private let limit: JUnitLimit?
  private var counts: [JUnitCase.Outcome: Int] = [:]
  private var size = 0
  /// The cases that are written, counted from the first.
  private(set) var kept = 0
  private var leftOut: [JUnitCase.Outcome: Int] = [:]

  /// Room for the head, the properties and the case that says what is left out.
  private static let reserve = 64_000

  init(_ limit: JUnitLimit?) { self.limit = limit }

  mutating func add(_ testCase: JUnitCase) { add(testCase.outcome) { testCase } }

  /// - Parameter make: makes the case; called only as long as its size matters.
  mutating func add(_ outcome: JUnitCase.Outcome, _ make: () -> JUnitCase) {
    if let limit {
      if leftOut.isEmpty { size += make().limited(by: limit).size }
      guard leftOut.isEmpty, size + Self.reserve <= limit.fileSize else {
        leftOut[outcome, default: 0] += 1
        return
      }
    }
    counts[outcome, default: 0] += 1
    kept += 1
  }

  /// Cases in the file with this outcome.
  func count(of outcome: JUnitCase.Outcome) -> Int {
    (counts[outcome] ?? 0) + (leftOutCase?.outcome == outcome ? 1 : 0)
  }

  var tests: Int { JUnitCase.Outcome.allCases.reduce(0) { $0 + count(of: $1) } }

  /// A failing case in place of what was left out; nil when all cases are in the file.
  var leftOutCase: JUnitCase? {
    let total = leftOut.values.reduce(0, +)
    guard total > 0, let limit else { return nil }
    let parts = JUnitCase.Outcome.allCases.compactMap { outcome in leftOut[outcome].map { "\($0) \(outcome)" } }
    let message = "\(total) test cases are left out of this file: \(parts.joined(separator: ", "))"
    return JUnitCase(
      className: "tokenreeve.report", name: "left out", outcome: .failure, type: "report.cut", message: message,
      body: "\(message)\nlimit: \(limit.fileSize) bytes\nremediation: The JSON report has all of them; "
        + "--junit-limit lifts the limit.\n")
  }
}
