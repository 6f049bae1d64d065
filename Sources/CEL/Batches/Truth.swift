/// `false`, `true`, or not decided by what columns say: then only the record itself can tell, and why not if it can't.
package enum Truth: UInt8, Sendable {
  // The bits of ``Truths``: the lower for yes, the higher for undecided.
  case no = 0b00
  case yes = 0b01
  case undecided = 0b10

  @inlinable
  package init(_ flag: Bool) { self = flag ? .yes : .no }
}

/// A ``Truth`` for each record of a batch.
package struct Truths: Hashable, Sendable {
  package var yes: Bitmap
  /// Where this is set, `yes` is not.
  package var undecided: Bitmap

  @inlinable
  package init(yes: Bitmap, undecided: Bitmap) {
    self.yes = yes
    self.undecided = undecided
  }

  @inlinable
  package init(repeating truth: Truth, count: Int) {
    yes = Bitmap(repeating: truth == .yes, count: count)
    undecided = Bitmap(repeating: truth == .undecided, count: count)
  }

  /// - Parameter truth: what the truth of an index is.
  @inlinable
  @inline(__always)
  package init(count: Int, _ truth: (Int) -> Truth) {
    var (yes, undecided): ([UInt64], [UInt64]) = ([], [])
    yes.reserveCapacity((count + 63) / 64)
    undecided.reserveCapacity((count + 63) / 64)
    var start = 0
    while start < count {
      let end = Swift.min(start + 64, count)
      var (yesWord, undecidedWord): (UInt64, UInt64) = (0, 0)
      for index in start..<end {
        let bits = UInt64(truth(index).rawValue)
        yesWord |= (bits & 1) << UInt64(index - start)
        undecidedWord |= (bits >> 1) << UInt64(index - start)
      }
      yes.append(yesWord)
      undecided.append(undecidedWord)
      start = end
    }
    self.init(yes: Bitmap(words: yes, count: count), undecided: Bitmap(words: undecided, count: count))
  }

  @inlinable
  package subscript(index: Int) -> Truth {
    get { yes[index] ? .yes : undecided[index] ? .undecided : .no }
    set {
      yes[index] = newValue == .yes
      undecided[index] = newValue == .undecided
    }
  }

  /// Where it is no.
  package var no: Bitmap {
    Bitmap(repeating: true, count: count).subtracting(yes).subtracting(undecided)
  }
}

extension Truths {
  /// What is said of the records of several batches, one behind the other.
  package init(joining batches: some Sequence<Truths>) {
    self.init(repeating: .no, count: 0)
    for batch in batches {
      yes.append(batch.yes)
      undecided.append(batch.undecided)
    }
  }
}

extension Truths: RandomAccessCollection {
  @inlinable
  package var startIndex: Int { 0 }
  @inlinable
  package var endIndex: Int { yes.count }
}
