/// Fills a `UserTable`, in which each person stands once as far as all that a record says of them is the same.
struct UserTableBuilder: Sendable {
  private(set) var table = UserTable()
  private var places = HashedPlaces()
  /// By the bytes of the texts: texts that are equal as Strings may have different ones.
  private var organizations: [[UInt8]: Int32] = [:]
  private var indexesSetApart: [[UInt8]: Int32] = [:]

  /// Of how many people with one account id it is asked whether they are the same: however often somebody was renamed,
  /// the time for each of their tokens is bounded.
  private static let variantLimit = 16

  /// The number of an organization's id.
  mutating func organization(_ id: String) -> Int32 {
    let bytes = Array(id.utf8)
    if let number = organizations[bytes] { return number }
    let number = Int32(table.organizationIDs.count)
    table.organizationIDs.append(id)
    organizations[bytes] = number
    return number
  }

  mutating func index(of user: User) -> Int32 {
    var bytes: [UInt8] = []
    func part(_ field: Field<String>) -> Range<Int>? {
      guard let text = field.value else { return nil }
      let start = bytes.count
      bytes.append(contentsOf: text.utf8)
      return start..<bytes.count
    }
    let (id, name, email) = (part(user.id), part(user.name), part(user.email))
    let span = unsafe bytes.span.bytes
    var text = UserText()
    if let id { text.id = UserText.Identity(span, id) }
    if let name { text.name = UserText.Part(name) }
    if let email { text.email = UserText.Part(email) }
    if let organization = user.orgID.value { text.organization = self.organization(organization) }
    let fields = [user.id, user.orgID, user.name, user.email]
    let isReadable = fields.allSatisfy { if case .unknown = $0 { false } else { true } }
    return isReadable && text.isCompact ? index(span, text) : indexSetApart(user, span, text)
  }

  /// The same for many people, all of them compact. What is needed of the table is fetched step by step for some of them
  /// together: one by one, each would be waited for several times.
  mutating func indexes(_ bytes: RawSpan, _ users: [UserText]) -> [Int32] {
    var indexes: [Int32] = []
    indexes.reserveCapacity(users.count)
    for start in stride(from: 0, to: users.count, by: 64) {
      let group = users[start..<min(start + 64, users.count)]
      let likely = group.map { places.first($0.hash(bytes)) }
      let entries = likely.map { $0 < 0 ? nil : table.entries[$0] }
      let isLikely = zip(group, entries).map { user, entry in entry.map { isSame(bytes, user.id, $0) } ?? false }
      for (offset, user) in group.enumerated() {
        if isLikely[offset], let entry = entries[offset], isSame(bytes, user, Self.organization(user), entry) {
          indexes.append(Int32(likely[offset]))
        } else {
          indexes.append(index(bytes, user))
        }
      }
    }
    return indexes
  }

  /// The index of the organization as an entry has it.
  @inline(__always)
  private static func organization(_ user: UserText) -> UInt16 {
    user.organization < 0 ? UserTable.Entry.noOrganization : UInt16(user.organization)
  }

  /// - Parameter user: one who is compact.
  private mutating func index(_ bytes: RawSpan, _ user: UserText) -> Int32 {
    let organization = Self.organization(user)
    let hash = user.hash(bytes)
    var variants = Variants()
    var probe = places.probe(hash)
    while variants.count < Self.variantLimit, let index = places.next(&probe) {
      guard isSame(bytes, user.id, table.entries[index]) else { continue }
      if isSame(bytes, user, organization, table.entries[index]) { return Int32(index) }
      variants.add(table.owners[index])
    }
    return append(bytes, user, organization, variants, hash)
  }

  private mutating func indexSetApart(_ user: User, _ bytes: RawSpan, _ text: UserText) -> Int32 {
    let key = user.bytes
    if let index = indexesSetApart[key] { return index }
    // An id that can be read counts although something else can't.
    var identified = UserText()
    identified.id = text.id
    let hash = identified.hash(bytes)
    var variants = Variants()
    var probe = places.probe(hash)
    while variants.count < Self.variantLimit, let index = places.next(&probe) {
      if isSame(bytes, text.id, table.entries[index]) { variants.add(table.owners[index]) }
    }
    let index = append(bytes, identified, UserTable.Entry.setApart, variants, hash)
    table.setApart[Int(index)] = user
    indexesSetApart[key] = index
    return index
  }

  /// Those of one account id.
  private struct Variants {
    private(set) var owner: Int32?
    private(set) var count = 0

    mutating func add(_ owner: Int32) {
      self.owner = owner
      count += 1
    }
  }

  private mutating func append(
    _ bytes: RawSpan, _ user: UserText, _ organization: UInt16, _ variants: Variants, _ hash: UInt32
  ) -> Int32 {
    let index = table.entries.count
    table.entries.append(UserTable.Entry(offset: table.texts.count, user, organization: organization))
    if user.id.text.isPresent { bytes.append(user.id.text.range, to: &table.texts) }
    user.id.uuid?.append(to: &table.texts)
    if user.name.isPresent { bytes.append(user.name.range, to: &table.texts) }
    if user.email.isPresent { bytes.append(user.email.range, to: &table.texts) }
    if let owner = variants.owner {
      table.owners.append(owner)
    } else if user.id.isEmpty {
      table.owners.append(-1)
    } else {
      table.owners.append(Int32(table.ownerCount))
      table.ownerCount += 1
    }
    if variants.count < Self.variantLimit { places.insert(index, hash) }
    return Int32(index)
  }

  // MARK: - Comparing, all bytes

  @inline(__always)
  private func isSame(_ bytes: RawSpan, _ id: UserText.Identity, _ entry: UserTable.Entry) -> Bool {
    guard entry.hasLength(of: id), isSame(bytes, id.text, entry.id) else { return false }
    guard let uuid = id.uuid else { return true }
    return unsafe UUIDBytes(bytes: table.texts.span.bytes, at: entry.offset + id.text.range.count) == uuid
  }

  /// For people whose ids are the same.
  @inline(__always)
  private func isSame(
    _ bytes: RawSpan, _ user: UserText, _ organization: UInt16, _ entry: UserTable.Entry
  ) -> Bool {
    entry.organization == organization && entry.hasLengths(of: user) && isSame(bytes, user.name, entry.name)
      && isSame(bytes, user.email, entry.email)
  }

  /// For texts that are as long.
  @inline(__always)
  private func isSame(_ bytes: RawSpan, _ part: UserText.Part, _ range: Range<Int>?) -> Bool {
    guard let range else { return true }
    return unsafe bytes.equals(part.range, table.texts.span.bytes, at: range.lowerBound)
  }
}

extension User {
  /// Bytes that are the same for users of whom all is the same.
  fileprivate var bytes: [UInt8] {
    [id, orgID, name, email].flatMap { field -> [UInt8] in
      // No UTF-8 has the bytes that say what a field is.
      switch field {
      case .absent: [0xFD]
      case .unknown(let reason): [0xFE] + reason.utf8
      case .value(let text): [0xFF] + text.utf8
      }
    }
  }
}
