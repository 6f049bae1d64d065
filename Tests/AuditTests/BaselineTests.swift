import Audit
import Inventory
import Policy
import Testing

/// What an earlier report accepts, and what became of its findings.
struct BaselineTests {
  private static let counting = "rules: { owner-token-count: { severity: high, parameters: { maxTokens: 1 } } }"

  private func tokens(_ count: Int, owner: String = "u") -> [String] {
    (0..<count).map { #"{"id":"\#(owner)-\#($0)","user":{"id":"\#(owner)"}}"# }
  }

  private func stale(_ id: String) -> String { staleToken.replacing(#""stale""#, with: "\"\(id)\"") }

  // MARK: - What is accepted

  @Test func whatWasThereIsBaselinedAndPasses() async throws {
    var fixture = AuditFixture(tokens: [freshToken, staleToken])
    fixture.baseline = try await fixture.report().recorded
    fixture.at = "2026-06-11T00:00:00Z"
    let report = try await fixture.report()
    #expect(report.verdict.state == .pass)
    #expect(report.findings.map(\.disposition.name) == ["baselined"])
    #expect(report.findings[0].baselinedSince == "2026-06-01")
    #expect(report.findings[0].baseline == BaselineComparison(.unchanged))
    #expect(report.baseline?.notes == [])
  }

  @Test func whatIsNewFails() async throws {
    var fixture = AuditFixture(tokens: [stale("a")])
    fixture.baseline = try await fixture.report().recorded
    fixture.tokens.append(stale("b"))
    let report = try await fixture.report()
    #expect(report.verdict.reasons == ["1 open finding is at or above low"])
    #expect(report.findings.map(\.disposition.name) == ["baselined", "open"])
    #expect(report.findings[1].baseline?.state == .new)
  }

  @Test func withoutABaselineNothingIsCompared() async throws {
    let report = try await AuditFixture(tokens: [staleToken]).report()
    #expect(report.baseline == nil)
    #expect(report.findings[0].baseline == nil)
  }

  @Test(arguments: [("low", "high", "worse"), ("high", "low", "unchanged"), ("high", "high", "unchanged")])
  func aHigherSeverityIsWorse(before: String, now: String, state: String) async throws {
    var fixture = AuditFixture(tokens: [staleToken], policy: "rules: { token-stale: { severity: \(before) } }")
    fixture.baseline = try await fixture.report().recorded
    fixture.policy = "rules: { token-stale: { severity: \(now) } }"
    let finding = try await fixture.report().findings[0]
    #expect(finding.baseline?.state.rawValue == state)
    #expect(finding.disposition.isOpen == (state == "worse"))
    #expect((finding.baseline?.reason == "its severity was low") == (state == "worse"))
  }

  @Test(arguments: [(3, 2, "unchanged"), (3, 3, "unchanged"), (3, 4, "worse")])
  func aGreaterMeasureIsWorse(before: Int, now: Int, state: String) async throws {
    var fixture = AuditFixture(tokens: tokens(before), policy: Self.counting)
    fixture.baseline = try await fixture.report().recorded
    fixture.tokens = tokens(now)
    let finding = try await fixture.report().findings[0]
    #expect(finding.measure == Double(now))
    #expect(finding.baseline?.state.rawValue == state)
    #expect(finding.disposition.isOpen == (state == "worse"))
    #expect((finding.baseline?.reason == "its measure was 3, and is 4") == (state == "worse"))
  }

  @Test func measuresThatWereMadeOtherwiseAreNotComparable() async throws {
    func policy(_ measure: String, _ limit: Int) -> String {
      """
      rules:
        my-rule:
          resource: owner
          condition: size(owner.tokens) > params.limit
          parameters: { limit: { type: int, default: \(limit) } }
          measure: \(measure)
      """
    }
    let size = "size(owner.tokens)"
    for (before, now, isOpen) in [
      (policy(size, 1), policy(size, 1), false),
      // A parameter that the measure does not use leaves it as it was.
      (policy(size, 1), policy(size, 2), false),
      (policy("\(size) + params.limit", 1), policy("\(size) + params.limit", 2), true),
      (policy("\(size) - params.limit", 1), policy("\(size) - params.limit", 2), true),
      (policy(size, 1), policy("0 * \(size)", 1), true),
      // What has no value can be anything.
      (policy("\(size) / 0", 1), policy("\(size) / 0", 1), true),
    ] {
      var fixture = AuditFixture(tokens: tokens(3), policy: before)
      fixture.baseline = try await fixture.report().recorded
      fixture.policy = now
      let finding = try await fixture.report().findings[0]
      #expect(finding.disposition.isOpen == isOpen, "\(before) \(now)")
      #expect(finding.baseline?.state == (isOpen ? .incomparable : .unchanged))
    }
  }

  @Test func anOverrideMeasuresByItsOwnParameters() async throws {
    func policy(_ limit: Int) -> String {
      """
      rules:
        my-rule:
          resource: owner
          condition: size(owner.tokens) > 1
          parameters: { limit: { type: int, default: 1 } }
          measure: size(owner.tokens) - params.limit
          overrides: [{ match: owner.id == 'u', parameters: { limit: \(limit) } }]
      """
    }
    var fixture = AuditFixture(tokens: tokens(3), policy: policy(2))
    fixture.baseline = try await fixture.report().recorded
    #expect(try await fixture.report().findings.map(\.disposition.name) == ["baselined"])
    fixture.policy = policy(3)
    #expect(try await fixture.report().findings.map(\.baseline?.state) == [.incomparable])
  }

  @Test func whatAnOverrideTurnsOffIsNotResolved() async throws {
    var fixture = AuditFixture(tokens: [staleToken, freshToken])
    fixture.baseline = try await fixture.report().recorded
    fixture.policy = "rules: { token-stale: { overrides: [{ match: token.id == 'stale', enabled: false }] } }"
    let result = try await fixture.report().baseline
    #expect(result?.unknown.map(\.reason) == ["an override of the policy turns the rule off for it"])
    #expect(result?.resolved.isEmpty == true)
  }

  @Test func whatCouldNotBeEvaluatedThenIsNew() async throws {
    var fixture = AuditFixture(tokens: [unreadableToken])
    fixture.baseline = try await fixture.report().recorded
    fixture.tokens = [stale("unreadable")]
    let report = try await fixture.report()
    #expect(report.findings.map(\.baseline?.state) == [.new])
    #expect(report.verdict.state == .fail)
    #expect(
      report.baseline?.notes == [
        "the baseline's own audit was inconclusive, and what it did not see is new now: "
          + "token-stale could not be evaluated on 1 resource"
      ])
  }

  @Test func aBaselineAcceptsNoGap() async throws {
    var fixture = AuditFixture(
      tokens: [staleToken, unreadableToken], gaps: [.apiTokens: .refused],
      policy: "rules: { token-stale: , record-malformed: }")
    fixture.baseline = try await fixture.report().recorded
    let report = try await fixture.report()
    #expect(report.verdict.state == .inconclusive)
    let malformed = try #require(report.findings.first { $0.ruleID == "record-malformed" })
    #expect(malformed.disposition.isOpen)
    #expect(malformed.baseline == BaselineComparison(.unchanged, "a baseline does not accept what can't be judged"))
  }

  @Test func anIDThatComesMoreOftenThanBeforeIsNew() async throws {
    var fixture = AuditFixture(tokens: [stale("a"), stale("a")])
    fixture.baseline = try await fixture.report().recorded
    #expect(try await fixture.report().findings.map(\.disposition.name) == ["baselined", "baselined"])
    fixture.tokens.append(stale("a"))
    let report = try await fixture.report()
    #expect(report.findings.map(\.disposition.name) == ["open", "open", "open"])
    #expect(report.findings[0].baseline?.reason == "3 records have this id, 2 in the baseline")
    fixture.tokens = [stale("a")]
    #expect(try await fixture.report().findings.map(\.disposition.name) == ["baselined"])
  }

  // MARK: - Waivers

  private static let waiver = AuditFixture.waiver("rule: token-stale, match: { ids: [stale] }", expires: "2026-06-05")

  @Test func whatWasWaivedIsNotAccepted() async throws {
    var fixture = AuditFixture(tokens: [staleToken], waivers: [Self.waiver])
    fixture.baseline = try await fixture.report().recorded
    #expect(fixture.baseline?.findings.map(\.disposition) == [.waived])
    #expect(try await fixture.report().findings.map(\.disposition.name) == ["waived"])
    fixture.waivers = []
    let report = try await fixture.report()
    #expect(report.findings.map(\.disposition.name) == ["open"])
    #expect(report.findings[0].baseline == BaselineComparison(.new, "it was waived in the baseline"))
  }

  @Test(arguments: ["match: { ids: [stale] }", "match: \"token.id == 'stale'\""])
  func anExpiredWaiverBringsItsFindingBackWhateverTheBaselineHas(match: String) async throws {
    var fixture = AuditFixture(tokens: [staleToken, stale("other")])
    fixture.baseline = try await fixture.report().recorded
    fixture.waivers = [AuditFixture.waiver("rule: token-stale, \(match)", expires: "2026-06-05")]
    #expect(try await fixture.report().findings.map(\.disposition.name) == ["baselined", "waived"])
    fixture.at = "2026-06-05T00:00:00Z"
    let report = try await fixture.report()
    #expect(report.findings.map(\.disposition.name) == ["baselined", "open"])
    #expect(
      report.findings[1].baseline
        == BaselineComparison(.unchanged, "the waiver w, which accepted it, expired on 2026-06-05"))
    #expect(report.verdict.state == .fail)
  }

  // MARK: - Chains

  @Test func aBaselinedFindingStaysAcceptedSinceItsFirstReport() async throws {
    var fixture = AuditFixture(tokens: [stale("a")], at: "2026-06-01T00:00:00Z")
    fixture.baseline = try await fixture.report().recorded
    fixture.tokens.append(stale("b"))
    fixture.at = "2026-06-11T00:00:00Z"
    fixture.baseline = try await fixture.report().recorded
    #expect(fixture.baseline?.findings.map(\.disposition.name) == ["baselined", "open"])
    fixture.at = "2026-06-21T00:00:00Z"
    let report = try await fixture.report()
    #expect(report.verdict.state == .pass)
    #expect(report.findings.compactMap(\.baselinedSince) == ["2026-06-01", "2026-06-11"])
  }

  @Test func whatWasResolvedInBetweenIsNewWhenItComesBack() async throws {
    var fixture = AuditFixture(tokens: [stale("a"), freshToken])
    fixture.baseline = try await fixture.report().recorded
    fixture.tokens = [freshToken]
    fixture.baseline = try await fixture.report().recorded
    fixture.tokens = [stale("a"), freshToken]
    #expect(try await fixture.report().findings.map(\.baseline?.state) == [.new])
  }

  // MARK: - What is gone

  private func gone(_ change: (inout AuditFixture) -> Void) async throws -> BaselineResult {
    var fixture = AuditFixture(tokens: [staleToken, freshToken])
    fixture.baseline = try await fixture.report().recorded
    change(&fixture)
    let result = try #require(try await fixture.report().baseline)
    #expect(result.resolved.count + result.unknown.count == 1)
    return result
  }

  @Test(arguments: [
    [freshToken], [freshToken, staleToken.replacing("2026-01-01", with: "2026-05-30")],
    [freshToken, blockedToken.replacing("blocked\"", with: "stale\"")],
  ])
  func whatWasLookedAtIsResolved(tokens: [String]) async throws {
    let result = try await gone { $0.tokens = tokens }
    #expect(result.resolved.map(\.resource.id) == ["stale"])
    #expect(result.unknown.isEmpty)
  }

  @Test func whatIsNotEvaluableAnyMoreIsUnknown() async throws {
    let result = try await gone { $0.tokens = [freshToken, unreadableToken.replacing("unreadable", with: "stale")] }
    #expect(result.unknown.map(\.reason) == ["lastActiveAt is not a date-time"])
  }

  @Test func whatIsInAListThatIsNotCompleteIsUnknown() async throws {
    let result = try await gone {
      $0.tokens = [freshToken]
      $0.gaps = [.apiTokens: Coverage(state: .partial("HTTP 500"), records: 1)]
    }
    #expect(result.unknown.map(\.reason) == ["the list of API tokens is not complete: HTTP 500"])
  }

  @Test func whatNoRuleAsksAnyMoreIsUnknown() async throws {
    let result = try await gone {
      $0.tokens = [freshToken]
      $0.policy = "rules: { token-no-expiry: }"
    }
    #expect(result.unknown.map(\.reason) == ["the policy does not have the rule any more"])
    #expect(result.notes.count == 1)
    #expect(result.notes[0].hasPrefix("the baseline was judged by another policy: policy ("))
  }

  @Test func anOwnerIsUnknownWhereTokensHaveNoOwner() async throws {
    var fixture = AuditFixture(tokens: tokens(2), policy: Self.counting)
    fixture.baseline = try await fixture.report().recorded
    fixture.tokens = tokens(1)
    #expect(try await fixture.report().baseline?.resolved.map(\.resource.id) == ["u"])
    fixture.tokens.append(#"{"id":"nobody's"}"#)
    #expect(
      try await fixture.report().baseline?.unknown.map(\.reason) == ["the owner of some API tokens is not known"])
  }

  @Test func theOrganizationIsUnknownWithoutTheListThatItsRuleReads() async throws {
    var fixture = AuditFixture(tokens: [freshToken], policy: "rules: { org-no-ip-allowlist: }")
    fixture.baseline = try await fixture.report().recorded
    try #require(fixture.baseline?.findings.count == 1)
    fixture.gaps = [.policies: .refused]
    let result = try await fixture.report().baseline
    #expect(result?.resolved.isEmpty == true)
    #expect(result?.unknown.map(\.reason) == ["the list of policies is not complete: the API refused it (403)"])
  }

  @Test func aRecordWithoutAnIDCannotBeFollowed() async throws {
    let nameless = staleToken.replacing(#""id":"stale","#, with: "")
    var fixture = AuditFixture(tokens: [nameless, freshToken])
    fixture.baseline = try await fixture.report().recorded
    #expect(try await fixture.report().verdict.state == .pass)
    fixture.tokens[0] = nameless.replacing("2026-01-01", with: "2026-01-02")
    let report = try await fixture.report()
    #expect(report.findings.map(\.baseline?.state) == [.new])
    #expect(report.baseline?.resolved.isEmpty == true)
    #expect(report.baseline?.unknown.map(\.finding.resource.id).first?.hasPrefix("sha256-") == true)
  }

  @Test func whatWasWaivedIsNeitherResolvedNorUnknown() async throws {
    var fixture = AuditFixture(tokens: [staleToken], waivers: [Self.waiver])
    fixture.baseline = try await fixture.report().recorded
    fixture.tokens = [freshToken]
    let result = try #require(try await fixture.report().baseline)
    #expect(result.resolved.isEmpty && result.unknown.isEmpty)
  }

  // MARK: - Age, and what is refused

  @Test(arguments: [("2026-08-30T00:00:00Z", false), ("2026-08-30T00:00:01Z", true)])
  func aBaselineOlderThanNinetyDaysIsNoted(at: String, isOld: Bool) async throws {
    var fixture = AuditFixture(tokens: [staleToken])
    fixture.baseline = try await fixture.report().recorded
    fixture.at = at
    let notes = try #require(try await fixture.report().baseline).notes
    #expect(notes.isEmpty != isOld)
    #expect(notes.allSatisfy { $0.contains("older than 90 days") })
  }

  @Test func whatIsBaselinedForLongIsNotedThoughTheReportIsFresh() async throws {
    var fixture = AuditFixture(tokens: [staleToken])
    fixture.baseline = try await fixture.report().recorded
    fixture.at = "2026-08-01T00:00:00Z"
    fixture.baseline = try await fixture.report().recorded
    fixture.at = "2026-09-01T00:00:00Z"
    #expect(
      try await fixture.report().baseline?.notes == [
        "1 finding has been baselined for more than 90 days, the oldest since 2026-06-01"
      ])
  }

  @Test func anotherOrganizationAndTheFutureAreRefused() async throws {
    let baseline = Baseline(try await AuditFixture(tokens: [staleToken]).report().recorded)
    let collectedAt = Instant(milliseconds: 1_780_000_000_000)
    func refusal(_ organization: String, collectedAt: Instant, at: String) throws -> String? {
      let header = SnapshotHeader(
        organizationID: organization, collectedAt: collectedAt, toolVersion: "1", apiBase: nil)
      let at = try #require(Instant(at))
      do throws(BaselineRefusal) {
        try baseline.check(header, auditedAt: at)
        return nil
      } catch {
        return error.message
      }
    }
    #expect(try refusal("org 1", collectedAt: collectedAt, at: "2026-06-01T00:00:00Z") == nil)
    #expect(try refusal("org 2", collectedAt: collectedAt, at: "2026-06-01T00:00:00Z")?.contains("org 2") == true)
    #expect(try refusal("org 1", collectedAt: collectedAt, at: "2026-05-31T00:00:00Z")?.contains("after") == true)
    let before = Instant(milliseconds: collectedAt.milliseconds - 1)
    #expect(try refusal("org 1", collectedAt: before, at: "2026-06-01T00:00:00Z")?.contains("after") == true)
  }
}

extension Finding {
  fileprivate var baselinedSince: String? {
    if case .baselined(let since) = disposition { since.dateText } else { nil }
  }
}

extension AuditReport {
  private func parameters(of rule: String) -> [ParameterSetting] {
    rules.first { $0.rule.id == rule }?.selected.parameters ?? []
  }

