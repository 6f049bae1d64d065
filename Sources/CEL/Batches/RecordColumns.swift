/// What many records of one type have in their fields, field by field: what a ``BatchProgram`` is evaluated over.
///
/// Fields are named by their index in the type's declaration. All columns have one element for each record.
package protocol RecordColumns {
  /// How many records there are.
  var count: Int { get }

  /// Whether the records have the field; undecided where that is not known.
  func presence(of field: Int) -> [Truth]

  /// The values of a ``ColumnKind/flag``; undecided where there is none.
  func flags(_ field: Int) -> [Truth]

  /// The values of a ``ColumnKind/time`` in nanoseconds since 1970-01-01T00:00:00Z; ``BatchTime/none`` where there is
  /// none, or none that fits.
  func times(_ field: Int) -> [Int64]

  /// The codes of a ``ColumnKind/coded`` field, from 0: the same code stands for the same value, or for its absence, in
  /// every batch; negative where the value is not known.
  func codes(_ field: Int) -> [Int32]

  /// How many codes the field has, in all batches.
  func codeCount(_ field: Int) -> Int

  /// The record at an index, as the value of the variables that stand for it.
  func record(at index: Int) -> Value
}

/// What a column of a field holds.
package enum ColumnKind: Sendable {
  /// A timestamp.
  case time
  /// A bool.
  case flag
  /// One of few values, which many records share.
  case coded
  /// Anything: only whether the field is there can be asked of the column.
  case other
}

/// `false`, `true`, or not decided by what columns say: then only the record itself can tell, and why not if it can't.
package enum Truth: UInt8, Sendable {
  case no, yes, undecided

  init(_ flag: Bool) { self = flag ? .yes : .no }

  var negated: Truth {
    switch self {
    case .no: .yes
    case .yes: .no
    case .undecided: .undecided
    }
  }
}

/// Times and spans of time in batches: nanoseconds, as a `duration` has them; a timestamp fits from 1678 to 2262.
package enum BatchTime {
  /// Stands where there is no value, or none that fits.
  package static let none = Int64.min

  static func nanoseconds(_ value: Value) -> Int64 {
    switch value {
    case .duration(let duration): return duration.nanoseconds
    case .timestamp(let timestamp):
      let (product, overflow) = timestamp.seconds.multipliedReportingOverflow(by: 1_000_000_000)
      let (sum, overflowOfSum) = product.addingReportingOverflow(Int64(timestamp.nanoseconds))
      return overflow || overflowOfSum ? none : sum
    default: return none
    }
  }

  @inline(__always)
  static func sum(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow || left == none || right == none ? none : sum
  }

  @inline(__always)
  static func difference(_ left: Int64, _ right: Int64) -> Int64 {
    let (difference, overflow) = left.subtractingReportingOverflow(right)
    return overflow || left == none || right == none ? none : difference
  }
}
