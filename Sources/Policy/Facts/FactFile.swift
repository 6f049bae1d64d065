import CEL
import Inventory

/// Reads a table of facts from a file: CSV (RFC 4180) with a header, or JSON Lines with an object a line.
package enum FactFile {
  /// Larger files are refused.
  package static let maximumSize = 256 << 20

  /// Reads the file's bytes. A name that ends in `.csv`, `.jsonl` or `.ndjson` says what it is; else the content does.
  ///
  /// Throws everything that is wrong with the file in one go.
  package static func table(
    _ bytes: [UInt8], name: String, _ declaration: FactDeclaration
  ) throws(InvalidFactFile) -> FactTable {
    var rows = FactRowReader(declaration)
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      rows.note(1, "the file is UTF-16", advice: "save it as UTF-8")
    } else if content.allSatisfy(\.isWhitespace) {
      rows.note(1, "the file is empty", advice: "an export that failed looks like this")
    } else if isJSONLines(name, content) {
      readJSONLines(content, &rows)
    } else {
      readCSV(content, &rows)
    }
    if rows.isEmpty, rows.problems.isEmpty, !declaration.allowsEmpty {
      rows.note(
        1, "the table has no row",
        advice: "an export that failed looks like this; where it can be true, the policy says `allow-empty: true`")
    }
    guard rows.problems.isEmpty else { throw InvalidFactFile(name: name, problems: rows.problems) }
    return rows.table(digest: hexadecimalDigest(of: bytes))
  }

  /// A table of the rows that an example gives, with the keys of each row as in a line of JSON Lines.
  static func table(ofExample elements: [JSONValue], _ declaration: FactDeclaration) throws(InvalidFactFile)
    -> FactTable
  {
    var rows = FactRowReader(declaration)
    for (index, element) in elements.enumerated() { addRow(element, line: index + 1, &rows) }
    guard rows.problems.isEmpty else { throw InvalidFactFile(name: declaration.name, problems: rows.problems) }
    return rows.table(digest: "")
  }

  private static func isJSONLines(_ name: String, _ content: ArraySlice<UInt8>) -> Bool {
    let name = name.lowercased()
    if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") { return true }
    if name.hasSuffix(".csv") { return false }
    return content.first { !$0.isWhitespace } == UInt8(ascii: "{")
  }

  // MARK: - CSV

  private static func readCSV(_ content: ArraySlice<UInt8>, _ rows: inout FactRowReader) {
    var reader = CSVReader(content)
    var header: CSVHeader?
    while true {
      do throws(CSVReader.Malformed) {
        guard let record = try reader.next() else { return }
        guard let texts = texts(of: record, &rows) else {
          // Without its header a file can't be read any further.
          if header == nil { return }
          continue
        }
        if let header {
          header.add(texts, line: record.line, &rows)
        } else {
          guard let made = CSVHeader(texts, line: record.line, &rows) else { return }
          header = made
        }
      } catch {
        rows.note(error.line, error.message)
        if header == nil { return }
      }
    }
  }

  private static func texts(of record: CSVReader.Record, _ rows: inout FactRowReader) -> [String]? {
    let texts = record.fields.map { String(validating: $0, as: UTF8.self) }
    guard let bad = texts.firstIndex(of: nil) else { return texts.compactMap(\.self) }
    rows.note(record.line, "field \(bad + 1) is not UTF-8 text", advice: "save the file as UTF-8")
    return nil
  }

  // MARK: - JSON Lines

  private static func readJSONLines(_ content: ArraySlice<UInt8>, _ rows: inout FactRowReader) {
    var seen: Set<String> = []
    for (index, line) in content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      guard !line.allSatisfy(\.isWhitespace) else { continue }
      do throws(JSONError) {
        let value = try JSONValue(parsing: Array(line))
        if case .object(let members) = value { seen.formUnion(members.map(\.name)) }
        addRow(value, line: index + 1, &rows)
      } catch {
        rows.note(index + 1, "this is not JSON: \(error.message)", advice: "JSON Lines has one object a line")
      }
    }
    // A misspelled name would otherwise read as a column that no row has a value for.
    for column in rows.declaration.columns where !seen.contains(column.name) && !rows.isEmpty {
      rows.note(1, "no line has `\(column.name)`", advice: didYouMean(column.name, among: seen))
    }
  }

  private static func addRow(_ value: JSONValue, line: Int, _ rows: inout FactRowReader) {
    guard case .object(let members) = value else {
      return rows.note(line, "the row should be an object", advice: "JSON Lines has one object a line")
    }
    if let name = value.repeatedName { return rows.note(line, "`\(name)` stands twice") }
    guard let key = value[rows.declaration.key] else {
      return rows.note(
        line, "the key column `\(rows.declaration.key)` is missing",
        advice: didYouMean(rows.declaration.key, among: members.map(\.name)))
    }
    guard let keyText = text(of: key) else {
      return rows.note(line, "the key column `\(rows.declaration.key)` is no text")
    }
    var cells: [String?] = []
    for column in rows.declaration.columns {
      let cell = value[column.name] ?? .null
      let text = text(of: cell)
      if text == nil, cell != .null { return rows.note(line, "`\(column.name)` should be a single value") }
      cells.append(text)
    }
    rows.add(key: keyText, cells, line: line)
  }

  private static func text(of value: JSONValue) -> String? {
    switch value {
    case .string(let text), .number(let text): text
    case .boolean(let flag): String(flag)
    case .null, .array, .object: nil
    }
  }
}

