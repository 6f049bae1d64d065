import Testing
import YAML

/// What plain scalars stand for (YAML 1.2.2, chapter 10.3).
struct CoreSchemaValueTests {
  private func value(_ text: String) throws -> CoreSchemaValue {
    guard case .mapping(let members, _)? = try Node.document("x: \(text)\n"),
      case .scalar(let scalar) = members[0].value
    else { throw UnexpectedNode() }
    return CoreSchemaValue(scalar)
  }

  private struct UnexpectedNode: Error {}

  @Test(arguments: ["", "~", "null", "Null", "NULL", "!!null 5", "!!null \"5\""])
  func isNull(_ text: String) throws { #expect(try value(text) == .null) }

  @Test(arguments: [
    ("true", true), ("True", true), ("TRUE", true), ("false", false), ("False", false), ("FALSE", false),
  ])
  func isBoolean(_ text: String, _ flag: Bool) throws { #expect(try value(text) == .boolean(flag)) }

  @Test(arguments: [
    "0", "7", "-7", "+7", "08", "1.5", "1.", ".5", "-.5", "1e3", "1E-3", ".5e+3", "!!int 5", "!!float \"1.5\"",
  ])
  func isNumber(_ text: String) throws { #expect(try value(text) == .number) }

  @Test(arguments: [
    "yes", "no", "on", "Off", "tRUE", "nil", "\"\"", "\"~\"", "'null'", "\"true\"", "\"5\"", "!!str 5", "!!str null",
    "!!str", "!important 5", "+", ".", "e3", "1e", "1e+", "1.5.5", "1_000", "0x1F", "0o17", ".inf", "-.INF",
    ".nan", "190:20:30",
    "2026-01-01", "2026-01-01T00:00:00Z", "=", "<<", "5 apples", "|\n  5", ">\n  true", "\u{661}",
  ])
  func isText(_ text: String) throws { #expect(try value(text) == .text) }

  @Test func aKeyIsPlainWhenItIsNotQuoted() throws {
    guard case .mapping(let members, _)? = try Node.document("null: 1\n\"~\": 2\n") else { throw UnexpectedNode() }
    let values = members.map { member in
      if case .scalar(let scalar) = member.key { CoreSchemaValue(scalar) } else { CoreSchemaValue.text }
    }
    #expect(values == [.null, .text])
  }
}
