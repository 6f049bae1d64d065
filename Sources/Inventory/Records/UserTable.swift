/// The people that tokens name, compactly.
struct UserTable: Sendable {
  var entries: [Entry] = []
  /// Ids, names and e-mail addresses, one after the other, as UTF-8; UUIDs as their bytes.
  var texts: [UInt8] = []
  var organizationIDs: [String] = []
  /// Those of whom something could not be read, or is longer than an entry can say.
  var setApart: [Int: User] = [:]
  /// For each, the number of their account id; negative without one.
  var owners: [Int32] = []
  /// How many account ids there are.
  var ownerCount = 0

  struct Entry: Sendable {
    /// Where the id begins in `texts`, where name and e-mail address follow it, and in the highest 16 bits the index of
    /// the organization's id.
    private var place: UInt64
    /// Of the id, or of what stands before the UUID that it ends in. See `absentLength`.
    private var idLength: UInt32
    private var nameLength: UInt16
    private var emailLength: UInt16

    static let noOrganization: UInt16 = .max
    /// Stands for the organization in the entry of somebody who is set apart.
    static let setApart: UInt16 = .max - 1
    /// The greatest length of a name or an e-mail address.
    static let maximumLength = Int32(UInt16.max) - 1

    private static let uuid: UInt32 = 1 << 31
    private static let absentID: UInt32 = .max
    private static let absent: UInt16 = .max

    @inline(__always)
    init(offset: Int, _ user: UserText, organization: UInt16) {
      place = UInt64(organization) << 48 | UInt64(offset)
      idLength = Self.idLength(user.id)
      nameLength = UInt16(truncatingIfNeeded: user.name.length)
      emailLength = UInt16(truncatingIfNeeded: user.email.length)
    }

    private static func idLength(_ id: UserText.Identity) -> UInt32 {
      UInt32(truncatingIfNeeded: id.text.length) | (id.uuid == nil ? 0 : uuid)
    }

    var offset: Int { Int(place & 0xFFFF_FFFF_FFFF) }
    var organization: UInt16 { UInt16(place >> 48) }
    var endsInUUID: Bool { idLength & Self.uuid != 0 && idLength != Self.absentID }

    /// Where in `texts` the id is, or what stands before its UUID; nil when there is none.
    var id: Range<Int>? {
      idLength == Self.absentID ? nil : offset..<offset + Int(idLength & ~Self.uuid)
    }
    private var idEnd: Int { (id?.upperBound ?? offset) + (endsInUUID ? UUIDBytes.byteCount : 0) }
    var name: Range<Int>? { nameLength == Self.absent ? nil : idEnd..<idEnd + Int(nameLength) }
    private var nameEnd: Int { name?.upperBound ?? idEnd }
    var email: Range<Int>? { emailLength == Self.absent ? nil : nameEnd..<nameEnd + Int(emailLength) }

    /// Whether the texts have the lengths that the entry says, and are absent where it says so.
    @inline(__always)
    func hasLengths(of user: UserText) -> Bool {
      hasLength(of: user.id) && nameLength == UInt16(truncatingIfNeeded: user.name.length)
        && emailLength == UInt16(truncatingIfNeeded: user.email.length)
    }

    @inline(__always)
    func hasLength(of id: UserText.Identity) -> Bool { idLength == Self.idLength(id) }
  }

  var count: Int { entries.count }

  subscript(index: Int) -> User {
    var user = User()
    (user.id, user.orgID, user.name, user.email) = (id(index), orgID(index), name(index), email(index))
    return user
  }

  // One field of a person each.

  func id(_ index: Int) -> Field<String> {
    if let user = userSetApart(index) { return user.id }
    var text: [UInt8] = []
    return appendID(index, to: &text) ? .value(String(decoding: text, as: UTF8.self)) : .absent
  }

  /// Whether the account id is there and can be read.
  func hasID(_ index: Int) -> Bool {
    if let user = userSetApart(index) { return user.id.value != nil }
    return entries[index].id != nil
  }

  /// Appends the account id; false when there is none, or none that can be read.
  func appendID(_ index: Int, to text: inout [UInt8]) -> Bool {
    if let user = userSetApart(index) {
      text.append(contentsOf: (user.id.value ?? "").utf8)
      return user.id.value != nil
    }
    let entry = entries[index]
    guard let id = entry.id else { return false }
    text.append(contentsOf: texts[id])
    if entry.endsInUUID { unsafe UUIDBytes(bytes: texts.span.bytes, at: id.upperBound).appendText(to: &text) }
    return true
  }

  /// Appends the name; false when there is none, or none that can be read.
  func appendName(_ index: Int, to text: inout [UInt8]) -> Bool {
    append(entries[index].name, userSetApart(index)?.name, to: &text)
  }

  /// Appends the e-mail address; false when there is none, or none that can be read.
  func appendEmail(_ index: Int, to text: inout [UInt8]) -> Bool {
    append(entries[index].email, userSetApart(index)?.email, to: &text)
  }

  private func append(_ range: Range<Int>?, _ setApart: Field<String>?, to text: inout [UInt8]) -> Bool {
    if let setApart {
      text.append(contentsOf: (setApart.value ?? "").utf8)
      return setApart.value != nil
    }
    if let range { text.append(contentsOf: texts[range]) }
    return range != nil
  }

  /// A hash of the account id, which is the same for the same id; nil when there is none, or none that can be read.
  func idHash(_ index: Int) -> UInt32? {
    if let user = userSetApart(index) { return user.id.value.map(Self.hash(ofID:)) }
    let entry = entries[index]
    guard let id = entry.id else { return nil }
    let bytes = unsafe texts.span.bytes
    let uuid = entry.endsInUUID ? UUIDBytes(bytes: bytes, at: id.upperBound) : nil
    return UserText.Identity.hash(bytes, id, uuid)
  }

  static func hash(ofID id: String) -> UInt32 {
    let bytes = Array(id.utf8)
    return unsafe UserText.Identity(bytes.span.bytes, 0..<bytes.count).hash
  }

  func orgID(_ index: Int) -> Field<String> {
    if let user = userSetApart(index) { return user.orgID }
    let organization = entries[index].organization
    return organization == Entry.noOrganization ? .absent : .value(organizationIDs[Int(organization)])
  }

  func name(_ index: Int) -> Field<String> {
    if let user = userSetApart(index) { return user.name }
    return text(entries[index].name)
  }

  func email(_ index: Int) -> Field<String> {
    if let user = userSetApart(index) { return user.email }
    return text(entries[index].email)
  }

  private func userSetApart(_ index: Int) -> User? {
    entries[index].organization == Entry.setApart ? setApart[index] : nil
  }

  private func text(_ range: Range<Int>?) -> Field<String> {
    range.map { .value(String(decoding: texts[$0], as: UTF8.self)) } ?? .absent
  }
}
