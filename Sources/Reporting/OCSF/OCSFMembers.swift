import Audit
import Inventory
import Policy

/// Events by OCSF 1.5.0: names and numbers are those of the schema.
extension JSONWriter {
  private static let version = "1.5.0"

  /// Whether a control is met, the schema's compliance status.
  private enum Compliance: Int {
    case unknown = 0
    case fail = 3
  }

  /// - Parameter acceptance: Why the finding is not open; nil when it is.
  mutating func ocsfFinding(_ run: Run, _ finding: Finding, _ rule: Rule?, acceptance: String?) {
    object { json in
      json.ocsfHead(run, severity: finding.severity)
      // New, or suppressed by a waiver or a baseline.
      json.integer("status_id", finding.disposition.isOpen ? 1 : 3)
      json.string("status", finding.disposition.isOpen ? "New" : "Suppressed")
      if let acceptance { json.string("status_detail", acceptance) }
      json.string("message", finding.message)
      json.object("finding_info") { json in
        json.string("uid", finding.fingerprint)
        json.string("title", prose(rule?.title ?? finding.ruleID))
        json.string("desc", finding.message)
        json.integer("created_time", Int(run.auditedAt.milliseconds))
        json.strings("types", [finding.ruleID])
      }
      json.ocsfCompliance(finding.ruleID, rule, .fail)
      if let rule { json.object("remediation") { $0.string("desc", prose(rule.remediation)) } }
      json.array("resources") { $0.ocsfResource(finding.resource) }
      json.object("unmapped") { json in
        json.string("disposition", finding.disposition.name)
        json.baselineComparison(finding)
        json.array("evidence") { json in
          for evidence in finding.evidence {
            json.object { json in
              json.string("name", evidence.field)
              json.string("value", evidence.value)
            }
          }
        }
      }
    }
    newline()
  }

  /// An event that says that something is not known.
  mutating func ocsfUnknown(_ run: Run?, id: String, _ title: String, _ text: String, _ gap: Gap? = nil) {
    object { json in
      json.ocsfHead(run, severity: nil)
      json.integer("status_id", 1)
      json.string("status", "New")
      json.string("message", text)
      json.object("finding_info") { json in
        json.string("uid", "\(run.map { percentEncoded($0.organizationID) } ?? "unknown")/\(id)")
        json.string("title", title)
        json.string("desc", text)
      }
      var rule: Rule?
      if case .outcomes(let result, _)? = gap?.subject { rule = result.rule }
      json.ocsfCompliance(rule?.id ?? "coverage", rule, .unknown)
      if let advice = gap?.advice { json.object("remediation") { $0.string("desc", prose(advice)) } }
      json.object("unmapped") { json in
        json.string("disposition", gap?.name ?? "inconclusive")
        if let gap { json.string("bearing", gap.bearingText) }
      }
    }
    newline()
  }

  private mutating func ocsfHead(_ run: Run?, severity: Severity?) {
    integer("category_uid", 2)
    string("category_name", "Findings")
    integer("class_uid", 2003)
    string("class_name", "Compliance Finding")
    integer("type_uid", 200_301)
    string("type_name", "Compliance Finding: Create")
    integer("activity_id", 1)
    string("activity_name", "Create")
    integer("time", Int(run?.auditedAt.milliseconds ?? 0))
    integer("severity_id", severity?.ocsfNumber ?? 0)
    string("severity", severity?.ocsfName ?? "Unknown")
    object("metadata") { json in
      json.string("version", Self.version)
      json.object("product") { json in
        json.string("name", "tokenreeve")
        json.string("vendor_name", "tokenreeve")
        if let run { json.string("version", run.toolVersion) }
      }
      if let run { json.string("tenant_uid", run.organizationID) }
    }
  }

  private mutating func ocsfCompliance(_ control: String, _ rule: Rule?, _ status: Compliance) {
    object("compliance") { json in
      json.string("control", control)
      json.strings("standards", rule?.references.map(\.framework) ?? [])
      json.strings("requirements", rule?.references.flatMap(\.clauses) ?? [])
      json.integer("status_id", status.rawValue)
      json.string("status", status == .fail ? "Fail" : "Unknown")
    }
  }

  private mutating func ocsfResource(_ resource: ResourceName) {
    object { json in
      json.string("uid", resource.id)
      if let label = resource.label { json.string("name", label) }
      json.string("type", resource.kind.rawValue)
      guard let owner = resource.owner else { return }
      json.object("owner") { json in
        let uid = owner.id ?? owner.text
        let name = owner.name ?? owner.text
        json.string("uid", uid)
        json.string("name", name)
        if let email = owner.email { json.string("email_addr", email) }
        json.integer("type_id", 1)
        json.string("type", "User")
        json.object("account") { json in
          json.string("uid", uid)
          json.string("name", name)
          json.integer("type_id", 99)
          json.string("type", "Atlassian Account")
        }
      }
    }
  }
}

extension Severity {
  fileprivate var ocsfNumber: Int {
    switch self {
    case .info: 1
    case .low: 2
    case .medium: 3
    case .high: 4
    case .critical: 5
    }
  }

  fileprivate var ocsfName: String {
    switch self {
    case .info: "Informational"
    case .low: "Low"
    case .medium: "Medium"
    case .high: "High"
    case .critical: "Critical"
    }
  }
}
