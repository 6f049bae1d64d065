package import Files
import Inventory
package import Policy

/// The results of policy tests as JUnit XML.
package enum PolicyTestReport {
  package static func write(
    _ results: [PolicyTestResult], _ policy: GovernancePolicy, toolVersion: String,
    to writer: inout some ByteWriter & ~Copyable
  ) throws {
    let properties = [
      ("run.finished", "true"), ("policy.id", visible(policy.id)), ("policy.digest", policy.digest),
      ("tool.version", toolVersion),
    ]
    try write(results.map(testCase), properties, to: &writer)
  }

  /// Writes a file that says that the tests did not get to their end.
  package static func writeUnfinished(to writer: inout some ByteWriter & ~Copyable) throws {
    let title = "The tests did not finish"
    let explanation = "This file was written when they began. Had they come to their end, the results would stand here."
    let unfinished = JUnitCase(
      className: "tokenreeve.run", name: "run", outcome: .error, type: "run.unfinished", message: title,
      body: "\(title).\n\(explanation)\n")
    try write([unfinished], [("run.finished", "false")], to: &writer)
  }

  private static func testCase(_ result: PolicyTestResult) -> JUnitCase {
    let (className, name) =
      switch result.subject {
      case .example(let rule, let number): ("tokenreeve.example.\(rule)", "example \(number)")
      // Two files may have tests of the same name.
      case .test(let name):
        ("tokenreeve.test", "\(visible(String(result.place.prefix { $0 != ":" }))): \(visibleOrEmpty(name))")
      }
    return JUnitCase(
      className: className, name: name, outcome: result.failure == nil ? .passed : .failure, type: "policy.test",
      message: result.failure?.message ?? "", body: result.failure.map { $0.text + "\n" } ?? "")
  }

  private static func write(
    _ cases: [JUnitCase], _ properties: [(name: String, value: String)], to writer: inout some ByteWriter & ~Copyable
  ) throws {
    var budget = JUnitBudget(nil)
    for testCase in cases { budget.add(testCase) }
    // Tests have no instant, and the same tests give the same bytes; the element needs one all the same.
    try JUnitReport.write(properties, timestamp: Instant(milliseconds: 0), budget, to: &writer) { xml in
      for testCase in cases { try JUnitReport.write(testCase, to: &xml) }
    }
  }
}
