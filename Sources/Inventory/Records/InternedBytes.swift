/// Texts that repeat, each kept once and named by its index. They are told apart by all of their bytes.
struct InternedBytes: Sendable {
  private var texts: [UInt8] = []
  private var ends: [Int] = []
  private var places = HashedPlaces()

  mutating func index(of bytes: RawSpan, _ range: Range<Int>) -> (index: Int32, isNew: Bool) {
    let hash = bytes.hash(range)
    var probe = places.probe(hash)
    while let index = places.next(&probe) {
      let start = index == 0 ? 0 : ends[index - 1]
      if ends[index] - start == range.count, bytes.equals(range, texts, at: start) { return (Int32(index), false) }
    }
    let index = ends.count
    bytes.append(range, to: &texts)
    ends.append(texts.count)
    places.insert(index, hash)
    return (Int32(index), true)
  }
}

/// The indexes of things by their hashes, with open addressing. Whether two things with one hash are the same is for
/// the caller to tell.
struct HashedPlaces: Sendable {
  /// A hash and an index, plus one; 0 is free. Their number is a power of two.
  private var slots: [UInt64] = Array(repeating: 0, count: 64)
  private var count = 0

  struct Probe {
    fileprivate var slot: Int
    fileprivate let hash: UInt32
  }

  func probe(_ hash: UInt32) -> Probe { Probe(slot: Int(hash) & (slots.count - 1), hash: hash) }

  /// The next index whose thing has the probe's hash; nil when there is no more.
  @inline(__always)
  func next(_ probe: inout Probe) -> Int? {
    while slots[probe.slot] != 0 {
      let slot = slots[probe.slot]
      probe.slot = (probe.slot + 1) & (slots.count - 1)
      if UInt32(truncatingIfNeeded: slot >> 32) == probe.hash { return Int(slot & 0xFFFF_FFFF) - 1 }
    }
    return nil
  }

  mutating func insert(_ index: Int, _ hash: UInt32) {
    if count * 3 >= slots.count * 2 {
      let old = slots
      slots = Array(repeating: 0, count: old.count * 2)
      for slot in old where slot != 0 { place(slot) }
    }
    place(UInt64(hash) << 32 | UInt64(index + 1))
    count += 1
  }

  private mutating func place(_ value: UInt64) {
    var slot = Int(value >> 32) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = value
  }
}
