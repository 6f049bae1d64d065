import Inventory

/// Faults in the records of a list and in the way from page to page. All of them follow from the request alone.
struct ListFaults {
  let faults: Set<Fault>
  /// The URL of the place that links point at instead.
  let elsewhere: String

  /// Faults between pages need some: while one is on, pages are no larger than this.
  static let smallPage = 20

  func pageSize(_ size: Int) -> Int { faults.contains { $0.needsPages } ? min(size, Self.smallPage) : size }

  /// Pages that stand for another one, told apart by their cursor's variant.
  private enum Variant {
    static let plain = 0
    static let repeated = 1
    static let changed = 2
    static let empty = 3
    static let loop = 4
    /// And all above.
    static let endless = 5
  }

  /// - Parameters:
  ///   - page: as it would be without faults.
  ///   - range: where its records are in the list.
  func alter(
    _ page: inout ListPage, of list: CollectedList, _ range: Range<Int>, in organization: SandboxOrganization
  ) {
    if list == .apiTokens { alterTokens(&page, range, in: organization) }
    if faults.contains(.irregularFields) { page.records = zip(page.records, range).map(Self.irregular) }
    redirectNext(&page, of: list, range, count: organization.count(of: list))
    page.hasLinks = !faults.contains(.withoutLinks)
    if faults.contains(.foreignNext) { page.linkBase = elsewhere + "/next" }
  }

  private func alterTokens(_ page: inout ListPage, _ range: Range<Int>, in organization: SandboxOrganization) {
    if faults.contains(.absentScopes), range.contains(0) { page.records[0].set("scopes", nil) }
    if faults.contains(.malformedDate), range.contains(0) { page.records[0].set("expiresAt", .string("soon")) }
    if faults.contains(.drift), page.next == nil {
      page.records += [0, 1].map { organization.record(.apiTokens, at: organization.tokenCount + $0) }
    }
    if faults.contains(.missingRecord), range.contains(0) { page.records.removeLast() }
  }

  private func redirectNext(_ page: inout ListPage, of list: CollectedList, _ range: Range<Int>, count: Int) {
    let cursor = page.cursor
    if cursor.variant == Variant.empty {
      page.records = []
      page.next = Cursor(position: cursor.position)
      return
    }
    if cursor.variant == Variant.changed, !page.records.isEmpty {
      page.records[0].set("label", .string("changed meanwhile"))
      page.records[0].set("attributes", page.records[0]["attributes"].map { _ in .record(["type": .string("hipaa")]) })
    }
    if cursor.position == 0 {
      let visits = [
        Variant.plain, faults.contains(.duplicatePage) ? Variant.repeated : nil,
        faults.contains(.changedDuplicate) ? Variant.changed : nil,
      ].compactMap(\.self)
      if let visit = visits.firstIndex(of: cursor.variant), visit + 1 < visits.count {
        page.next = Cursor(position: 0, variant: visits[visit + 1])
        return
      }
      if let next = page.next {
        if faults.contains(.missingPage), list == .apiTokens {
          let third = next.position + range.count
          page.next = third < count ? Cursor(position: third) : nil
        } else if faults.contains(.emptyPage) {
          page.next = Cursor(position: next.position, variant: Variant.empty)
        }
      }
    }
    guard page.next == nil else { return }
    if faults.contains(.cursorLoop) {
      page.next = Cursor(position: 0, variant: Variant.loop)
    } else if faults.contains(.endlessPages) {
      page.next = Cursor(position: cursor.position, variant: max(cursor.variant + 1, Variant.endless))
    }
  }

  /// A record with a field as no reference describes it; every fifth stays as it is.
  private static func irregular(_ record: JSONValue, at index: Int) -> JSONValue {
    var record = record
    switch index % 5 {
    case 0:
      record.set("status", .string("SUSPENDED"))
      record.set("scopes", .null)
    case 1:
      record.set("user", .string("somebody"))
      record.set("createdBy", .array([]))
      record.set("label", .null)
    case 2:
      record.set("createdAt", .number("1780272000"))
      record.set("scopes", .array([.string("read:jira-work"), .null]))
    case 3:
      record.set("id", .number("\(index)"))
      record.set("expiresAt", .boolean(false))
      record.set("attributes", record["attributes"].map { _ in .array([]) })
    default: break
    }
    return record
  }
}

extension JSONValue {
  /// Replaces a member that the object has; nil removes it. Other members and other values are left alone.
  mutating func set(_ name: String, _ value: JSONValue?) {
    guard case .object(let members) = self else { return }
    self = .object(
      members.compactMap { member in
        guard member.name == name else { return member }
        return value.map { Member(name: name, value: $0) }
      })
  }
}
