/// Where a record's bytes name a person.
struct UserText: Sendable {
  var id = Identity()
  /// The number of the organization's id; -1 for none.
  var organization: Int32 = -1
  var name: Part = .absent
  var email: Part = .absent

  /// A string among the bytes, without escapes.
  struct Part: Sendable {
    private let start: Int32
    /// Negative for none.
    let length: Int32

    static let absent = Part(start: 0, length: -1)

    @inline(__always)
    init(_ range: Range<Int>) { self.init(start: Int32(range.lowerBound), length: Int32(range.count)) }

    private init(start: Int32, length: Int32) { (self.start, self.length) = (start, length) }

    var isPresent: Bool { length >= 0 }
    var range: Range<Int> { Int(start)..<Int(start) + Int(max(0, length)) }
  }

  /// An account id. Nearly all end in a UUID, which is kept as its bytes.
  struct Identity: Sendable {
    /// The id, or what stands before the UUID.
    private(set) var text: Part = .absent
    private(set) var uuid: UUIDBytes?
    /// A hash of all that makes the id.
    private(set) var hash: UInt32 = 0

    /// No id.
    init() {}

    @inline(__always)
    init(_ bytes: RawSpan, _ range: Range<Int>) {
      let prefix = range.count - UUIDBytes.characterCount
      if (0...8).contains(prefix), let uuid = UUIDBytes(bytes, at: range.lowerBound + prefix) {
        let range = range.lowerBound..<range.lowerBound + prefix
        text = Part(range)
        self.uuid = uuid
        hash = Self.hash(bytes, range, uuid)
      } else {
        text = Part(range)
        hash = Self.hash(bytes, range, nil)
      }
    }

    /// - Parameter range: of the id, or of what stands before its UUID: no more than eight bytes.
    @inline(__always)
    static func hash(_ bytes: RawSpan, _ range: Range<Int>, _ uuid: UUIDBytes?) -> UInt32 {
      guard let uuid else { return bytes.hash(range) }
      return UInt32(truncatingIfNeeded: unforeseeableDigest(of: bytes.partialWord(range), uuid.first, uuid.last))
    }

    /// Whether it names nobody.
    var isEmpty: Bool { text.length <= 0 && uuid == nil }
  }

  /// A hash by which people without an id are told apart, too.
  @inline(__always)
  func hash(_ bytes: RawSpan) -> UInt32 {
    id.isEmpty ? bytes.hash(name.range) ^ bytes.hash(email.range) : id.hash
  }

  /// Whether an entry of a `UserTable` can say all of it.
  var isCompact: Bool {
    max(name.length, email.length) <= UserTable.Entry.maximumLength && organization < Int32(UserTable.Entry.setApart)
  }
}
