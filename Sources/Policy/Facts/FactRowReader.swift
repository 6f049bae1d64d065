import CEL
import Inventory

/// Makes typed rows of what a file has for each, and notes what is wrong with them.
struct FactRowReader {
  let declaration: FactDeclaration
  private(set) var problems: [InvalidFactFile.Problem] = []
  private var entries: [(key: Value, value: Value)] = []
  private var lines: [String: Int] = [:]

  init(_ declaration: FactDeclaration) { self.declaration = declaration }

  mutating func note(_ line: Int, _ message: String, advice: String? = nil) {
    problems.append(InvalidFactFile.Problem(line: line, message: message, advice: advice))
  }

  /// Adds a row. `cells` has a text for each declared column, or nil where the row has none.
  mutating func add(key: String, _ cells: [String?], line: Int) {
    guard let key = checked(key, line) else { return }
    let values = zip(declaration.columns, cells).map { column, cell -> CEL.Field in
      guard let cell, !cell.isEmpty else { return .absent }
      if let value = Self.value(cell, column.type) { return .value(value) }
      note(
        line, "`\(column.name)` should be of type \(column.type.rawValue), but is `\(cell.prefix(60))`",
        advice: Self.advice(column.type))
      return .absent
    }
    entries.append((.string(key), .object(FactRow(declaration, values))))
  }

  /// A key that a condition could never ask for, or that stands twice, would leave somebody out.
  private mutating func checked(_ key: String, _ line: Int) -> String? {
    guard !key.allSatisfy(\.isWhitespace) else {
      note(line, "the key column `\(declaration.key)` is empty")
      return nil
    }
    guard key.first?.isWhitespace == false, key.last?.isWhitespace == false else {
      note(line, "there is space around the key `\(key)`", advice: "nobody would ask for it: leave the space out")
      return nil
    }
    let key = declaration.ignoresCase ? key.asciiLowercased : key
    if let first = lines[key] {
      note(line, "the key `\(key)` stands on line \(first) already")
      return nil
    }
    lines[key] = line
    return key
  }

  func table(digest: String) -> FactTable {
    // Keys are texts, and none stands twice.
    let rows = MapValue(entries: entries) ?? MapValue([])
    return FactTable(declaration: declaration, digest: digest, rowCount: entries.count, rows: rows)
  }

  var isEmpty: Bool { lines.isEmpty }

  // MARK: - Values

  private static func value(_ text: String, _ type: FactType) -> Value? {
    switch type {
    case .string: .string(text)
    case .int: Int64(text).map { .int($0) }
    case .double: Double(text).flatMap { $0.isFinite ? .double($0) : nil }
    case .bool: Bool(text).map { .bool($0) }
    case .timestamp:
      (Instant(text) ?? Instant(text + "T00:00:00Z")).map(conditionTimestamp)
    }
  }

  private static func advice(_ type: FactType) -> String? {
    switch type {
    case .string: nil
    case .int: "write a whole number"
    case .double: "write a number"
    case .bool: "write true or false"
    case .timestamp: "write 2026-12-31 or 2026-12-31T12:00:00Z"
    }
  }
}

extension String {
  /// Letters from A to Z in lower case, as CEL's `lowerAscii()` has them.
  fileprivate var asciiLowercased: String {
    String(decoding: utf8.map { 0x41...0x5A ~= $0 ? $0 + 0x20 : $0 }, as: UTF8.self)
  }
}
