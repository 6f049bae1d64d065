/// What a macro asks of each element of a list, where that depends on the element alone, and on variables that have one
/// value for all evaluations. It is the same condition only when it is the same object.
///
/// It is evaluated once for an element, with a budget of its own; going through a list is charged `cost` for each element
/// that is visited. So it can be decided where evaluating it anew for each list would have run out of budget.
package final class ElementCondition: Sendable {
  package let program: BatchProgram
  /// What asking it of an element costs at least.
  let cost: Int

  init(_ program: BatchProgram, cost: Int) {
    self.program = program
    self.cost = cost
  }
}

/// A list of records that lie in columns, so that a condition on them is evaluated over these and not for each list.
package protocol ColumnarList: ListSource {
  /// The condition for all records that lie in the columns.
  /// - Parameter bindings: the values of the environment's variables.
  func truths(of condition: ElementCondition, _ bindings: [Value]) -> Truths

  /// Where among those records the element at an index is.
  func place(of index: Int) -> Int
}

/// Some elements of a list, in their order.
struct SelectedElements: ColumnarList {
  let list: any ColumnarList
  let indices: [Int32]

  var count: Int { indices.count }
  subscript(index: Int) -> Value { list[Int(indices[index])] }
  func truths(of condition: ElementCondition, _ bindings: [Value]) -> Truths { list.truths(of: condition, bindings) }
  func place(of index: Int) -> Int { list.place(of: Int(indices[index])) }
}
