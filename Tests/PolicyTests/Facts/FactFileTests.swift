import CEL
import Testing

@testable import Policy

struct FactFileTests {
  private static func declaration(
    ignoresCase: Bool = false, allowsEmpty: Bool = false
  ) -> FactDeclaration {
    FactDeclaration(
      name: "leavers", key: "email", ignoresCase: ignoresCase, allowsEmpty: allowsEmpty,
      columns: [.init(name: "leftOn", type: .timestamp), .init(name: "count", type: .int)], description: "")
  }

  private func table(
    _ text: String, name: String = "leavers.csv", _ declaration: FactDeclaration = declaration()
  ) throws -> FactTable {
    try FactFile.table(Array(text.utf8), name: name, declaration)
  }

  private func problems(
    _ bytes: [UInt8], name: String = "leavers.csv", _ declaration: FactDeclaration = declaration()
  ) -> [String] {
    do throws(InvalidFactFile) {
      _ = try FactFile.table(bytes, name: name, declaration)
      return []
    } catch {
      return error.rendered
    }
  }

  private func problems(_ text: String, name: String = "leavers.csv") -> [String] {
    problems(Array(text.utf8), name: name)
  }

  private func cells(_ table: FactTable, _ key: String) -> [String] {
    guard case .object(let row)? = table.rows[key] else { return [] }
    return (0..<2).map { index in
      if case .value(let value) = row.field(index) { displayText(value) } else { "absent" }
    }
  }

  private static let csv = "email,leftOn,count,more\nada@example.com,2026-01-31,7,x\n\"bo@example.com\",,,\n"
  private static let lines = """
    {"email":"ada@example.com","leftOn":"2026-01-31T00:00:00Z","count":7}

    {"email":"bo@example.com","count":null,"more":{"a":[1]}}
    """

  @Test func bothFormatsGiveTheSameTable() throws {
    for table in [
      try table(Self.csv), try table(Self.csv.replacing("\n", with: "\r\n")), try table("\u{FEFF}" + Self.csv),
      try table(Self.lines, name: "leavers.jsonl"), try table(Self.lines, name: "leavers"),
      try table(Self.csv, name: "/dev/fd/63"),
    ] {
      #expect(table.rowCount == 2)
      #expect(cells(table, "ada@example.com") == ["2026-01-31T00:00:00Z", "7"])
      #expect(cells(table, "bo@example.com") == ["absent", "absent"])
      #expect(table.rows["cy@example.com"] == nil)
    }
  }

  @Test func theDigestIsThatOfTheBytes() throws {
    let text = "email,leftOn,count\nada@example.com,,\n"
    // printf 'email,leftOn,count\nada@example.com,,\n' | sha256sum
    #expect(try table(text).digest == "992b0e37fd5c62ed8a3d982d33392690beabc6b50518413105d37eeeb5821564")
    #expect(try table(text + "\n").digest != table(text).digest)
  }

  @Test func keysCanIgnoreCase() throws {
    let text = "email,leftOn,count\nAda@Example.com,,\n"
    #expect(try table(text).rows["ada@example.com"] == nil)
    #expect(try table(text, Self.declaration(ignoresCase: true)).rows["ada@example.com"] != nil)
    #expect(
      problems(Array((text + "ADA@example.com,,\n").utf8), Self.declaration(ignoresCase: true)) == [
        "leavers.csv:3: the key `ada@example.com` stands on line 2 already"
      ])
  }

  @Test func everyProblemOfAFileIsFoundAtItsLine() {
    #expect(
      problems(
        "email,leftOn,count\nada@example.com,soon,1.5\n,,\n bo@example.com,,\nada@example.com,,\ncy,1\n\"a\"b,,\n"
      ) == [
        "leavers.csv:2: `leftOn` should be of type timestamp, but is `soon`\n  write 2026-12-31 or 2026-12-31T12:00:00Z",
        "leavers.csv:2: `count` should be of type int, but is `1.5`\n  write a whole number",
        "leavers.csv:3: the key column `email` is empty",
        "leavers.csv:4: there is space around the key ` bo@example.com`\n  nobody would ask for it: leave the space out",
        "leavers.csv:5: the key `ada@example.com` stands on line 2 already",
        "leavers.csv:6: the row has 2 fields, the header 3",
        "leavers.csv:7: a quoted field is followed by other text; quotes inside a field are doubled",
      ])
  }

  @Test func aHeaderHasToFit() {
    #expect(
      problems("emial,count,count\nx,1,2\n") == [
        "leavers.csv:1: two columns are called `count`",
        "leavers.csv:1: the key column `email` is missing\n  did you mean `emial`?",
        "leavers.csv:1: the column `leftOn` is missing\n  the file has `emial`, `count`, `count`, and names count to the letter",
      ])
    #expect(problems("email;leftOn;count\na;;\n").first?.hasSuffix("columns are separated by commas") == true)
  }

  @Test func aFileWithoutRowsIsRefusedUnlessThePolicyAllowsIt() throws {
    #expect(problems("") == ["leavers.csv:1: the file is empty\n  an export that failed looks like this"])
    #expect(problems(" \n\r\n").count == 1)
    #expect(problems("email,leftOn,count\n").first?.hasPrefix("leavers.csv:1: the table has no row") == true)
    #expect(try table("email,leftOn,count\n", Self.declaration(allowsEmpty: true)).rowCount == 0)
    #expect(problems(Array("".utf8), Self.declaration(allowsEmpty: true)).count == 1, "no header")
  }

  @Test func textThatIsNotUTF8IsRefused() {
    #expect(
      problems(Array("email,leftOn,count\na,,\n".utf8) + [0xFF, 0x2C, 0x2C, 0x0A]) == [
        "leavers.csv:3: field 1 is not UTF-8 text\n  save the file as UTF-8"
      ])
    #expect(problems([0xFF, 0xFE, 0x65, 0x00]) == ["leavers.csv:1: the file is UTF-16\n  save it as UTF-8"])
    #expect(problems(Array("{\"email\":\"".utf8) + [0xFF] + Array("\"}".utf8), name: "l.jsonl").count == 1)
  }

  @Test func linesThatAreNoRowsAreRefused() {
    #expect(
      problems(
        """
        {"email":"ada@example.com","leftOn":"2026-01-31","count":1}
        {"email":"bo@example.com"
        ["cy@example.com"]
        {"emial":"dee@example.com"}
        {"email":["eve@example.com"]}
        {"email":"fox@example.com","leftOn":{}}
        {"email":"gil@example.com","email":"gil@example.com"}
        """, name: "l.jsonl"
      ).map { String($0.prefix { $0 != "\n" }) } == [
        "l.jsonl:2: this is not JSON: expected ',' or '}' in an object",
        "l.jsonl:3: the row should be an object",
        "l.jsonl:4: the key column `email` is missing",
        "l.jsonl:5: the key column `email` is no text",
        "l.jsonl:6: `leftOn` should be a single value",
        "l.jsonl:7: `email` stands twice",
      ])
    #expect(
      problems(#"{"email":"ada@example.com","count":1,"left":"2026-01-01"}"#, name: "l.jsonl") == [
        "l.jsonl:1: no line has `leftOn`\n  did you mean `left`?"
      ])
  }

  @Test func ofManyProblemsTheFirstAreShown() {
    let text = "email,leftOn,count\n" + (0..<100).map { _ in ",,\n" }.joined()
    #expect(problems(text).count == 21)
    #expect(problems(text).last == "… and 80 more")
  }
}
