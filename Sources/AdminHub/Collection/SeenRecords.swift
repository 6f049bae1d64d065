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
    guard entries[place].id != id else { return Self.meeting(record, entries[place]) }
    entries[place] = Entry(id: id, content: record.content)
    count += 1
    return .first
  }

  /// The same for many records, in their order. What stands where each of them belongs is fetched for some of them
  /// together: one by one, memory would be waited for at nearly every one.
  mutating func meet(_ records: [RecordDigest]) -> [Meeting] {
    var meetings: [Meeting] = []
    meetings.reserveCapacity(records.count)
    for start in stride(from: 0, to: records.count, by: Self.groupSize) {
      let group = records[start..<min(start + Self.groupSize, records.count)]
      let fetched = group.map { entries[home(of: max(1, $0.id))] }
      for (record, entry) in zip(group, fetched) {
        // An entry that is there stays. Anything else may have changed since.
        let isThere = entry.id == max(1, record.id)
        meetings.append(isThere ? Self.meeting(record, entry) : meet(record))
      }
    }
    return meetings
  }

  private static let groupSize = 64

  /// Whether a record with this id has been met.
  func hasMet(_ record: RecordDigest) -> Bool {
    let id = max(1, record.id)
    return entries[place(of: id)].id == id
  }

  /// What it means that a record is met whose id has an entry.
  private static func meeting(_ record: RecordDigest, _ entry: Entry) -> Meeting {
    entry.content == record.content ? .repeated : .changed
  }

  /// Where the id is looked for first.
  @inline(__always)
  private func home(of id: UInt64) -> Int { Int(id.multipliedFullWidth(by: UInt64(entries.count)).high) }

  /// Where the id is, or the empty place where it belongs.
  private func place(of id: UInt64) -> Int {
    var place = home(of: id)
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
