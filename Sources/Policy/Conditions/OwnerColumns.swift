package import CEL
import Inventory

/// Consecutive owners as columns. They say what `OwnerObject` says of each, or leave it undecided.
package struct OwnerColumns: RecordColumns {
  private let inventory: AuditedInventory
  private let range: Range<Int>
  private let bindings: [Value]
  /// Whether all tokens of each owner are known.
  private let isWhole: Bool

  /// - Parameter bindings: the values of a condition's variables, of which those that stand for the owner are not used.
  package init(_ inventory: AuditedInventory, _ range: Range<Int>, _ bindings: [Value]) {
    self.inventory = inventory
    self.range = range
    self.bindings = bindings
    isWhole = inventory.gap(in: .apiTokens) == nil
  }

  /// What the columns of an owner's fields hold.
  static let kinds: [Int: ColumnKind] = Dictionary(
    uniqueKeysWithValues: OwnerObject.Name.allCases.map { name in
      let kind: ColumnKind =
        switch name {
        case .id, .name, .email: .text
        case .tokens: .list
        }
      return (name.rawValue, kind)
    })

  package var count: Int { range.count }

  package func record(at index: Int) -> Value { inventory.object(.owner, range.lowerBound + index) }

  package func presence(of field: Int) -> Truths {
    Truths(count: count) { index in
      guard case .object(let owner) = record(at: index) else { return .undecided }
      return switch owner.field(field) {
      case .absent: .no
      case .unknown: .undecided
      case .value: .yes
      }
    }
  }

  package func forEachText(_ field: Int, of records: Bitmap, _ body: (Int, RawSpan) -> Void) {
    let vocabulary = inventory.snapshot.tokens.vocabulary
    let append: (Int, inout [UInt8]) -> Bool
    switch OwnerObject.Name(rawValue: field) {
    case .id: append = vocabulary.appendUserID
    case .name: append = vocabulary.appendUserName
    case .email: append = vocabulary.appendUserEmail
    case .tokens, nil: return
    }
    var text: [UInt8] = []
    records.forEachSet { index in
      text.removeAll(keepingCapacity: true)
      guard append(inventory.owners.user(of: range.lowerBound + index), &text) else { return }
      unsafe body(index, text.span.bytes)
    }
  }

  package func sizes(_ field: Int) -> [Int64] {
    guard isWhole, OwnerObject.Name(rawValue: field) == .tokens else { return Array(repeating: -1, count: count) }
    let starts = inventory.owners.starts
    return range.map { Int64(starts[$0 + 1] - starts[$0]) }
  }

  package func counts(_ field: Int, of records: Bitmap, _ condition: ElementCondition) -> [ElementCount?] {
    var counts = [ElementCount?](repeating: nil, count: count)
    guard isWhole, OwnerObject.Name(rawValue: field) == .tokens else { return counts }
    let truths = inventory.tokenTruths.truths(of: condition, bindings)
    let (tokens, starts) = (inventory.owners.tokens, inventory.owners.starts)
    records.forEachSet { index in
      let owner = range.lowerBound + index
      var count = ElementCount()
      for place in Int(starts[owner])..<Int(starts[owner + 1]) { count.add(truths[Int(tokens[place])]) }
      counts[index] = count
    }
    return counts
  }

  package func distinctCounts(
    _ list: Int, of records: Bitmap, _ condition: ElementCondition, field: Int
  ) -> [Int64?] {
    var counts = [Int64?](repeating: nil, count: count)
    guard isWhole, OwnerObject.Name(rawValue: list) == .tokens, TokenObject.Name(rawValue: field) == .label else {
      return counts
    }
    let truths = inventory.tokenTruths.truths(of: condition, bindings)
    var labels = DistinctLabels(inventory.tokenTruths.labels())
    let (tokens, starts) = (inventory.owners.tokens, inventory.owners.starts)
    records.forEachSet { index in
      let owner = range.lowerBound + index
      counts[index] = labels.count(tokens[Int(starts[owner])..<Int(starts[owner + 1])]) { token in
        truths[token] == .undecided ? nil : truths[token] == .yes
      }
    }
    return counts
  }
}
