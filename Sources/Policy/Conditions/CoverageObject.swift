import CEL
import Inventory

/// How much of a list was seen, as conditions see it: the members of a snapshot's coverage, and the list's name as `id`.
final class CoverageObject: CEL.Object {
  let list: CollectedList
  let coverage: Coverage

  init(list: CollectedList, of snapshot: Snapshot) {
    self.list = list
    coverage = snapshot.coverage(of: list)
  }

  private enum Name: Int, FieldName {
    case id, state, verified, records, countBefore, countAfter, duplicates, reason, notes

    var type: CELType {
      switch self {
      case .id, .state, .reason: .string
      case .verified: .bool
      case .records, .countBefore, .countAfter, .duplicates: .int
      case .notes: .list(.string)
      }
    }
  }

  static let type = ObjectType("coverage", fields: Name.allCases.map { ($0.stringValue, $0.type) })
  var typeName: String { "coverage" }

  func field(_ index: Int) -> CEL.Field {
    switch Name(rawValue: index) {
    case .id: .value(.string(list.rawValue))
    case .state: .value(.string(coverage.stateName))
    case .verified: if case .complete(let verified) = coverage.state { .value(.bool(verified)) } else { .absent }
    case .records: .value(.int(Int64(coverage.records)))
    case .countBefore: Self.field(coverage.countBefore)
    case .countAfter: Self.field(coverage.countAfter)
    case .duplicates: .value(.int(Int64(coverage.duplicates)))
    case .reason: coverage.reason.map { .value(.string($0)) } ?? .absent
    case .notes: .value(conditionList(coverage.notes))
    case nil: .absent
    }
  }

  private static func field(_ number: Int?) -> CEL.Field { number.map { .value(.int(Int64($0))) } ?? .absent }
}

extension Coverage {
  /// `complete`, `partial`, `unavailable`.
  fileprivate var stateName: String {
    switch state {
    case .complete: "complete"
    case .partial: "partial"
    case .unavailable: "unavailable"
    }
  }
}
