package import Inventory

extension Rule.Example {
  /// The organization that has only what the example shows, at the example's instant.
  ///
  /// A token, a key or a policy is the record itself, in the shape of the API. An owner is `{ name, email, tokens }`, with
  /// tokens in the shape of the API, which need not name their owner; an organization is `{ tokens, keys, policies }`. A
  /// list that the example does not have was not collected. A waiver and a coverage have the members that conditions
  /// see.
  ///
  /// Throws `JSONError` when the example can't be a record.
  package func inventory() throws(JSONError) -> AuditedInventory {
    var builder = SnapshotBuilder()
    var coverage: [CollectedList: Coverage] = [:]
    for (list, records) in lists {
      for record in records {
        var writer = JSONWriter()
        writer.value(nil, record)
        var scanner = JSONScanner(writer.bytes)
        _ = try builder.append(list, &scanner)
      }
      coverage[list] = Coverage(state: .complete(verified: true), records: records.count)
    }
    if kind == .coverage { coverage[try coveredList()] = try seenPart() }
    let header = SnapshotHeader(
      organizationID: "example", collectedAt: at, toolVersion: "example", apiBase: nil,
      including: Set(coverage.keys.filter(\.isOptional)))
    let inventory = AuditedInventory(builder.build(header: header, coverage: coverage), at: at)
    return kind == .waiver ? inventory.with(waivers: [try auditedWaiver()]) : inventory
  }

  /// Which resource of the inventory is the example's; nil when it has none.
  package func index(in inventory: AuditedInventory) -> Int? {
    if kind == .coverage {
      return record["id"]?.string.flatMap(CollectedList.init(rawValue:)).flatMap {
        inventory.snapshot.header.lists.firstIndex(of: $0)
      }
    }
    return inventory.count(of: kind) > 0 ? 0 : nil
  }

  /// The tables that the example gives.
  package func factTables(_ declarations: [FactDeclaration]) throws(InvalidExample) -> [FactTable] {
    var tables: [FactTable] = []
    for (name, rows) in facts.sorted(by: { $0.key < $1.key }) {
      guard let declaration = declarations.first(where: { $0.name == name }) else {
        throw InvalidExample(place: place, message: "there are no facts `\(name)`")
      }
      do throws(InvalidFactFile) {
        tables.append(try FactFile.table(ofExample: rows, declaration))
      } catch {
        throw InvalidExample(place: place, message: error.rendered.joined(separator: "; "))
      }
    }
    return tables
  }

  private var lists: [(CollectedList, [JSONValue])] {
    switch kind {
    case .apiToken: [(.apiTokens, [record])]
    case .apiKey: [(.apiKeys, [record])]
    case .policy: [(.policies, [record])]
    case .owner: record["tokens"]?.array.map { [(.apiTokens, $0.map(withOwner))] } ?? []
    case .waiver, .coverage: []
    case .organization:
      [("tokens", CollectedList.apiTokens), ("keys", .apiKeys), ("policies", .policies)].compactMap { name, list in
        record[name]?.array.map { (list, $0) }
      }
    }
  }

  private func withOwner(_ token: JSONValue) -> JSONValue {
    guard case .object(let members) = token, token["user"] == nil else { return token }
    let user = [
      JSONValue.Member(name: "id", value: .string("example")),
      JSONValue.Member(name: "name", value: record["name"] ?? .null),
      JSONValue.Member(name: "email", value: record["email"] ?? .null),
    ]
    return .object(members + [JSONValue.Member(name: "user", value: .object(user))])
  }
}
