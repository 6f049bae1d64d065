import Audit
import Inventory
import Policy
import TestSupport
import Testing

/// The rules of the baseline against the same questions asked in plain Swift, over generated organizations.
struct CoreRulesTests {
  private static let now: Int64 = 1_780_272_000_000  // 2026-06-01T00:00:00Z
  private static let day: Int64 = 86_400_000

  /// What a rule should make of a resource.
  private enum Expected: String { case passed, flagged, notApplicable, notEvaluable }

  private typealias Question = (GeneratedCredential) -> Expected

  @Test(arguments: [11, 12, 13] as [UInt64])
  func findTheSame(_ seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let tokens = (0..<600).map { GeneratedCredential($0, isToken: true, now: Self.now, &random) }
    let keys = (0..<600).map { GeneratedCredential($0, isToken: false, now: Self.now, &random) }
    let report = try await AuditFixture(
      tokens: tokens.map(\.json), keys: keys.map(\.json), policy: "extends: baseline", jobs: 2
    ).report()
    let questions: [(rule: String, credentials: [GeneratedCredential], question: Question)] = [
      ("token-no-expiry", tokens, Self.noExpiry), ("key-no-expiry", keys, Self.noExpiry),
      ("token-lifetime", tokens, { Self.lifetime($0, 90) }), ("key-lifetime", keys, { Self.lifetime($0, 90) }),
      ("token-stale", tokens, { Self.stale($0, 90) }), ("key-stale", keys, { Self.stale($0, 30) }),
      ("token-never-used", tokens, { Self.neverUsed($0, 30) }), ("key-never-used", keys, { Self.neverUsed($0, 14) }),
      ("token-unscoped", tokens, Self.unscoped), ("key-unscoped", keys, Self.unscoped),
      ("token-privileged-scope", tokens, Self.privileged), ("key-write-scope", keys, Self.writes),
      ("token-broad-scopes", tokens, Self.broad), ("token-expiring", tokens, Self.expiring),
    ]
    for (rule, credentials, asked) in questions {
      let question = Self.live(asked)
      let result = try #require(report.rules.first { $0.rule.id == rule })
      let expected = Dictionary(grouping: credentials, by: question).mapValues(\.count)
      #expect(result.passed == expected[.passed] ?? 0, "\(rule)")
      #expect(result.notApplicable == expected[.notApplicable] ?? 0, "\(rule)")
      #expect(result.notEvaluableCount == expected[.notEvaluable] ?? 0, "\(rule)")
      let flagged = credentials.filter { question($0) == .flagged }.map(\.id).sorted()
      #expect(report.findings.filter { $0.ruleID == rule }.map(\.resource.id) == flagged, "\(rule)")
      #expect(!flagged.isEmpty && (expected[.passed] ?? 0) > 0 && (expected[.notEvaluable] ?? 0) > 0, "\(rule)")
    }
  }

  /// A resource that a rule flags is not flagged for the same cause by a rule that yields to it.
  @Test func whatARuleYieldsItDoesNotFlag() async throws {
    var random = SeededRandom(seed: 14)
    let tokens = (0..<1500).map { GeneratedCredential($0, isToken: true, now: Self.now, &random) }
    let keys = (0..<1500).map { GeneratedCredential($0, isToken: false, now: Self.now, &random) }
    let rules = try BuiltInPolicies.rules()
    let policy = "rules: {\(rules.map { "\($0.id): " }.joined(separator: ", "))}"
    let report = try await AuditFixture(
      tokens: tokens.map(\.json), keys: keys.map(\.json), policies: Self.allowlists, policy: policy,
      waivers: Self.waivers
    ).report()
    let flagged = Dictionary(grouping: report.findings, by: \.ruleID).mapValues { Set($0.map(\.resource.id)) }
    for rule in rules {
      for other in rule.yieldsTo {
        let (yielding, exact) = (flagged[rule.id, default: []], flagged[other, default: []])
        #expect(yielding.isDisjoint(with: exact), "\(rule.id), \(other)")
        #expect(!yielding.isEmpty && !exact.isEmpty, "\(rule.id), \(other)")
      }
    }
  }

  /// Enabled address lists with every application status, alone and in pairs.
  private static let allowlists = {
    let statuses = ["applied", "failed", "applying", "scheduled", "removing"].map {
      #"{"id":"r","applicationStatus":"\#($0)"}"#
    }
    let resources = [""] + statuses + statuses.flatMap { first in statuses.map { "\(first),\($0)" } }
    return resources.enumerated().map { index, text in
      #"{"id":"p-\#(index)","attributes":{"type":"ip-allowlist","status":"enabled","resources":[\#(text)]}}"#
    }
  }()

  private static let waivers = ["2026-01-01", "2026-06-10", "2026-12-31"].flatMap { expires in
    ["true", "false"].map { match in
      AuditFixture.waiver(
        "rule: token-stale, match: \"\(match)\"", expires: expires, id: "w-\(expires)-\(match)")
    }
  }

