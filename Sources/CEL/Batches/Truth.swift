/// `false`, `true`, or not decided by what columns say: then only the record itself can tell, and why not if it can't.
package enum Truth: UInt8, Sendable {
  case no, yes, undecided

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
    yes = Bitmap(repeating: false, count: count)
    undecided = yes
    for index in 0..<count { self[index] = truth(index) }
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
