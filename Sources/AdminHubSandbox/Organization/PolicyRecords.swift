import Inventory

/// What is remarkable about a policy of the organization.
enum PolicyKind: CaseIterable {
  /// An address list with a narrow range, applied.
  case allowlist
  /// An address list that lets in nearly everybody, and mobile apps from anywhere.
  case wideAllowlist
  /// An address list that is applied to nothing.
  case unusedAllowlist
  /// An address list whose addresses are not in the answer, nor what it is applied to.
  case bareAllowlist
  /// An address list that is switched off, and would let nearly everybody in.
  case disabledWideAllowlist
  /// Enabled, but one product refused it.
  case failedApplication
  /// Enabled, and about to be applied.
  case scheduledApplication
  /// Enabled weeks ago, and applied to nothing yet.
  case stuckApplication
  /// Enabled, and about to be applied since nobody knows when.
  case undatedApplication
  case dataResidency
  case blockedExport
  case allowedExport
  /// Active, without saying what it allows.
  case bareDataSecurity
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
    let kind = kind(at: index)
    switch kind {
    case .allowlist, .wideAllowlist, .unusedAllowlist, .bareAllowlist, .disabledWideAllowlist:
      policy.type = "ip-allowlist"
      describeAllowlist(&policy, kind, &random)
    case .failedApplication, .scheduledApplication, .stuckApplication, .undatedApplication, .dataResidency:
      policy.rule = .record(["in": .strings([random.pick(["eu", "us"])])])
      describeApplication(&policy, kind, &random)
    case .blockedExport, .allowedExport, .bareDataSecurity, .draftDataSecurity, .deletedDataSecurity:
      policy.type = "data-security"
      describeDataSecurity(&policy, kind, &random)
    case .arrayRule:
      policy.type = "hipaa"
      policy.status = "disabled"
      policy.rule = .array([])
      policy.updatedAt = .null
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
    let isInForce = policy.status == "enabled" || policy.status == "active"
    if isInForce, !hasInForce(policy.type) { policy.status = policy.type == "data-security" ? "draft" : "disabled" }
    return policy.record(id: id)
  }

  /// Whether policies of a type are in force: not in every organization, so that rules about those that are missing can
  /// be seen to flag.
  private func hasInForce(_ type: String) -> Bool {
    guard profile == .typical else { return true }
    return switch type {
    case "ip-allowlist": seed.isMultiple(of: 2)
    case "data-residency", "data-security": !seed.isMultiple(of: 3)
    default: true
    }
  }

  private func describeAllowlist(_ policy: inout Policy, _ kind: PolicyKind, _ random: inout SeededGenerator) {
    policy.rule = .record(["in": .strings(["203.0.113.0/24", "2001:db8:1::/48"])])
    switch kind {
    case .wideAllowlist, .disabledWideAllowlist:
      policy.rule = .record(["in": .strings(["0.0.0.0/0", "10.0.0.0/8"]), "allowMobileBypass": .boolean(true)])
      guard kind == .disabledWideAllowlist else { break }
      policy.status = "disabled"
      policy.updatedAt = dates.text(days: -random.number(in: 5...20), &random)
      policy.resources = []
    case .unusedAllowlist: policy.resources = []
    case .bareAllowlist: (policy.rule, policy.resources) = (nil, nil)
    default: break
    }
  }

  private func describeApplication(_ policy: inout Policy, _ kind: PolicyKind, _ random: inout SeededGenerator) {
    switch kind {
    case .failedApplication: policy.resources = [resource("applied", &random), resource("failed", &random)]
    case .scheduledApplication:
      policy.resources = [resource("scheduled", &random)]
      policy.updatedAt = dates.text(days: -1, &random)
    case .stuckApplication:
      policy.resources = [resource("applying", &random)]
      policy.updatedAt = dates.text(days: -random.number(in: 15...40), &random)
    case .undatedApplication: policy.resources = [resource("scheduled", &random)]
    default: break
    }
  }

  private func describeDataSecurity(_ policy: inout Policy, _ kind: PolicyKind, _ random: inout SeededGenerator) {
    policy.status = "active"
    switch kind {
    case .blockedExport: policy.rule = .record(["export": .record(["effect": .string("block")])])
    case .allowedExport: policy.rule = .record(["export": .record(["effect": .string("allow")])])
    case .draftDataSecurity:
      policy.status = "draft"
      policy.rule = .record(["export": .record(["effect": .string("allow")])])
      policy.updatedAt = dates.text(days: -random.number(in: 120...300), &random)
    case .deletedDataSecurity: policy.status = "deleted"
    default: break
    }
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
  var updatedAt: JSONValue?

  init(name: String?) { self.name = name }

  func record(id: String) -> JSONValue {
    .record([
      "id": .string(id), "type": .string("policy"),
      "attributes": .record([
        "type": .string(type), "name": name.map(JSONValue.string), "status": status.map(JSONValue.string), "rule": rule,
        "resources": resources.map(JSONValue.array), "createdAt": createdAt, "updatedAt": updatedAt,
      ]),
    ])
  }
}
