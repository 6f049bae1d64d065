import Files
import Inventory
import Reporting

@testable import Audit
@testable import Policy

/// Makes audit reports whose counts, verdict and order agree with what they list, as the audit's own do.
struct ReportBuilder {
  var failOn = Severity.low
  var coverage: [CollectedList: Coverage] = Dictionary(
    uniqueKeysWithValues: CollectedList.always.map {
      ($0, Coverage(state: .complete(verified: true), records: 20, countBefore: 20, countAfter: 20))
    })
  var waivers: [WaiverResult] = []
  var listWaivers: [CollectedList: Waiver] = [:]
  var expiring: [Expiry] = []
  var statistics: InventoryStatistics?
  /// Why the snapshot is no basis for a pass.
  var doubt: String?
  var baseline: BaselineResult?
  /// Text in every field that data or people outside can fill.
  var text = "text"
  private var rules: [Rule] = []
  private var findings: [Finding] = []
  private var notEvaluable: [String: [NotEvaluable]] = [:]

  static let at = Instant(milliseconds: 1_780_272_000_000)

  @discardableResult
  mutating func rule(
    _ id: String, _ severity: Severity, kinds: [ResourceKind] = [.apiToken], verdict: Rule.Verdict = .fail
  ) -> String {
    let file = SourceFile(name: "test", text: "")
    let expression = Expression(absentFrom: file)
    rules.append(
      Rule(
        id: id, title: "Title \(text)", resources: kinds, severity: severity, verdict: verdict, parameters: [],
        facts: [], applies: nil, condition: "true", message: "", measure: nil, yieldsTo: [],
        rationale: "Rationale \(text)",
        remediation: "Remedy \(text)", references: [.init(framework: "nist-800-53", clauses: ["IA-5"])], examples: [],
        expressions: .init(applies: nil, condition: expression, message: expression, measure: nil)))
    return id
  }

  private func settings(_ severity: Severity) -> RuleSettings {
    RuleSettings(
      severity: Setting(severity, .rule),
      parameters: [ParameterSetting(name: "limit", value: .string(text), origin: .rule)])
  }

  /// An override that is in force for the findings that name it.
  var override: RuleOverride {
    RuleOverride(
      match: "token.id == '\(text)'",
      origin: .policy(file: "\(text).yaml", location: SourceLocation(line: 3, column: 5)), isEnabled: true,
      settings: settings(.info))
  }

  mutating func finding(
    _ rule: String, id: String, waiver: Waiver? = nil, label: String? = nil, override: RuleOverride? = nil,
    since: Instant? = nil, comparison: BaselineComparison? = nil
  ) {
    guard let definition = rules.first(where: { $0.id == rule }) else { return }
    let kind = definition.resources[0]
    findings.append(
      Finding(
        ruleID: rule, severity: override?.settings.severity.value ?? definition.severity,
        resource: ResourceName(
          kind: kind, id: id, label: label ?? text, owner: OwnerName(id: "account-\(text)", name: text, email: nil)),
        disposition: waiver.map(Disposition.waived) ?? since.map(Disposition.baselined) ?? .open,
        fingerprint: Fingerprint.make(organization: "org-1", rule: rule, kind: kind, id: id),
        message: "\(text) found", measure: 2.5, evidence: [.init(field: "createdAt", value: text)],
        override: override, baseline: comparison))
  }

  mutating func notEvaluable(_ rule: String, reason: String, count: Int, waived: Int = 0) {
    let examples = (0..<min(count, 5)).map { ResourceName(kind: .apiToken, id: "\($0)", label: text, owner: nil) }
    notEvaluable[rule, default: []].append(
      NotEvaluable(reason: reason, count: count, waived: waived, examples: examples))
  }

  /// A waiver, which is in the report from then on.
  @discardableResult
  mutating func waiver(
    _ subject: Waiver.Subject, id: String = "W-1", state: WaiverResult.State = .used
  ) -> Waiver {
    let waiver = Waiver(
      id: "\(id) \(text)", subject: subject, match: .ids([text]), reason: "Reason \(text)", owner: "Owner \(text)",
      expires: Instant(milliseconds: 1_790_000_000_000), ticket: "SEC-1 \(text)")
    waivers.append(WaiverResult(waiver: waiver, state: state, matches: state == .unused ? 0 : 1))
    return waiver
  }

  func report() -> AuditReport {
    let sorted = rules.sorted { ($1.severity, $0.id) < ($0.severity, $1.id) }
    let gaps = coverage.filter { !$0.value.isComplete }.keys
    let results = sorted.map { rule in
      let flagged = self.findings.count { $0.ruleID == rule.id }
      return RuleResult(
        selected: SelectedRule(
          rule: rule, origin: .rule, settings: settings(rule.severity),
          overrides: rule.id == "token-expiring" ? [override] : [], programs: [:]),
        gates: rule.severity >= failOn, passed: 7, flagged: flagged, notApplicable: 1,
        notEvaluable: notEvaluable[rule.id] ?? [],
        missingLists: Set(rule.resources.compactMap(\.list)).intersection(gaps).sorted())
    }
    let order = sorted.map(\.id)
    let findings = self.findings.sorted {
      ($1.severity, order.firstIndex(of: $0.ruleID) ?? 0, $0.resource.id)
        < ($0.severity, order.firstIndex(of: $1.ruleID) ?? 0, $1.resource.id)
    }
    let lists = CollectedList.always.map { list in
      ListCoverage(
        list: list, coverage: coverage[list] ?? Coverage(state: .unavailable("not asked")),
        neededBy: results.filter { $0.gates && $0.missingLists.contains(list) }.map(\.rule.id),
        waiver: listWaivers[list])
    }
    return AuditReport(
      run: Run(
        organizationID: "org-1", collectedAt: Self.at, auditedAt: Self.at, instantWasGiven: false,
        toolVersion: "9.8.7", apiBase: nil, policyID: "baseline", policyTitle: "Title \(text)",
        policyDigest: String(repeating: "0123456789abcdef", count: 4), failOn: failOn,
        facts: [.init(name: "leavers", digest: String(repeating: "fedcba9876543210", count: 4), rows: 12)]),
      verdict: Verdict(results, FindingList(findings), lists, doubt: doubt, failOn: failOn), coverage: lists,
      rules: results, findings: FindingList(findings), waivers: waivers, expiring: ExpiryList(expiring),
      statistics: statistics, baseline: baseline)
  }

