import Inventory
import YAML

/// The records of a policy test, and the organization that has only these. A list that the test does not have was not
/// collected.
struct TestRecords {
  struct Resource {
    let kind: ResourceKind
    let id: String
  }

  static let organizationID = "organization"

  private let at: Instant
  private let facts: FactsObject
  private var builder = SnapshotBuilder()
  private var coverage: [CollectedList: Coverage] = [:]
  private var ids: Set<String> = [Self.organizationID]

  init(at: Instant, facts: FactsObject) {
    self.at = at
    self.facts = facts
  }

  mutating func read(_ members: FileMembers, _ reader: inout FileReader) {
    var tokens = reader.value(PolicyTestFile.tokens, of: members)?.compactMap { record($0, &reader) }
    if let owners = reader.value(PolicyTestFile.owners, of: members) {
      tokens = (tokens ?? []) + owners.flatMap { ownedTokens($0, &reader) }
    }
    append(.apiTokens, tokens, &reader)
    append(.apiKeys, reader.value(PolicyTestFile.keys, of: members)?.compactMap { record($0, &reader) }, &reader)
    append(
      .policies, reader.value(PolicyTestFile.policies, of: members)?.compactMap { record($0, &reader) }, &reader)
    if coverage.values.allSatisfy({ $0.records == 0 }), !reader.hasErrors {
      reader.error(
        "the test has no record", advice: "give it `tokens`, `keys`, `policies` or `owners`", at: members.node)
    }
  }

  var inventory: AuditedInventory {
    let header = SnapshotHeader(
      organizationID: Self.organizationID, collectedAt: at, toolVersion: "test", apiBase: nil)
    return AuditedInventory(builder.build(header: header, coverage: coverage), at: at, facts: facts)
  }

  /// Everything that an expectation can name.
  var resources: [Resource] { Self.resources(of: inventory) }

  /// The resources of the kinds that a test can have, with their ids, in the order of the lists.
  static func resources(of inventory: AuditedInventory) -> [Resource] {
    let snapshot = inventory.snapshot
    return snapshot.tokens.indices.map { Resource(kind: .apiToken, id: snapshot.tokens[$0].id) }
      + snapshot.keys.indices.map { Resource(kind: .apiKey, id: snapshot.keys[$0].id) }
      + snapshot.policies.indices.map { Resource(kind: .policy, id: snapshot.policies[$0].id) }
      + inventory.owners.map { Resource(kind: .owner, id: $0.id) }
      + [Resource(kind: .organization, id: organizationID)]
  }

  private typealias Record = (value: JSONValue, node: Node)

  private mutating func record(_ node: Node, _ reader: inout FileReader) -> Record? {
    guard let value = RuleParser.jsonValue(node, &reader) else { return nil }
    guard case .object(let members) = value, let id = members.first(where: { $0.name == "id" }) else {
      reader.error("a record needs an `id`, by which expectations name it", at: node)
      return nil
    }
    // As a number it could not be read, which is no test's subject.
    if case .string(let text) = id.value {
      if !ids.insert(text).inserted { reader.error("two records have the id `\(text)`", at: node) }
    } else {
      reader.error("the `id` of a record should be text", advice: "quote it", at: node)
    }
    return (value, node)
  }

  private mutating func ownedTokens(_ node: Node, _ reader: inout FileReader) -> [Record] {
    let members = reader.members(of: node, PolicyTestFile.owner)
    var user: [JSONValue.Member] = []
    for key in [PolicyTestFile.ownerID, PolicyTestFile.ownerName, PolicyTestFile.ownerEmail] {
      guard let text = reader.value(key, of: members) else { continue }
      user.append(JSONValue.Member(name: key.name, value: .string(text)))
      if key.name == PolicyTestFile.ownerID.name, !ids.insert(text).inserted {
        reader.error("two records have the id `\(text)`", at: node)
      }
    }
    return (reader.value(PolicyTestFile.ownerTokens, of: members) ?? []).compactMap { token in
      guard let record = record(token, &reader), case .object(let fields) = record.value else { return nil }
      return (.object(fields + [JSONValue.Member(name: "user", value: .object(user))]), record.node)
    }
  }

  private mutating func append(_ list: CollectedList, _ records: [Record]?, _ reader: inout FileReader) {
    guard let records else { return }
    for (value, node) in records {
      var writer = JSONWriter()
      writer.value(nil, value)
      var scanner = JSONScanner(writer.bytes)
      do throws(JSONError) {
        _ = try builder.append(list, &scanner)
      } catch {
        reader.error("this can't be a record of the list \(list.rawValue): \(error.message)", at: node)
      }
    }
    coverage[list] = Coverage(state: .complete(verified: true), records: records.count)
  }
}
