package import Inventory
package import Policy

/// A flagged outcome: a rule's breach by one resource.
package struct Finding: Sendable {
  package let ruleID: String
  package let severity: Severity
  package let resource: ResourceName
  package internal(set) var disposition: Disposition
  /// How it compares with the baseline; nil when the audit has none.
  package internal(set) var baseline: BaselineComparison?
  /// The same for the same breach in every run: see `Fingerprint`.
  package let fingerprint: String
  /// One line for people, made from the rule's message. It can hold text that users chose.
  package let message: String
  /// How bad it is by the rule's own measure, greater is worse; nil when the rule declares none, or it has no value.
  package let measure: Double?
  /// The fields that the condition read, with their values: names as the API spells them.
  package let evidence: [Evidence]
  /// The override that was in force for the resource, with its parameters; nil when those of the rule were.
  package let override: RuleOverride?

  package init(
    ruleID: String, severity: Severity, resource: ResourceName, disposition: Disposition, fingerprint: String,
    message: String, measure: Double? = nil, evidence: [Evidence], override: RuleOverride? = nil,
    baseline: BaselineComparison? = nil
  ) {
    self.ruleID = ruleID
    self.severity = severity
    self.resource = resource
    self.disposition = disposition
    self.fingerprint = fingerprint
    self.message = message
    self.measure = measure
    self.evidence = evidence
    self.override = override
    self.baseline = baseline
  }

  package struct Evidence: Hashable, Sendable {
    package let field: String
    package let value: String

    package init(field: String, value: String) {
      self.field = field
      self.value = value
    }
  }
}

/// Which resource: its kind and id never change, its label and owner are what users call it today.
package struct ResourceName: Hashable, Sendable {
  package let kind: ResourceKind
  package let id: String
  /// Chosen by a user: hostile until proven otherwise. Nil when there is none or it could not be read.
  package let label: String?
  /// Whom to talk to: the owner of a token, the creator of a key.
  package let owner: OwnerName?

  package init(kind: ResourceKind, id: String, label: String?, owner: OwnerName?) {
    self.kind = kind
    self.id = id
    self.label = label
    self.owner = owner
  }
}

/// A person, as far as the record names them; at least one part is there.
package struct OwnerName: Hashable, Sendable {
  package let id: String?
  package let name: String?
  package let email: String?

  package init(id: String?, name: String?, email: String?) {
    self.id = id
    self.name = name
    self.email = email
  }

  /// E-mail address, else name, else account id.
  package var text: String { email ?? name ?? id ?? "" }
}

/// What is to be done about a finding.
package enum Disposition: Sendable {
  case open
  case waived(Waiver)
  /// In the baseline, and no worse; as open in that report or in one before it since this instant.
  case baselined(since: Instant)

  /// `open`, `waived`, `baselined`.
  package var name: String {
    switch self {
    case .open: "open"
    case .waived: "waived"
    case .baselined: "baselined"
    }
  }

  var isBaselined: Bool { if case .baselined = self { true } else { false } }
  package var isOpen: Bool { if case .open = self { true } else { false } }
}
