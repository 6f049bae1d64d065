import Inventory

/// What is remarkable about a policy of the organization.
enum PolicyKind: CaseIterable {
  /// An address list with a narrow range, applied.
  case allowlist
  /// An address list that is switched off, and would let nearly everybody in.
  case disabledWideAllowlist
  /// Enabled, but one product refused it.
  case failedApplication
  /// Enabled, and applied to nothing yet.
  case scheduledApplication
  case dataResidency
  case blockedExport
  case draftDataSecurity
  case deletedDataSecurity
  /// `rule` is an array.
  case arrayRule
  /// No name, no rule, no resources.
  case bare
  /// A number beyond what a double holds.
  case largeNumber
  /// A type that the reference does not list.
  case unknownType
  case hostileName
  case unreadableDate
}

/// The policies of an organization, each computed from its index.
struct PolicyRecords {
  let seed: UInt64
  let profile: SandboxOrganization.Profile
  let dates: RecordDates

  func kind(at index: Int) -> PolicyKind {
    let kinds: [PolicyKind] = profile == .inOrder ? [.allowlist, .dataResidency, .blockedExport] : PolicyKind.allCases
    return kinds[index % kinds.count]
  }

  func record(at index: Int) -> JSONValue {
    var random = SeededGenerator(seed: seed, "policy", index)
    let id = random.uuid()
    var policy = Policy(name: "policy \(index + 1)")
    policy.resources = [resource("applied", &random)]
    policy.createdAt = dates.text(days: -random.number(in: 30...600), &random)
    switch kind(at: index) {
    case .allowlist:
      policy.type = "ip-allowlist"
      policy.rule = .record(["in": .strings(["203.0.113.0/24", "2001:db8:1::/48"])])
      // Every second organization has none that is enabled, so that both can be seen.
      if profile == .typical, !seed.isMultiple(of: 2) { policy.status = "disabled" }
    case .disabledWideAllowlist:
      policy.type = "ip-allowlist"
      policy.status = "disabled"
      policy.rule = .record(["in": .strings(["0.0.0.0/0", "10.0.0.0/8"]), "allowMobileBypass": .boolean(true)])
      policy.resources = []
    case .failedApplication:
      policy.type = "data-residency"
      policy.rule = .record(["in": .strings(["eu"])])
      policy.resources = [resource("applied", &random), resource("failed", &random)]
    case .scheduledApplication:
      policy.type = "data-residency"
      policy.rule = .record(["in": .strings(["us"])])
      policy.resources = [resource("scheduled", &random)]
    case .dataResidency: policy.rule = .record(["in": .strings(["eu"])])
    case .blockedExport:
      policy.type = "data-security"
      policy.status = "active"
      policy.rule = .record(["export": .record(["effect": .string("block")])])
    case .draftDataSecurity:
      policy.type = "data-security"
      policy.status = "draft"
      policy.rule = .record(["export": .record(["effect": .string("allow")])])
    case .deletedDataSecurity:
      policy.type = "data-security"
      policy.status = "deleted"
    case .arrayRule:
      policy.type = "hipaa"
      policy.status = "disabled"
      policy.rule = .array([])
      policy.hasNullUpdate = true
    case .bare:
      policy = Policy(name: nil)
      policy.type = "generative-ai"
      policy.status = nil
    case .largeNumber:
      policy.type = "user-join-settings-default"
      policy.rule = .record(["large": .number("9007199254740993")])
    case .unknownType: policy.type = "quantum-readiness"
    case .hostileName: policy.name = random.pick(HostileTexts.all)
    case .unreadableDate: policy.createdAt = .string(random.pick(RecordDates.unreadable))
    }
    return policy.record(id: id)
  }

  /// The types of policies that Control v1 has.
  private static let controlTypes = ["ip-allowlist", "data-residency", "data-security"]

  /// Indexes of the policies that Control v1 lists: among those that Organizations v1 lists, and two that it doesn't.
  ///
  /// - Parameter count: how many Organizations v1 lists.
  func controlIndexes(of count: Int) -> [Int] {
    (0..<count).filter { index in
      record(at: index)["attributes"]?["type"]?.string.map(Self.controlTypes.contains) == true
    } + (count..<count + 60).filter { kind(at: $0) == .blockedExport }.prefix(2)
  }

  private func resource(_ status: String, _ random: inout SeededGenerator) -> JSONValue {
    .record([
      "id": .string("ari:cloud:\(random.pick(["jira", "confluence"]))::site/\(random.uuid())"),
      "applicationStatus": .string(status), "meta": .object([]), "links": .object([]),
    ])
  }
}

/// One policy before it is put into JSON: nil is absent.
private struct Policy {
  var type = "data-residency"
  var name: String?
  var status: String? = "enabled"
  var rule: JSONValue?
  var resources: [JSONValue]?
  var createdAt: JSONValue?
  var hasNullUpdate = false

  init(name: String?) { self.name = name }

  func record(id: String) -> JSONValue {
    .record([
      "id": .string(id), "type": .string("policy"),
      "attributes": .record([
        "type": .string(type), "name": name.map(JSONValue.string), "status": status.map(JSONValue.string), "rule": rule,
        "resources": resources.map(JSONValue.array), "createdAt": createdAt, "updatedAt": hasNullUpdate ? .null : nil,
      ]),
    ])
  }
}
