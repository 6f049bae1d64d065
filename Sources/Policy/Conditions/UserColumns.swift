import CEL
import Inventory

/// The people whom tokens name, as columns. They say what `UserObject` says of each, or leave it undecided.
struct UserColumns: RecordColumns {
  private let vocabulary: TokenVocabulary

  init(_ vocabulary: TokenVocabulary) { self.vocabulary = vocabulary }

  /// What the columns of a person's fields hold.
  static let kinds: [Int: ColumnKind] = Dictionary(
    uniqueKeysWithValues: UserObject.Name.allCases.map { ($0.rawValue, .text) })

  var count: Int { vocabulary.userCount }

  func record(at index: Int) -> Value { .object(UserObject(user: vocabulary.user(index))) }

  func presence(of field: Int) -> Truths {
    guard let name = UserObject.Name(rawValue: field) else { return Truths(repeating: .undecided, count: count) }
    return Truths(count: count) { index in
      // Most ids are there, which is told without making texts of them.
      name == .id && vocabulary.hasUserID(index) ? .yes : vocabulary.user(index).presence(of: name)
    }
  }

  func forEachText(_ field: Int, of records: Bitmap, _ body: (Int, RawSpan) -> Void) {
    guard let name = UserObject.Name(rawValue: field) else { return }
    var text: [UInt8] = []
    records.forEachSet { index in
      text.removeAll(keepingCapacity: true)
      let isThere: Bool
      switch name {
      case .id: isThere = vocabulary.appendUserID(index, to: &text)
      case .orgId:
        let id = vocabulary.user(index).orgID.value
        text.append(contentsOf: (id ?? "").utf8)
        isThere = id != nil
      case .name: isThere = vocabulary.appendUserName(index, to: &text)
      case .email: isThere = vocabulary.appendUserEmail(index, to: &text)
      }
      if isThere { unsafe body(index, text.span.bytes) }
    }
  }
}

extension TokenUser {
  fileprivate func presence(of name: UserObject.Name) -> Truth {
    switch UserObject(user: self).field(name.rawValue) {
    case .absent: .no
    case .unknown: .undecided
    case .value: .yes
    }
  }
}
