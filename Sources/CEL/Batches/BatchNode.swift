/// A condition taken apart into what can be asked of columns and what has to be asked of records.
indirect enum BatchNode: Sendable {
  case constant(Truth)
  case presence(Int)
  case flag(Int)
  case times(Comparison, TimeNode, TimeNode)
  case numbers(Comparison, NumberNode, NumberNode)
  /// Whether the text of a field is this one, in UTF-8.
  case text(Int, [UInt8])
  /// Whether the text of a field matches.
  case pattern(Int, RegularExpression)
  /// Whether an element of a list fulfils a condition.
  case exists(Int, ElementCondition)
  case not(BatchNode)
  case and([BatchNode])
  case or([BatchNode])
  case conditional(BatchNode, then: BatchNode, otherwise: BatchNode)
  /// Depends on one coded field alone, so that it is evaluated once for each code; `memo` is its place among all such
  /// parts.
  case coded(field: Int, memo: Int, Evaluation<Bool>)
  /// Depends on one coded field alone, whose values are records that lie in columns themselves: it is evaluated over
  /// these, once for all codes.
  case nested(field: Int, memo: Int, BatchNode)
  /// Is evaluated for each record.
  case record(Evaluation<Bool>)

  /// Whether no record has to be asked itself.
  var isToldByColumns: Bool {
    switch self {
    case .constant, .presence, .flag, .times, .numbers, .text, .pattern, .exists: true
    case .not(let operand): operand.isToldByColumns
    case .and(let operands), .or(let operands): operands.allSatisfy(\.isToldByColumns)
    case .conditional(let test, let then, let otherwise):
      test.isToldByColumns && then.isToldByColumns && otherwise.isToldByColumns
    case .coded, .nested, .record: false
    }
  }
}

/// A timestamp or a duration, in nanoseconds.
indirect enum TimeNode: Sendable {
  case constant(Int64)
  case column(Int)
  /// A variable that has one value for all records.
  case variable(Int)
  case sum(TimeNode, TimeNode)
  case difference(TimeNode, TimeNode)
}

/// A whole number.
enum NumberNode: Sendable {
  case constant(Int64)
  /// The characters of a text.
  case length(Int)
  /// The elements of a list.
  case size(Int)
  /// The elements of a list that fulfil a condition.
  case count(Int, ElementCondition)
  /// The different texts in a field of those elements.
  case distinct(Int, ElementCondition, field: Int)
}

/// How two numbers, timestamps or durations are compared.
enum Comparison: Sendable {
  case ordering(OrderingOperator)
  case equal, unequal

  init?(_ name: String) {
    switch name {
    case "_==_": self = .equal
    case "_!=_": self = .unequal
    default:
      guard let ordering = OrderingOperator(rawValue: name) else { return nil }
      self = .ordering(ordering)
    }
  }
}
