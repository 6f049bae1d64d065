import Audit
import Inventory
import Policy

/// The members of the JSON report's objects, which JSON Lines share. Names from data are values, never keys: a reader
/// may take keys for its own.
extension JSONWriter {
  mutating func finding(_ finding: Finding) {
    string("ruleId", finding.ruleID)
    string("severity", finding.severity.rawValue)
    resource("resource", finding.resource)
    string("disposition", finding.disposition.name)
    string("waiver", finding.disposition.waiver?.id)
    baselineComparison(finding)
    string("fingerprint", finding.fingerprint)
    string("message", finding.message)
    number("measure", finding.measure)
    array("evidence") { json in
      for evidence in finding.evidence {
        json.object { json in
          json.string("field", evidence.field)
          json.string("value", evidence.value)
        }
      }
    }
    if let override = finding.override { object("override") { $0.override(override) } }
  }

  /// What the policy makes of a rule for the resources that match.
  mutating func override(_ override: RuleOverride) {
    string("match", override.match)
    string("origin", override.origin.text)
    boolean("enabled", override.isEnabled)
    string("severity", override.settings.severity.value.rawValue)
    parameters(override.settings.parameters)
  }

  private mutating func parameters(_ settings: [ParameterSetting]) {
    array("parameters") { json in
      for setting in settings {
        json.object { json in
          json.string("name", setting.name)
          json.string("value", setting.value.text)
        }
      }
    }
  }

  mutating func resource(_ name: String?, _ resource: ResourceName) {
    object(name) { json in
      json.string("kind", resource.kind.rawValue)
      json.string("id", resource.id)
      json.string("label", resource.label)
      guard let owner = resource.owner else { return json.string("owner", nil) }
      json.object("owner") { json in
        json.string("id", owner.id)
        json.string("name", owner.name)
        json.string("email", owner.email)
      }
    }
  }

  mutating func coverage(_ entry: ListCoverage) {
    string("list", entry.list.rawValue)
    entry.coverage.write(to: &self)
    strings("neededBy", entry.neededBy)
    string("waiver", entry.waiver?.id)
  }

  mutating func rule(_ result: RuleResult) {
    let rule = result.rule
    string("id", rule.id)
    string("title", rule.title)
    string("severity", result.severity.rawValue)
    string("verdict", rule.verdict.rawValue)
    boolean("gates", result.gates)
    strings("resources", rule.resources.map(\.rawValue))
    parameters(result.selected.parameters)
    if !result.selected.overrides.isEmpty {
      array("overrides") { json in
        for override in result.selected.overrides { json.object { $0.override(override) } }
      }
    }
    string("measure", rule.measure)
    string("rationale", rule.rationale)
    string("remediation", rule.remediation)
    array("references") { json in
      for reference in rule.references {
        json.object { json in
          json.string("framework", reference.framework)
          json.strings("clauses", reference.clauses)
        }
      }
    }
    object("outcomes") { json in
      json.integer("passed", result.passed)
      json.integer("flagged", result.flagged)
      json.integer("notApplicable", result.notApplicable)
      json.integer("notEvaluable", result.notEvaluableCount)
    }
    array("notEvaluable") { json in
      for entry in result.notEvaluable {
        json.object { json in
          json.string("reason", entry.reason)
          json.integer("count", entry.count)
          json.integer("waived", entry.waived)
          json.array("examples") { json in for example in entry.examples { json.resource(nil, example) } }
        }
      }
    }
    strings("missingLists", result.missingLists.map(\.rawValue))
  }

  mutating func waiver(_ result: WaiverResult) {
    let waiver = result.waiver
    string("id", waiver.id)
    string("state", result.state.rawValue)
    integer("matches", result.matches)
    switch waiver.subject {
    case .findings(let rules):
      string("accepts", "findings")
      strings("rules", rules)
    case .notEvaluable(let rules):
      string("accepts", "not-evaluable")
      strings("rules", rules)
    case .list(let list):
      string("accepts", "list")
      string("list", list.rawValue)
    case .scopes: string("accepts", "scopes")
    }
    switch waiver.match {
    case nil: break
    case .ids(let ids): strings("ids", ids)
    case .condition(_, let source): string("condition", source)
    }
    string("reason", waiver.reason)
    string("owner", waiver.owner)
    string("expires", waiver.expires.text)
    string("ticket", waiver.ticket)
  }
}

extension Disposition {
  /// The waiver that accepts the finding.
  var waiver: Waiver? {
    switch self {
    case .open, .baselined: nil
    case .waived(let waiver): waiver
    }
  }
}
