/// The indexes of things by their hashes, with open addressing. Whether two things with one hash are the same is for
/// the caller to tell.
struct HashedPlaces: Sendable {
  /// A hash and an index, plus one; 0 is free. Their number is a power of two.
  private var slots: [UInt64] = Array(repeating: 0, count: 64)
  private var count = 0
  /// The highest bits of a hash say where its slot is: when the slots become twice as many, what is in them stays in
  /// its order, and is moved from front to back.
  private var shift = Self.shift(64)

  private static func shift(_ slotCount: Int) -> UInt32 { UInt32(32 - slotCount.trailingZeroBitCount) }

  struct Probe {
    fileprivate var slot: Int
    fileprivate let hash: UInt32
  }

  @inline(__always)
  func probe(_ hash: UInt32) -> Probe { Probe(slot: Int(hash >> shift), hash: hash) }

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

  /// What `next(_:)` gives first for the hash, if that stands where it is looked for first; -1 otherwise. Told without
  /// a branch, so that the answers for many hashes are waited for together.
  @inline(__always)
  func first(_ hash: UInt32) -> Int {
    let slot = slots[Int(hash >> shift)]
    return UInt32(truncatingIfNeeded: slot >> 32) == hash ? Int(slot & 0xFFFF_FFFF) - 1 : -1
  }

  mutating func insert(_ index: Int, _ hash: UInt32) {
    if count * 3 >= slots.count * 2 { grow() }
    place(UInt64(hash) << 32 | UInt64(index + 1))
    count += 1
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    shift = Self.shift(slots.count)
    for slot in old where slot != 0 { place(slot) }
  }

  private mutating func place(_ value: UInt64) {
    var slot = Int(value >> (32 + UInt64(shift)))
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = value
  }
}
