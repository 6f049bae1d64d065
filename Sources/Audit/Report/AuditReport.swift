package import Inventory
package import Policy

/// What an audit found: everything that any report says, in the order in which all of them say it.
package struct AuditReport: Sendable {
  package let run: Run
  package let verdict: Verdict
  /// The collected lists, in the order of the snapshot.
  package let coverage: [ListCoverage]
  /// Every rule of the policy: severity (worst first), then id.
  package let rules: [RuleResult]
  /// Every flagged outcome: severity (worst first), then rule id, kind, resource id.
  package let findings: FindingList
  /// Every waiver that was given, in file order.
  package let waivers: [WaiverResult]
  /// What expires within `Expiry.days` of the audit instant: soonest first, then by kind and id.
  package let expiring: ExpiryList
  /// The tokens and keys in numbers; nil unless the audit was asked to count them.
  package let statistics: InventoryStatistics?
  /// What the findings were compared with; nil when there was no baseline.
  package let baseline: BaselineResult?

  package init(
    run: Run, verdict: Verdict, coverage: [ListCoverage], rules: [RuleResult], findings: FindingList,
    waivers: [WaiverResult], expiring: ExpiryList, statistics: InventoryStatistics? = nil,
    baseline: BaselineResult? = nil
  ) {
    self.run = run
    self.verdict = verdict
    self.coverage = coverage
    self.rules = rules
    self.findings = findings
    self.waivers = waivers
    self.expiring = expiring
    self.statistics = statistics
    self.baseline = baseline
  }

  /// What no Admin API shows, so that no rule can have asked it: not assessed, never passed.
  package static let notAssessed = [
    NotAssessed(
      title: "API tokens of external users",
      advice: "The Admin APIs list the tokens of managed accounts only. Review external users' access in the console."),
    NotAssessed(
      title: "The organization's API token settings",
      advice: "Whether users may create API tokens, and how long these may live, is shown in the console only "
        + "(admin.atlassian.com, Security, authentication policies and API token settings)."),
  ]

  package struct NotAssessed: Sendable {
    package let title: String
    package let advice: String
  }
}

/// What was audited, when, against what.
package struct Run: Sendable {
  package let organizationID: String
  package let collectedAt: Instant
  /// The audit instant: what `now` was in every condition, and when waivers were judged.
  package let auditedAt: Instant
  /// Whether the instant was asked for, so that waivers were perhaps not judged as of today.
  package let instantWasGiven: Bool
  package let toolVersion: String
  /// The host that answered, when it was not Atlassian's own.
  package let apiBase: String?
  package let policyID: String
  package let policyTitle: String
  /// SHA-256 of the effective policy, hexadecimal.
  package let policyDigest: String
  package let failOn: Severity
  /// The files of facts that the rules were given, in the order of the command line.
  package let facts: [FactSource]

  /// A file of facts, so that two runs can be known to have used the same.
  package struct FactSource: Hashable, Sendable {
    /// The table's name in the policy.
    package let name: String
    /// SHA-256 of the file, hexadecimal.
    package let digest: String
    package let rows: Int

    package init(name: String, digest: String, rows: Int) {
      self.name = name
      self.digest = digest
      self.rows = rows
    }
  }

  package init(
    organizationID: String, collectedAt: Instant, auditedAt: Instant, instantWasGiven: Bool, toolVersion: String,
    apiBase: String?, policyID: String, policyTitle: String, policyDigest: String, failOn: Severity,
    facts: [FactSource] = []
  ) {
    self.organizationID = organizationID
    self.collectedAt = collectedAt
    self.auditedAt = auditedAt
    self.instantWasGiven = instantWasGiven
    self.toolVersion = toolVersion
    self.apiBase = apiBase
    self.policyID = policyID
    self.policyTitle = policyTitle
    self.policyDigest = policyDigest
    self.failOn = failOn
    self.facts = facts
  }
}

/// The answer to "is the organization in order, by this policy?", over the rules at or above `failOn`.
package struct Verdict: Sendable {
  package enum State: String, Sendable {
    case pass, fail, inconclusive
  }

  package let state: State
  /// Why it is not pass, one clause each; empty for pass.
  package let reasons: [String]

  package init(state: State, reasons: [String]) {
    self.state = state
    self.reasons = reasons
  }
}

/// How much of one list was seen, and what that means for the verdict.
package struct ListCoverage: Sendable {
  package let list: CollectedList
  package let coverage: Coverage
  /// Ids of rules at or above `failOn` that needed what was not seen.
  package let neededBy: [String]
  /// The waiver that accepts the gap, when one does.
  package let waiver: Waiver?

  package init(list: CollectedList, coverage: Coverage, neededBy: [String], waiver: Waiver?) {
    self.list = list
    self.coverage = coverage
    self.neededBy = neededBy
    self.waiver = waiver
  }
}