  /// A token that has expired opens nothing: only what is wrong with its record is still said.
  @Test func whatHasExpiredIsFlaggedForNothingElse() async throws {
    var random = SeededRandom(seed: 15)
    let tokens = (0..<1500).map { GeneratedCredential($0, isToken: true, now: Self.now, &random) }
    let rules = try BuiltInPolicies.rules()
    let policy = "rules: {\(rules.map { "\($0.id): " }.joined(separator: ", "))}"
    let report = try await AuditFixture(tokens: tokens.map(\.json), policy: policy).report()
    let ofTokens = report.findings.filter { $0.resource.kind == .apiToken }
    let expired = Set(ofTokens.filter { $0.ruleID == "token-expired-listed" }.map(\.resource.id))
    #expect(expired.count > 100)
    let others = Set(ofTokens.filter { expired.contains($0.resource.id) }.map(\.ruleID))
    #expect(others.isSubset(of: ["token-expired-listed", "record-malformed", "date-contradiction"]))
  }

  // MARK: - The rules in Swift

  /// Live ones only; whether one is live may itself not be known.
  private static func live(_ question: @escaping Question) -> Question {
    { credential in
      if credential.status == .known("BLOCKED") { return .notApplicable }
      if case .known(let expiry) = credential.expiresAt, expiry <= now { return .notApplicable }
      if credential.status == .unreadable || credential.expiresAt == .unreadable { return .notEvaluable }
      return question(credential)
    }
  }

  private static func noExpiry(_ credential: GeneratedCredential) -> Expected {
    credential.expiresAt == .missing ? .flagged : .passed
  }

  private static func lifetime(_ credential: GeneratedCredential, _ days: Int64) -> Expected {
    guard case .known(let expiry) = credential.expiresAt else { return .passed }
    guard case .known(let creation) = credential.createdAt else { return .notEvaluable }
    return expiry - creation > days * day ? .flagged : .passed
  }

  private static func stale(_ credential: GeneratedCredential, _ days: Int64) -> Expected {
    switch credential.lastActiveAt {
    case .missing: .passed
    case .unreadable: .notEvaluable
    case .known(let activity): now - activity > days * day ? .flagged : .passed
    }
  }

  private static func neverUsed(_ credential: GeneratedCredential, _ days: Int64) -> Expected {
    switch (credential.lastActiveAt, credential.createdAt) {
    case (.known, _): .passed
    case (.unreadable, .known(let creation)) where now - creation <= days * day: .passed
    case (.missing, .known(let creation)): now - creation > days * day ? .flagged : .passed
    default: .notEvaluable
    }
  }

  private static func unscoped(_ credential: GeneratedCredential) -> Expected {
    guard case .known(let scopes) = credential.scopes else { return .notEvaluable }
    return scopes.isEmpty ? .flagged : .passed
  }

  /// True for one element decides; otherwise an element that nobody knows leaves it open.
  private static func any(_ answers: [Bool?]) -> Expected {
    answers.contains(true) ? .flagged : answers.contains(nil) ? .notEvaluable : .passed
  }

  private static func privileged(_ credential: GeneratedCredential) -> Expected {
    guard case .known(let scopes) = credential.scopes else { return .notEvaluable }
    return any(
      scopes.map(ScopeCatalogue.builtIn.scope).map { scope in
        guard let access = scope.access, let privileged = scope.privileged else { return nil }
        return privileged || access == "manage" || access == "admin"
      })
  }

  private static func writes(_ credential: GeneratedCredential) -> Expected {
    guard case .known(let scopes) = credential.scopes else { return .notEvaluable }
    return any(scopes.map { ScopeCatalogue.builtIn.scope(named: $0).access.map { $0 != "read" } })
  }

  private static func broad(_ credential: GeneratedCredential) -> Expected {
    guard case .known(let names) = credential.scopes else { return .notEvaluable }
    if names.count > 20 { return .flagged }
    let scopes = names.map(ScopeCatalogue.builtIn.scope)
    let certain = Set(scopes.filter { $0.known && ["write", "delete"].contains($0.access) }.map(\.family))
    if certain.count > 1 { return .flagged }
    let isOpen = ["jira", "confluence", "bitbucket", "admin", "platform"].contains { family in
      let answers: [Bool?] = scopes.map { scope in
        if scope.family != nil, scope.family != family { return false }
        if let access = scope.access, !["write", "delete"].contains(access) { return false }
        return scope.family == nil || scope.access == nil ? nil : true
      }
      return any(answers) == .notEvaluable
    }
    if isOpen { return .notEvaluable }
    let writing = Set(scopes.filter { ["write", "delete"].contains($0.access) }.compactMap(\.family))
    return writing.count > 1 ? .flagged : .passed
  }

  private static func expiring(_ credential: GeneratedCredential) -> Expected {
    guard case .known(let expiry) = credential.expiresAt, expiry - now <= 14 * day else { return .passed }
    switch credential.lastActiveAt {
    case .missing: return .passed
    case .unreadable: return .notEvaluable
    case .known(let activity): return now - activity <= 30 * day ? .flagged : .passed
    }
  }
}
