import Testing

@testable import Policy

struct CSVReaderTests {
  /// The rows as texts with their lines; what is malformed as a message.
  private func read(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    var reader = CSVReader(bytes[...])
    var result: [String] = []
    while true {
      do throws(CSVReader.Malformed) {
        guard let record = try reader.next() else { return result }
        let fields = record.fields.map { String(decoding: $0, as: UTF8.self) }
        result.append("\(record.line): \(fields.joined(separator: "|"))")
      } catch {
        result.append("\(error.line)! \(error.message.prefix { $0 != ";" })")
      }
    }
  }

  @Test(arguments: [
    ("a,b\nc,d", ["1: a|b", "2: c|d"]),
    ("a,b\r\nc,d\r\n", ["1: a|b", "2: c|d"]),
    ("a,,\n,\n", ["1: a||", "2: |"]),
    ("a\n\n\r\nb\n", ["1: a", "4: b"]),
    ("\"a,b\",\"c\"\"d\"\n", ["1: a,b|c\"d"]),
    ("\"a\nb\r\nc\",d\ne,f", ["1: a\nb\r\nc|d", "4: e|f"]),
    ("\"\",\"\"", ["1: |"]),
    (" a , b ", ["1:  a | b "]),
    ("é,😀", ["1: é|😀"]),
    ("", []), ("\n\r\n", []),
  ])
  func wellFormedTextIsRead(text: String, rows: [String]) {
    #expect(read(text) == rows)
  }

  @Test(arguments: [
    ("a,b\"c\nd,e", ["1! a quote stands inside a field that does not begin with one", "2: d|e"]),
    ("\"a\"b,c\nd", ["1! a quoted field is followed by other text", "2: d"]),
    ("a,\"b\nc", ["1! a quote is not closed"]),
    ("a\rb\nc", ["1! a carriage return stands alone", "2: c"]),
    ("a\r", ["1! a carriage return stands alone"]),
    ("x\n\"a\nb\" ,c\nd", ["1: x", "3! a quoted field is followed by other text", "4: d"]),
  ])
  func malformedTextIsRefusedAtItsLine(text: String, rows: [String]) {
    #expect(read(text) == rows)
  }
}
