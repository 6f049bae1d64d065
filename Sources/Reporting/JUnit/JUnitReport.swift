import Audit
import Files
import Inventory
import Policy
import XMLWriting

/// JUnit XML in the shape that all of its readers share: one bare `testsuite`, one result child a case, message and
/// body both, the counts ahead of the cases (hence two passes over them).
enum JUnitReport: Reporter {
  static let fileName = "junit.xml"

  static func write(
    _ report: AuditReport, _ options: ReportOptions, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    let cases = JUnitCases(report, below: options.junitBelow)
    var budget = JUnitBudget(options.junitLimit)
    cases.forEach { budget.add($0, $1) }
    try write(properties(report), timestamp: report.run.auditedAt, budget, to: &writer) { xml in
      var index = 0
      if let note = budget.leftOutCase { try write(note, to: &xml) }
      try cases.forEach { _, make in
        if index < budget.kept { try write(make().limited(by: options.junitLimit), to: &xml) }
        index += 1
      }
    }
  }

  static func writeUnfinished(to writer: inout some ByteWriter & ~Copyable) throws {
    let testCase = JUnitCase(
      className: "tokenreeve.run", name: "run", outcome: .error, type: "run.unfinished", message: UnfinishedRun.title,
      body: "\(UnfinishedRun.title).\n\(UnfinishedRun.explanation)\n")
    var budget = JUnitBudget(nil)
    budget.add(testCase)
    // Without an audit there is no instant; the element needs one all the same.
    try write([("run.finished", "false")], timestamp: Instant(milliseconds: 0), budget, to: &writer) { xml in
      try write(testCase, to: &xml)
    }
  }

  /// A fixed list: nothing from arguments or the environment gets in.
  private static func properties(_ report: AuditReport) -> [(name: String, value: String)] {
    let run = report.run
    return [
      ("run.finished", "true"), ("verdict", report.verdict.state.rawValue),
      ("verdict.reasons", report.verdict.reasons.map(visible).joined(separator: "; ")),
      ("organization.id", visible(run.organizationID)), ("collected.at", run.collectedAt.text),
      ("audited.at", run.auditedAt.text), ("policy.id", visible(run.policyID)), ("policy.digest", run.policyDigest),
      ("fail-on", run.failOn.rawValue), ("api.base", run.apiBase.map(visible) ?? "https://api.atlassian.com"),
      ("tool.version", run.toolVersion),
    ] + run.facts.map { ("facts.\($0.name)", "\(counted($0.rows, "row")), SHA-256 \($0.digest)") }
      + (report.baselineText.map { [("baseline", $0)] } ?? [])
  }

  static func write(
    _ properties: [(name: String, value: String)], timestamp: Instant, _ budget: JUnitBudget,
    to writer: inout some ByteWriter & ~Copyable, _ cases: (inout XMLWriter) throws -> Void
  ) throws {
    try writeXML(to: { bytes in try writer.write(bytes) }) { xml in
      try xml.startElement("testsuite")
      try xml.attribute("name", "tokenreeve")
      try xml.attribute("hostname", "localhost")
      try xml.attribute("timestamp", "\(timestamp.dateText)T\(timestamp.clockText)")
      try xml.attribute("tests", String(budget.tests))
      try xml.attribute("failures", String(budget.count(of: .failure)))
      try xml.attribute("errors", String(budget.count(of: .error)))
      try xml.attribute("skipped", String(budget.count(of: .skipped)))
      try xml.attribute("time", "0.000")
      try xml.startElement("properties")
      for property in properties {
        try xml.startElement("property")
        try xml.attribute("name", property.name)
        try xml.attribute("value", property.value)
        try xml.endElement()
      }
      try xml.endElement()
      try cases(&xml)
      for name: StaticString in ["system-out", "system-err"] {
        try xml.startElement(name)
        try xml.endElement()
      }
      try xml.endElement()
    }
  }

  static func write(_ testCase: JUnitCase, to xml: inout XMLWriter) throws {
    try xml.text("\n")
    try xml.startElement("testcase")
    try xml.attribute("classname", testCase.className)
    try xml.attribute("name", testCase.name)
    try xml.attribute("time", "0.000")
    if let element = testCase.outcome.element {
      try xml.startElement(element)
      try xml.attribute("message", testCase.message)
      if testCase.outcome != .skipped { try xml.attribute("type", testCase.type) }
      try xml.text(testCase.body)
      try xml.endElement()
    }
    try xml.endElement()
  }
}

extension JUnitCase.Outcome {
  fileprivate var element: StaticString? {
    switch self {
    case .failure: "failure"
    case .error: "error"
    case .skipped: "skipped"
    case .passed: nil
    }
  }
}
