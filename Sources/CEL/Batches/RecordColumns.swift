/// What many records of one type have in their fields, field by field: what a ``BatchProgram`` is evaluated over.
///
/// Fields are named by their index in the type's declaration, which says what each column holds. All columns have one
/// element for each record.
package protocol RecordColumns {
  /// How many records there are.
  var count: Int { get }

  /// Whether the records have the field; undecided where that is not known.
  func presence(of field: Int) -> Truths

  /// The values of a ``ColumnKind/flag``; undecided where there is none.
  func flags(_ field: Int) -> Truths

  /// The values of a ``ColumnKind/time`` in nanoseconds since 1970-01-01T00:00:00Z; ``BatchTime/none`` where there is
  /// none, or none that fits.
  func times(_ field: Int) -> [Int64]

  /// The codes of a ``ColumnKind/coded`` field, from 0: the same code stands for the same value, or for its absence, in
  /// every batch; negative where the value is not known.
  func codes(_ field: Int) -> [Int32]

  /// How many codes the field has, in all batches.
  func codeCount(_ field: Int) -> Int

  /// The values of a ``ColumnKind/coded`` field that are records of a type with columns, in the order of their codes from
  /// 1 on; code 0 stands for absence. Nil for another field.
  func values(of field: Int) -> (any RecordColumns)?

  /// Calls `body` with the index and the text, as UTF-8, of those records that have a value of a ``ColumnKind/text``
  /// field, of the ones that are asked.
  func forEachText(_ field: Int, of records: Bitmap, _ body: (Int, RawSpan) -> Void)

  /// How many elements the records' lists have, for a ``ColumnKind/list``; negative where the list is absent or unknown.
  func sizes(_ field: Int) -> [Int64]

  /// Of each record's list, a ``ColumnKind/list``, how many elements fulfil a condition; nil where `sizes` is negative.
  func counts(_ field: Int, of records: Bitmap, _ condition: ElementCondition) -> [ElementCount?]

  /// Of each record's list, a ``ColumnKind/list``, how many different texts those elements have in a field that fulfil a
  /// condition; nil where the condition is not decided for all elements, or a text is absent or unknown.
  func distinctCounts(_ list: Int, of records: Bitmap, _ condition: ElementCondition, field: Int) -> [Int64?]

  /// The record at an index, as the value of the variables that stand for it.
  func record(at index: Int) -> Value
}

/// Nothing is told of what records of a type never have.
extension RecordColumns {
  package func flags(_ field: Int) -> Truths { Truths(repeating: .undecided, count: count) }
  package func times(_ field: Int) -> [Int64] { Array(repeating: BatchTime.none, count: count) }
  package func codes(_ field: Int) -> [Int32] { Array(repeating: -1, count: count) }
  package func codeCount(_ field: Int) -> Int { 0 }
  package func values(of field: Int) -> (any RecordColumns)? { nil }
  package func forEachText(_ field: Int, of records: Bitmap, _ body: (Int, RawSpan) -> Void) {}
  package func sizes(_ field: Int) -> [Int64] { Array(repeating: -1, count: count) }
  package func counts(_ field: Int, of records: Bitmap, _ condition: ElementCondition) -> [ElementCount?] {
    Array(repeating: nil, count: count)
  }
  package func distinctCounts(
    _ list: Int, of records: Bitmap, _ condition: ElementCondition, field: Int
  ) -> [Int64?] {
    Array(repeating: nil, count: count)
  }
}

/// Of how many elements of a list a condition is true.
package struct ElementCount: Sendable {
  package var yes = 0
  /// Of how many it is not decided.
  package var undecided = 0

  @inlinable
  package init() {}

  /// Counts one more element.
  @inlinable
  @inline(__always)
  package mutating func add(_ truth: Truth) {
    switch truth {
    case .yes: yes += 1
    case .undecided: undecided += 1
    case .no: break
    }
  }
}

/// What a column of a field holds.
package enum ColumnKind: Sendable {
  /// A timestamp.
  case time
  /// A bool.
  case flag
  /// One of few values, which many records share.
  case coded
  /// A string.
  case text
  /// A list of records of a type that has columns itself.
  case list
  /// Anything: only whether the field is there can be asked of the column.
  case other
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
