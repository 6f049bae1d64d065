/// The people that tokens name, compactly.
struct UserTable: Sendable {
  fileprivate(set) var entries: [Entry] = []
  /// Ids, names and e-mail addresses, one after the other, as UTF-8.
  fileprivate(set) var texts: [UInt8] = []
  fileprivate(set) var orgIDs: [String] = []
  /// Those of whom something could not be read.
  fileprivate(set) var unreadable: [Int: User] = [:]

  struct Entry: Sendable {
    /// Where the id begins in `texts`; name and e-mail address follow it. Lengths are negative for what is absent.
    var offset = 0
    var idLength: Int32 = -1
    var nameLength: Int32 = -1
    var emailLength: Int32 = -1
    var orgID: Int32 = -1

    /// Stands for `orgID` in the entry of somebody of whom something could not be read.
    static let unreadable: Int32 = -2
  }

  subscript(index: Int) -> User {
    if let user = unreadableUser(index) { return user }
    var user = User()
    (user.id, user.orgID, user.name, user.email) = (id(index), orgID(index), name(index), email(index))
    return user
  }

  // One field of a person each.

  func id(_ index: Int) -> Field<String> {
    if let user = unreadableUser(index) { return user.id }
    return text(entries[index].offset, entries[index].idLength)
  }

  func orgID(_ index: Int) -> Field<String> {
    if let user = unreadableUser(index) { return user.orgID }
    return entries[index].orgID < 0 ? .absent : .value(orgIDs[Int(entries[index].orgID)])
  }

  func name(_ index: Int) -> Field<String> {
    if let user = unreadableUser(index) { return user.name }
    let entry = entries[index]
    return text(entry.offset + Int(max(0, entry.idLength)), entry.nameLength)
  }

  func email(_ index: Int) -> Field<String> {
    if let user = unreadableUser(index) { return user.email }
    let entry = entries[index]
    return text(entry.offset + Int(max(0, entry.idLength)) + Int(max(0, entry.nameLength)), entry.emailLength)
  }

  private func unreadableUser(_ index: Int) -> User? {
    entries[index].orgID == Entry.unreadable ? unreadable[index] : nil
  }

  private func text(_ offset: Int, _ length: Int32) -> Field<String> {
    length < 0 ? .absent : .value(String(decoding: texts[offset..<(offset + Int(length))], as: UTF8.self))
  }

  var count: Int { entries.count }

  /// Where in `texts` the account id is; nil when there is none, or none that can be read.
  func idRange(_ index: Int) -> Range<Int>? {
    let entry = entries[index]
    return entry.idLength > 0 ? entry.offset..<(entry.offset + Int(entry.idLength)) : nil
  }
}

/// Fills a `UserTable`, in which each person stands once as far as all that a record says of them is the same.
struct UserTableBuilder: Sendable {
  private(set) var table = UserTable()
  private var places = HashedPlaces()
  private var orgIDs = InternedBytes()
  private var unreadable: [User: Int32] = [:]

  /// Where a record's bytes name a person.
  struct Parts {
    /// The whole object.
    var object = 0..<0
    var id: Range<Int>?
    var orgID: Range<Int>?
    var name: Range<Int>?
    var email: Range<Int>?
  }

  mutating func index(of user: User) -> Int32 {
    let fields = [user.id, user.orgID, user.name, user.email]
    let isUnreadable = fields.contains { if case .unknown = $0 { true } else { false } }
    guard !isUnreadable else {
      if let index = unreadable[user] { return index }
      let index = Int32(table.entries.count)
      var entry = UserTable.Entry(offset: table.texts.count, orgID: UserTable.Entry.unreadable)
      // An id that can be read counts although something else can't.
      if let id = user.id.value {
        table.texts.append(contentsOf: id.utf8)
        entry.idLength = Int32(id.utf8.count)
      }
      table.entries.append(entry)
      table.unreadable[Int(index)] = user
      unreadable[user] = index
      return index
    }
    var bytes: [UInt8] = []
    func part(_ field: Field<String>) -> Range<Int>? {
      guard let text = field.value else { return nil }
      let start = bytes.count
      bytes.append(contentsOf: text.utf8)
      return start..<bytes.count
    }
    var parts = Parts(id: part(user.id), orgID: part(user.orgID), name: part(user.name), email: part(user.email))
    parts.object = 0..<bytes.count
    return unsafe index(of: bytes.span.bytes, parts)
  }

  mutating func index(of bytes: RawSpan, _ parts: Parts) -> Int32 {
    let hash = bytes.hash(parts.object)
    let orgID = parts.orgID.map { self.orgID(bytes, $0) } ?? -1
    var probe = places.probe(hash)
    while let index = places.next(&probe) {
      if isSame(bytes, parts, orgID, table.entries[index]) { return Int32(index) }
    }
    var entry = UserTable.Entry(offset: table.texts.count, orgID: orgID)
    entry.idLength = append(bytes, parts.id)
    entry.nameLength = append(bytes, parts.name)
    entry.emailLength = append(bytes, parts.email)
    let index = table.entries.count
    table.entries.append(entry)
    places.insert(index, hash)
    return Int32(index)
  }

  private mutating func append(_ bytes: RawSpan, _ range: Range<Int>?) -> Int32 {
    guard let range else { return -1 }
    bytes.append(range, to: &table.texts)
    return Int32(range.count)
  }

  private mutating func orgID(_ bytes: RawSpan, _ range: Range<Int>) -> Int32 {
    let (index, isNew) = orgIDs.index(of: bytes, range)
    if isNew { table.orgIDs.append(bytes.text(range)) }
    return index
  }

  private func isSame(_ bytes: RawSpan, _ parts: Parts, _ orgID: Int32, _ entry: UserTable.Entry) -> Bool {
    guard entry.orgID == orgID, entry.idLength == Self.length(parts.id), entry.nameLength == Self.length(parts.name),
      entry.emailLength == Self.length(parts.email)
    else { return false }
    var offset = entry.offset
    func isSame(_ range: Range<Int>?) -> Bool {
      guard let range else { return true }
      defer { offset += range.count }
      return bytes.equals(range, table.texts, at: offset)
    }
    return isSame(parts.id) && isSame(parts.name) && isSame(parts.email)
  }

  private static func length(_ range: Range<Int>?) -> Int32 { range.map { Int32($0.count) } ?? -1 }
}
