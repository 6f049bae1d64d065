import Audit
import Inventory
import Policy

/// The objects of a SARIF log (sections 3.13 to 3.58).
extension JSONWriter {
  /// The log with one run.
  mutating func sarifLog(_ run: (inout JSONWriter) throws -> Void) rethrows {
    try object { json in
      json.string(
        "$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
      json.string("version", "2.1.0")
      try json.array("runs") { json in
        try json.object { json in
          json.string("language", "en")
          try run(&json)
        }
      }
    }
    newline()
  }

  mutating func sarifMessage(_ name: String?, _ text: String) {
    object(name) { $0.string("text", sarifText(text)) }
  }

  mutating func sarifNotification(_ level: String, _ text: String) {
    object { json in
      json.string("level", level)
      json.sarifMessage("message", text)
    }
  }

  mutating func sarifRule(_ result: RuleResult) {
    let rule = result.rule
    object { json in
      json.string("id", rule.id)
      json.sarifMessage("shortDescription", prose(rule.title))
      json.sarifMessage("fullDescription", prose(rule.rationale.isEmpty ? rule.title : rule.rationale))
      json.object("help") { json in
        json.string("text", sarifText(prose(rule.remediation)))
        json.string("markdown", "**What to do:** \(markdownProse(rule.remediation))")
      }
      json.object("defaultConfiguration") { $0.string("level", result.severity.sarifLevel) }
      json.object("properties") { json in
        json.string("severity", result.severity.rawValue)
        if let number = result.severity.securitySeverity { json.string("security-severity", number) }
        json.strings(
          "tags", ["security"] + rule.references.map { "\($0.framework)/\($0.clauses.joined(separator: ","))" })
        json.integer("passed", result.passed)
        json.integer("notApplicable", result.notApplicable)
        json.integer("notEvaluable", result.notEvaluableCount)
      }
    }
  }

  /// - Parameter acceptance: Why the finding is not open; nil when it is.
  mutating func sarifResult(_ finding: Finding, acceptance: String?, index: Int?, artifact: String?) {
    let resource = finding.resource
    object { json in
      json.string("ruleId", finding.ruleID)
      if let index { json.integer("ruleIndex", index) }
      json.string("kind", "fail")
      json.string("level", finding.severity.sarifLevel)
      if let state = finding.baseline?.state { json.string("baselineState", state.sarifName) }
      json.sarifMessage("message", "\(resource.kind.rawValue) \(resource.id): \(finding.message)")
      json.array("locations") { json in
        json.object { json in
          if let artifact {
            json.object("physicalLocation") { json in
              json.object("artifactLocation") { $0.string("uri", percentEncodedPath(artifact)) }
              json.object("region") { $0.integer("startLine", 1) }
            }
          }
          json.array("logicalLocations") { json in
            json.object { json in
              json.string("name", resource.id)
              json.string("fullyQualifiedName", "\(resource.kind.rawValue)/\(resource.id)")
              json.string("kind", "resource")
            }
          }
        }
      }
      json.object("partialFingerprints") { json in
        json.string("tokenreeve/v1", finding.fingerprint)
        // What GitHub tells alerts apart by.
        json.string("primaryLocationLineHash", finding.fingerprint)
      }
      json.array("suppressions") { json in
        guard let acceptance else { return }
        json.object { json in
          json.string("kind", "external")
          json.string("status", "accepted")
          json.string("justification", acceptance)
        }
      }
      json.object("properties") { json in
        json.string("severity", finding.severity.rawValue)
        json.string("disposition", finding.disposition.name)
        json.baselineComparison(finding)
        json.resource("resource", resource)
        json.array("evidence") { json in
          for evidence in finding.evidence {
            json.object { json in
              json.string("field", evidence.field)
              json.string("value", evidence.value)
            }
          }
        }
      }
    }
  }
}

/// Text in a message: braces are doubled (section 3.11.5), brackets and backslashes escaped (3.11.6), so that nothing
/// in it is a placeholder or a link.
private func sarifText(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar {
    case "{", "}": result.append(scalar)
    case "[", "]", "\\": result.append("\\")
    default: break
    }
    result.append(scalar)
  }
  return String(result)
}

/// A path as a URI reference (RFC 3986, section 4.2): what is neither unreserved nor a slash is percent-encoded.
private func percentEncodedPath(_ path: String) -> String {
  path.split(separator: "/", omittingEmptySubsequences: false).map { percentEncoded(String($0)) }
    .joined(separator: "/")
}

extension BaselineComparison.State {
  /// Section 3.27.24.
  fileprivate var sarifName: String {
    switch self {
    case .new: "new"
    case .worse, .incomparable: "updated"
    case .unchanged: "unchanged"
    }
  }
}

extension Severity {
  fileprivate var sarifLevel: String {
    switch self {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low, .info: "note"
    }
  }

  /// In the ranges by which GitHub names severities: critical above 9.0, high above 7.0, medium above 4.0.
  fileprivate var securitySeverity: String? {
    switch self {
    case .critical: "9.5"
    case .high: "8.0"
    case .medium: "5.5"
    case .low: "2.0"
    case .info: nil
    }
  }
}
