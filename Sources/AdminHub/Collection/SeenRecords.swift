/// The records that have been met in a list: 16 bytes each, half for the id and half for the content, in a table that
/// is at least half full, so at most 32 bytes a record.
///
/// Two different ids share their 64 bits once in some ten million collections of a million records. Even then nothing
/// is lost in silence: the second record has another content, so it counts as changed.
struct SeenRecords: Sendable {
  enum Meeting: Equatable {
    case first
    /// The same record again.
    case repeated
    /// The same id with another content.
    case changed
  }

  private struct Entry {
    /// 0 in an empty place.
    var id: UInt64 = 0
    var content: UInt64 = 0
  }

  private var entries: [Entry]
  private(set) var count = 0
  /// The memory that the table takes.
  var byteCount: Int { entries.count * MemoryLayout<Entry>.stride }

  /// - Parameter expected: how many records are likely to come, which saves moving them later.
  init(expected: Int? = nil) {
    // A wrong count must not take the memory of a right one.
    let expected = min(max(64, expected ?? 64), 4_000_000)
    entries = Array(repeating: Entry(), count: expected + expected / 3)
  }

  mutating func meet(_ record: RecordDigest) -> Meeting {
    // Full to four fifths, it grows by half: never less than half full again.
    if count * 5 >= entries.count * 4 { grow(to: entries.count + entries.count / 2) }
    let id = max(1, record.id)
    let place = place(of: id)
    guard entries[place].id != id else { return entries[place].content == record.content ? .repeated : .changed }
    entries[place] = Entry(id: id, content: record.content)
    count += 1
    return .first
  }

  /// Whether a record with this id has been met.
  func hasMet(_ record: RecordDigest) -> Bool {
    let id = max(1, record.id)
    return entries[place(of: id)].id == id
  }

  /// Where the id is, or the empty place where it belongs.
  private func place(of id: UInt64) -> Int {
    var place = Int(id.multipliedFullWidth(by: UInt64(entries.count)).high)
    while entries[place].id != id, entries[place].id != 0 {
      place += 1
      if place == entries.count { place = 0 }
    }
    return place
  }

  private mutating func grow(to size: Int) {
    let old = entries
    entries = Array(repeating: Entry(), count: size)
    for entry in old where entry.id != 0 { entries[place(of: entry.id)] = entry }
  }
}