  /// The report as its JSON would give it back.
  var recorded: RecordedReport {
    RecordedReport(
      run: run, verdict: verdict,
      gaps: Dictionary(
        coverage.compactMap { entry in entry.coverage.reason.map { (entry.list, $0) } }, uniquingKeysWith: { $1 }),
      rules: Dictionary(
        rules.map { result in
          let parameters = result.selected.parameters.map { (name: $0.name, value: $0.value.text) }
          let measure = result.rule.measure.map { MeasureDefinition(expression: $0, parameters: parameters) }
          return (result.rule.id, RecordedRule(measure: measure, notEvaluable: result.notEvaluable))
        }, uniquingKeysWith: { $1 }),
      findings: findings.map { finding in
        let disposition: RecordedFinding.Disposition =
          switch finding.disposition {
          case .open: .open
          case .waived: .waived
          case .baselined(let since): .baselined(since: since)
          }
        return RecordedFinding(
          ruleID: finding.ruleID, severity: finding.severity, resource: finding.resource, disposition: disposition,
          fingerprint: finding.fingerprint, message: finding.message, measure: finding.measure,
          measuredBy: rules.first { $0.rule.id == finding.ruleID }?.rule.measure.map { expression in
            let settings = finding.override?.settings.parameters ?? parameters(of: finding.ruleID)
            return MeasureDefinition(
              expression: expression, parameters: settings.map { (name: $0.name, value: $0.value.text) })
          },
          evidence: finding.evidence)
      })
  }
}
