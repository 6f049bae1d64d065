import Audit
import Files
import Foundation
import Inventory
import Reporting
import TestSupport
import Testing

/// Hostile text in every field that people outside can fill, through every format, read back by other readers.
struct HostileTextTests {
  private func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

  /// The text as formats for people show it, made the slow way.
  private func shown(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        let properties = scalar.properties
        let acts =
          [.control, .format, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
          || properties.isDefaultIgnorableCodePoint || properties.isNoncharacterCodePoint
        if acts, scalar.value != 0xFE0F {
          result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    for command in ["##", "##vso", "##VSO", "##teamcity"] {
      result = result.replacing(command + "[", with: command + " [")
    }
    return result
  }

  private func check(_ text: String) throws {
    let report = ReportBuilder.everything(text)
    try checkJSON(report, text)
    try checkJUnit(report, text)
    try checkMarkdown(report, text)
    try checkLines(report, text)
    try checkJSONLines(report, text)
    try checkSARIF(report, text)
    try checkCSV(report, text)
    try checkAnnotations(report, text)
    try checkPlan(report, text)
    try checkHTML(report, text)
    try checkBaseline(text)
    try checkDifferences(text)
  }

  private func checkBaseline(_ text: String) throws {
    let report = ReportBuilder.compared(text)
    try checkLines(report, text)
    try checkAnnotations(report, text)
    try checkHTML(report, text, like: ReportBuilder.compared())
    let markdown = try report.text(.markdown)
    #expect(MarkdownTables(markdown).brokenRows.isEmpty)
    let recorded = try RecordedReport(parsing: report.bytes(.json))
    #expect(recorded.findings.map { scalars($0.message) } == report.findings.map { scalars($0.message) })
    for source in [markdown, try report.text(.planMarkdown)] {
      for line in source.split(separator: "\n") { expectHarmless(String(line)) }
    }
  }

  private func checkDifferences(_ text: String) throws {
    for difference in try DifferenceSamples.all(text) {
      for (format, width) in [(DifferenceFormat.text, 40), (.text, 200), (.markdown, 100)] {
        var writer = MemoryWriter()
        try format.write(difference, ReportOptions(width: width), to: &writer)
        let written = String(decoding: writer.bytes, as: UTF8.self)
        for line in written.split(separator: "\n") { expectHarmless(String(line)) }
        if format == .markdown { #expect(MarkdownTables(written).brokenRows.isEmpty) }
      }
      var writer = MemoryWriter()
      try DifferenceFormat.json.write(difference, ReportOptions(), to: &writer)
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(writer.bytes)) }
    }
  }

  private func checkJSON(_ report: AuditReport, _ text: String) throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(report.bytes(.json))) as? [String: Any])
    let findings = try #require(object["findings"] as? [[String: Any]])
    let resource = try #require(findings.first?["resource"] as? [String: Any])
    let owner = try #require(resource["owner"] as? [String: Any])
    let evidence = try #require((findings.first?["evidence"] as? [[String: Any]])?.first)
    for value in [resource["label"], owner["name"], evidence["value"]] {
      #expect(scalars(try #require(value as? String)) == scalars(text))
    }
    #expect(scalars(try #require(findings.first?["message"] as? String)) == scalars("\(text) found"))
    let waiver = try #require((object["waivers"] as? [[String: Any]])?.first)
    #expect(scalars(try #require(waiver["reason"] as? String)) == scalars("Reason \(text)"))
  }

  private func checkJUnit(_ report: AuditReport, _ text: String) throws {
    let bytes = try report.bytes(.junit, ReportOptions(junitLimit: nil))
    let file = try JUnitFile(bytes)
    let finding = try #require(file.cases.first { $0.name == "api-token 10001" })
    #expect(scalars(finding.message).starts(with: scalars("Title")))
    #expect(
      scalars(finding.message).suffix(scalars("\(shown(text)) found").count).elementsEqual(
        scalars("\(shown(text)) found")))
    let lines = finding.body.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.contains { scalars(String($0)) == scalars("evidence: createdAt = \(shown(text))") })
    for testCase in file.cases {
      // Readers print these, one by one.
      for line in [testCase.name, testCase.message] + testCase.body.split(separator: "\n").map(String.init) {
        expectHarmless(line)
      }
    }
  }

  private func checkMarkdown(_ report: AuditReport, _ text: String) throws {
    let source = try report.text(.markdown)
    let tables = MarkdownTables(source)
    #expect(tables.brokenRows.isEmpty)
    let row = try #require(tables.rows.first { $0[0].code == ["10001"] })
    var expected = shown(text)
    if expected.unicodeScalars.count > 200 { expected = String(expected.unicodeScalars.prefix(200)) + "…" }
    if text.allSatisfy(\.isWhitespace) {
      #expect(row[1].prose == "(empty)")
    } else {
      #expect(row[1].code.map(scalars) == [scalars(expected)], "\(row[1].code) \(expected)")
    }
    // Markup can't begin outside of code spans but by our own hand.
    for row in tables.rows {
      for cell in row {
        let unescaped = cell.prose.replacing(/\\./, with: "")
        #expect(!unescaped.contains { "<>[]`".contains($0) }, "\(cell.prose)")
      }
    }
    for line in source.split(separator: "\n") { expectHarmless(String(line)) }
  }

  private func checkLines(_ report: AuditReport, _ text: String) throws {
    for width in [40, 80, 200] {
      for line in try report.text(.text, ReportOptions(width: width)).split(separator: "\n") {
        expectHarmless(String(line))
      }
    }
  }

  private func checkJSONLines(_ report: AuditReport, _ text: String) throws {
    for (format, path) in [(ReportFormat.jsonl, ["resource", "label"]), (.ocsf, ["resources", "name"])] {
      let objects = try report.bytes(format).split(separator: 0x0A).map {
        try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any]
      }
      let last = try #require(objects.last ?? nil)
      let resource = (last[path[0]] as? [[String: Any]])?.first ?? last[path[0]] as? [String: Any]
      #expect(scalars(try #require(resource?[path[1]] as? String)) == scalars(text))
    }
  }

  private func checkSARIF(_ report: AuditReport, _ text: String) throws {
    let log = try #require(try JSONSerialization.jsonObject(with: Data(report.bytes(.sarif))) as? [String: Any])
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    let message = try #require((result["message"] as? [String: Any])?["text"] as? String)
    // Read as section 3.11 says: doubled braces and escaped brackets stand for themselves.
    let read = message.unicodeScalars.map(String.init).joined().replacing(/\\(.)|([{}])\2/.dotMatchesNewlines()) {
      String($0.output.1 ?? $0.output.2 ?? "")
    }
    #expect(scalars(read) == scalars("api-token 10001: \(text) found"))
    let bare = message.replacing(/\\./.dotMatchesNewlines(), with: "").replacing(/{{|}}/, with: "")
    #expect(!bare.unicodeScalars.contains { "[]{}".unicodeScalars.contains($0) })
    let properties = result["properties"] as? [String: Any]
    let label = (properties?["resource"] as? [String: Any])?["label"] as? String
    #expect(label.map(scalars) == scalars(text))
  }

  private func checkCSV(_ report: AuditReport, _ text: String) throws {
    for (format, id, label) in [(ReportFormat.csv, 4, 5), (.planCSV, 6, 7)] {
      let records = csvRecords(try report.text(format))
      #expect(Set(records.map(\.count)).count == 1)
      let record = try #require(records.first { $0[id] == "10001" })
      let read = record[label]
      #expect(
        scalars(read.hasPrefix("'") && !text.hasPrefix("'") ? String(read.dropFirst()) : read) == scalars(shown(text)))
      for field in records.joined() {
        let first = field.unicodeScalars.first { !$0.properties.isWhitespace }
        #expect(first.map { !"=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0) } ?? true, "\(field)")
      }
    }
  }

  private func checkAnnotations(_ report: AuditReport, _ text: String) throws {
    let lines = try report.text(.github).split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines.dropLast() where !line.hasPrefix("tokenreeve: ") {
      let parts = try #require(line.wholeMatch(of: /::(error|warning|notice) title=([^,:]*)::(.*)/), "\(line)")
      // What the runner decodes has no line break either.
      #expect(!parts.output.3.contains(/%0A|%0D/))
      expectHarmless(String(parts.output.3))
    }
  }

  private func checkPlan(_ report: AuditReport, _ text: String) throws {
    let source = try report.text(.planMarkdown)
    #expect(MarkdownTables(source).brokenRows.isEmpty)
    for line in source.split(separator: "\n") { expectHarmless(String(line)) }
  }

  /// The page has the elements that it has for harmless text, and shows this one as it is.
  private func checkHTML(
    _ report: AuditReport, _ text: String, like sample: AuditReport = ReportBuilder.everything()
  ) throws {
    let page = try HTMLPage(report.bytes(.html))
    let row = try #require(page.findings.first { $0[2] == "api-token 10001" })
    let expected = text.allSatisfy(\.isWhitespace) ? "(empty)" : shown(text)
    #expect(scalars(row[3]) == scalars(expected))
    #expect(scalars(row[4]) == scalars(expected))
    #expect(scalars(row[5]) == scalars("\(shown(text)) found"))
    #expect(page.rows(of: "waivers").contains { scalars($0[4]).starts(with: scalars("Reason \(shown(text))")) })
    let harmless = try HTMLPage(sample.bytes(.html))
    #expect(page.structure == harmless.structure)
    for line in page.lines { expectHarmless(line) }
  }

  /// Nothing that acts on a terminal or in a CI log.
  private func expectHarmless(_ line: String) {
    let start = line.drop { $0 == " " }
    #expect(!start.unicodeScalars.starts(with: "::".unicodeScalars), "\(line)")
    for command in ["##[", "##vso[", "##teamcity["] {
      #expect(!Array(line.lowercased().unicodeScalars).contains(Array(command.unicodeScalars)), "\(line)")
    }
    let acts = line.unicodeScalars.filter {
      $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
    }
    #expect(acts.isEmpty, "\(line.unicodeScalars.map { String($0.value, radix: 16) })")
  }

  @Test(arguments: HostileTexts.own.indices) func ownTextsSurvive(index: Int) throws {
    try check(HostileTexts.own[index])
  }

  @Test(.enabled(if: SharedMaterial.isPresent, "\(SharedMaterial.skipReason)"))
  func collectionSurvives() throws {
    let texts = try HostileTexts.collection()
    #expect(texts.count > 100)
    for text in texts { try check(text) }
  }
}

extension Array where Element: Equatable {
  fileprivate func contains(_ part: [Element]) -> Bool {
    count >= part.count && (0...(count - part.count)).contains { self[$0..<($0 + part.count)].elementsEqual(part) }
  }
}
