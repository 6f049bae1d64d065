/// A condition taken apart into what can be asked of columns and what has to be asked of records.
indirect enum BatchNode: Sendable {
  case constant(Truth)
  case presence(Int)
  case flag(Int)
  case comparison(TimeComparison, TimeNode, TimeNode)
  case not(BatchNode)
  case and([BatchNode])
  case or([BatchNode])
  case conditional(BatchNode, then: BatchNode, otherwise: BatchNode)
  /// Depends on one coded field alone, so that it is evaluated once for each code; `memo` is its place among all such
  /// parts.
  case coded(field: Int, memo: Int, Evaluation<Bool>)
  /// Is evaluated for each record.
  case record(Evaluation<Bool>)
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

enum TimeComparison: Sendable {
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