/// The columns of a CSV file, by their places.
private struct CSVHeader {
  private let count: Int
  private let key: Int
  private let columns: [Int]

  /// Nil, with the reasons noted, when a column that is needed is missing.
  init?(_ names: [String], line: Int, _ rows: inout FactRowReader) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted { rows.note(line, "two columns are called `\(name)`") }
    let declaration = rows.declaration
    for name in [declaration.key] + declaration.columns.map(\.name) where !seen.contains(name) {
      let what = name == declaration.key ? "the key column" : "the column"
      rows.note(line, "\(what) `\(name)` is missing", advice: Self.advice(name, names))
    }
    guard rows.problems.isEmpty, let key = names.firstIndex(of: declaration.key) else { return nil }
    count = names.count
    self.key = key
    columns = declaration.columns.compactMap { names.firstIndex(of: $0.name) }
  }

  private static func advice(_ name: String, _ names: [String]) -> String {
    if names.count == 1, names[0].contains(";") || names[0].contains("\t") { return "columns are separated by commas" }
    return didYouMean(name, among: names)
      ?? "the file has \(names.prefix(20).map { "`\($0)`" }.joined(separator: ", ")), and names count to the letter"
  }

  func add(_ fields: [String], line: Int, _ rows: inout FactRowReader) {
    guard fields.count == count else {
      return rows.note(line, "the row has \(fields.count) fields, the header \(count)")
    }
    rows.add(key: fields[key], columns.map { fields[$0] }, line: line)
  }
}

extension UInt8 {
  fileprivate var isWhitespace: Bool { self == 0x20 || 0x09...0x0D ~= self }
}

/// Everything that is wrong with a file of facts.
package struct InvalidFactFile: Error, Sendable {
  package let name: String
  /// At least one, in the order of the file.
  package let problems: [Problem]

  package struct Problem: Hashable, Sendable {
    package let line: Int
    package let message: String
    package let advice: String?
  }

  private static let shownProblems = 20

  /// The first problems as people read them: `file:line: message`, then what to do.
  package var rendered: [String] {
    let shown = problems.sorted { $0.line < $1.line }.prefix(Self.shownProblems)
    let lines = shown.map { "\(name):\($0.line): \($0.message)" + ($0.advice.map { "\n  \($0)" } ?? "") }
    return lines + (problems.count > shown.count ? ["… and \(problems.count - shown.count) more"] : [])
  }
}