  /// The same, compared with a baseline.
  static func compared(_ text: String = "text") -> AuditReport {
    var builder = everythingBuilder(text)
    let before = Instant(milliseconds: at.milliseconds - 100 * 86_400_000)
    builder.rule("key-stale", .high)
    for (id, comparison) in [
      ("20001", BaselineComparison(.new)), ("20002", BaselineComparison(.worse, "its severity was low")),
      ("20003", BaselineComparison(.incomparable, "its measure is not known")),
    ] {
      builder.finding("key-stale", id: id, comparison: comparison)
    }
    for id in ["20004", "20005"] {
      builder.finding("key-stale", id: id, since: before, comparison: BaselineComparison(.unchanged))
    }
    let report = builder.report()
    func gone(_ id: String) -> RecordedFinding {
      RecordedFinding(
        ruleID: "key-stale", severity: .high,
        resource: ResourceName(kind: .apiKey, id: id, label: text, owner: OwnerName(id: text, name: text, email: nil)),
        disposition: .open, fingerprint: "org-1/key-stale/api-key/\(id)", message: "\(text) said", measure: nil,
        measuredBy: nil,
        evidence: [.init(field: "createdAt", value: text)])
    }
    builder.baseline = BaselineResult(
      run: Run(
        organizationID: "org-1", collectedAt: before, auditedAt: before, instantWasGiven: false, toolVersion: "1",
        apiBase: nil, policyID: "baseline", policyTitle: "Title \(text)", policyDigest: report.run.policyDigest,
        failOn: .low),
      verdict: .inconclusive, counts: [.new: 1, .worse: 1, .incomparable: 1, .unchanged: 2],
      notes: ["the baseline is old \(text)"], resolved: [gone("resolved \(text)")],
      unknown: [UnseenFinding(finding: gone("gone \(text)"), reason: "a list is missing \(text)")])
    return builder.report()
  }

  /// A report that has some of everything, with `text` in each field that people outside can fill.
  static func everything(_ text: String = "text") -> AuditReport { everythingBuilder(text).report() }

  private static func everythingBuilder(_ text: String) -> ReportBuilder {
    var builder = ReportBuilder(text: text)
    builder.coverage[.apiKeys] = Coverage(
      state: .unavailable("the key may not read them \(text)"), notes: ["note \(text)"], advice: "grant it \(text)")
    for (id, severity) in [
      ("key-unscoped", Severity.critical), ("token-unscoped", .high), ("token-stale", .medium),
      ("token-expiring", .info),
    ] {
      builder.rule(id, severity, kinds: id.hasPrefix("key") ? [.apiKey] : [.apiToken])
    }
    builder.rule("record-malformed", .medium, verdict: .inconclusive)
    builder.rule("token-lifetime", .medium)
    let waiver = builder.waiver(.findings(rules: ["token-stale"]))
    builder.waiver(.notEvaluable(rules: ["token-stale"]), id: "W-2")
    builder.waiver(.notEvaluable(rules: ["token-stale"]), id: "W-4", state: .expired)
    builder.waiver(.list(.policies), id: "W-3", state: .unused)
    builder.finding("token-unscoped", id: "10001")
    builder.finding("token-unscoped", id: "10002 \(text)")
    builder.finding("token-stale", id: "10003")
    builder.finding("token-stale", id: "10004", waiver: waiver)
    builder.finding("token-expiring", id: "10005", override: builder.override)
    builder.finding("record-malformed", id: "10006")
    builder.notEvaluable("token-unscoped", reason: "scopes: the API did not report its scopes \(text)", count: 8)
    builder.notEvaluable("token-stale", reason: "lastActiveAt can't be read", count: 2, waived: 2)
    for (id, days) in [("10005", 3), ("10009", 20)] {
      builder.expiring.append(
        Expiry(
          resource: ResourceName(
            kind: .apiToken, id: id, label: text, owner: OwnerName(id: text, name: text, email: nil)),
          expiresAt: Instant(milliseconds: at.milliseconds + Int64(days) * 86_400_000)))
    }
    return builder
  }

  /// A report that says that all is in order.
  static func allInOrder() -> AuditReport {
    var builder = ReportBuilder()
    builder.rule("token-unscoped", .high)
    builder.rule("key-unscoped", .critical, kinds: [.apiKey])
    return builder.report()
  }

  init(text: String = "text") { self.text = text }
}

extension AuditReport {
  func bytes(_ format: ReportFormat, _ options: ReportOptions = ReportOptions()) throws -> [UInt8] {
    var writer = MemoryWriter()
    try format.write(self, options, to: &writer)
    return writer.bytes
  }

  func text(_ format: ReportFormat, _ options: ReportOptions = ReportOptions()) throws -> String {
    String(decoding: try bytes(format, options), as: UTF8.self)
  }
}
