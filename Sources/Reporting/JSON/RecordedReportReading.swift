package import Audit
import Inventory
import Policy

/// Why bytes are no report that an audit or a comparison can use.
package enum RecordedReportError: Error, Hashable, Sendable {
  /// It is something else; the text says what is wrong.
  case notAReport(String)
  /// It was written when an audit began that did not get to its end.
  case unfinished
  /// It is of a schema version that this tool does not know.
  case unknownSchemaVersion(Int)
  /// It is a report, but a member of it is not what the schema says.
  case malformed(line: Int, String)
}

extension RecordedReport {
  /// Reads what the JSON report wrote, `docs/schemas/report-1.schema.json`, however it is laid out since. Members that
  /// the schema does not know are passed over; one that is missing, or of another type, is an error.
  package init(parsing bytes: [UInt8]) throws(RecordedReportError) {
    let document = try ReportDocument(bytes)
    if let version = try document.value("schemaVersion").integer, version > JSONReport.schemaVersion {
      throw .unknownSchemaVersion(version)
    }
    guard try document.value("schemaVersion").integer == JSONReport.schemaVersion else {
      throw .notAReport("it has no schema version")
    }
    let run = try document.members("run")
    guard try run.boolean("finished") else { throw .unfinished }
    let rules = try document.elements("rules") { rule throws(RecordedReportError) in
      (try rule.text("id"), try RecordedRule(rule))
    }
    let gaps = try document.elements("coverage") { entry throws(RecordedReportError) in
      // A list that only a newer tool collects has no rule here that could need it.
      (CollectedList(rawValue: try entry.text("list")), try Self.gap(entry))
    }
    let rulesByID = Dictionary(rules) { first, _ in first }
    self.init(
      run: try Run(run), verdict: try document.verdict(),
      gaps: Dictionary(gaps.compactMap { list, gap in list.flatMap { list in gap.map { (list, $0) } } }) { first, _ in
        first
      },
      rules: rulesByID,
      findings: try document.elements("findings") { finding throws(RecordedReportError) in
        try RecordedFinding(finding, rulesByID)
      })
  }

  private static func gap(_ entry: ReportMembers) throws(RecordedReportError) -> String? {
    try entry.text("state") == "complete" ? nil : try entry.optionalText("reason") ?? "no reason is on record"
  }
}

extension ReportDocument {
  fileprivate func verdict() throws(RecordedReportError) -> Verdict {
    guard let state = try value("verdict").string.flatMap(Verdict.State.init(rawValue:)) else {
      throw malformed("verdict", "is no verdict")
    }
    return Verdict(state: state, reasons: try value("reasons").array?.compactMap(\.string) ?? [])
  }
}

extension Run {
  fileprivate init(_ run: ReportMembers) throws(RecordedReportError) {
    let policy = try run.members("policy")
    self.init(
      organizationID: try run.text("organizationId"), collectedAt: try run.instant("collectedAt"),
      auditedAt: try run.instant("auditedAt"), instantWasGiven: try run.boolean("instantWasGiven"),
      toolVersion: try run.text("toolVersion"), apiBase: try run.optionalText("apiBase"),
      policyID: try policy.text("id"), policyTitle: try policy.text("title"), policyDigest: try policy.text("digest"),
      failOn: try run.choice("failOn"))
  }
}

extension RecordedRule {
  fileprivate init(_ rule: ReportMembers) throws(RecordedReportError) {
    let parameters = try rule.parameters()
    self.init(
      measure: try rule.optionalText("measure").map { MeasureDefinition(expression: $0, parameters: parameters) },
      notEvaluable: try rule.elements("notEvaluable") { entry throws(RecordedReportError) in
        NotEvaluable(
          reason: try entry.text("reason"), count: try entry.integer("count"), waived: try entry.integer("waived"),
          examples: try entry.elements("examples") { example throws(RecordedReportError) in try ResourceName(example) })
      })
  }
}

extension RecordedFinding {
  fileprivate init(_ finding: ReportMembers, _ rules: [String: RecordedRule]) throws(RecordedReportError) {
    let rule = try finding.text("ruleId")
    var definition = rules[rule]?.measure
    if let expression = definition?.expression, let override = try finding.optionalMembers("override") {
      definition = MeasureDefinition(expression: expression, parameters: try override.parameters())
    }
    self.init(
      ruleID: rule, severity: try finding.choice("severity"),
      resource: try ResourceName(try finding.members("resource")), disposition: try Self.disposition(finding),
      fingerprint: try finding.text("fingerprint"), message: try finding.text("message"),
      measure: try finding.optionalNumber("measure"), measuredBy: definition,
      evidence: try finding.elements("evidence") { entry throws(RecordedReportError) in
        Finding.Evidence(field: try entry.text("field"), value: try entry.text("value"))
      })
  }

  private static func disposition(_ finding: ReportMembers) throws(RecordedReportError) -> Disposition {
    switch try finding.text("disposition") {
    case "open": .open
    case "waived": .waived
    case "baselined": .baselined(since: try finding.members("baseline").instant("since"))
    default: throw finding.malformed("disposition", "is no disposition that this tokenreeve knows")
    }
  }
}

extension ReportMembers {
  fileprivate func parameters() throws(RecordedReportError) -> [(name: String, value: String)] {
    try elements("parameters") { parameter throws(RecordedReportError) in
      (name: try parameter.text("name"), value: try parameter.text("value"))
    }
  }
}

extension ResourceName {
  fileprivate init(_ resource: ReportMembers) throws(RecordedReportError) {
    var owner: OwnerName?
    if let members = try resource.optionalMembers("owner") {
      owner = OwnerName(
        id: try members.optionalText("id"), name: try members.optionalText("name"),
        email: try members.optionalText("email"))
    }
    self.init(
      kind: try resource.choice("kind"), id: try resource.text("id"), label: try resource.optionalText("label"),
      owner: owner)
  }
}
