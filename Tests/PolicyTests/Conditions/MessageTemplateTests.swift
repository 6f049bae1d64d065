import Testing

@testable import Policy

struct MessageTemplateTests {
  @Test(
    arguments: [
      ("", []), ("plain", [.text("plain")]), ("{a}", [.expression("a", offset: 1)]),
      ("x {a} y {b}", [.text("x "), .expression("a", offset: 3), .text(" y "), .expression("b", offset: 9)]),
      ("{{a}}", [.text("{a}")]), ("{{{a}}}", [.text("{"), .expression("a", offset: 3), .text("}")]),
      ("{ {'x': 1}['x'] }", [.expression(" {'x': 1}['x'] ", offset: 1)]), ("{'}'}", [.expression("'}'", offset: 1)]),
      ("{\"a\\\"}\"}", [.expression("\"a\\\"}\"", offset: 1)]), ("é{a}", [.text("é"), .expression("a", offset: 2)]),
    ] as [(String, [MessageTemplate.Piece])])
  func aTemplateIsTakenApart(_ template: String, _ pieces: [MessageTemplate.Piece]) throws {
    #expect(try MessageTemplate.pieces(of: template) == pieces)
  }

  @Test(arguments: [("{a", 0), ("a } b", 2), ("{'}", 0), ("x {a {b}", 2), ("}", 0), ("{{}", 2)])
  func unbalancedBracesAreRefused(_ template: String, _ offset: Int) {
    let error = #expect(throws: MessageTemplate.SyntaxError.self) { try MessageTemplate.pieces(of: template) }
    #expect(error?.offset == offset)
  }
}
