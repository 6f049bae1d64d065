import TestSupport
import Testing
import YAML

struct EncodedNodeTests {
  @Test(arguments: [
    "a", "", "''", "\"\"", "[]", "{}", "- 1\n- [2, {b: 'c'}]\n",
    "a: \"x\\ny\"\nb: |\n  1\n\n  2\nc: >-\n  folded\n  text\n",
    "!!str a: !own {b: !!int 5, c: !x 'y z'}", "? [a, b]\n: {c: d}\n",
    "ä: \u{1F469}\u{200D}\u{1F4BB}\nb: \u{6F22}\u{5B57}\n",
  ])
  func aDocumentIsTheSameAfterDecoding(_ text: String) throws {
    let node = try #require(try Node.document(text.isEmpty ? "~" : text))
    let decoded = try #require(Node(encoded: node.encoded))
    #expect(decoded.encoded == node.encoded)
    #expect(decoded.description == node.description)
  }

  @Test(arguments: ["b", "c", "nothing"])
  func aMemberOfTheDocumentIsLeftOut(_ name: String) throws {
    let text = "a: {b: 1}\nb: [{c: !own d}, ['x', {y: z}], e]\nc: !t f\n"
    let all = try #require(try Node.document(text))
    guard case .mapping(let members, let mark) = all else {
      Issue.record("it is no mapping")
      return
    }
    let expected = Node.mapping(members.filter { $0.key.string != name }, mark)
    #expect(Node(encoded: all.encoded, without: name)?.description == expected.description)
  }

  @Test func everyTextComesBack() throws {
    for text in HostileTexts.own {
      let mark = Node.Mark(line: 12, column: 345)
      let node = Node.sequence([.scalar(.init(text, style: .literal, tag: "!own", mark: mark))], mark)
      guard case .sequence(let elements, _)? = Node(encoded: node.encoded), case .scalar(let scalar) = elements[0]
      else {
        Issue.record("\(text.debugDescription) was not decoded")
        continue
      }
      #expect(scalar.string == text && scalar.style == .literal && scalar.tag == "!own")
      #expect(scalar.mark.line == 12 && scalar.mark.column == 345)
    }
  }

  @Test func whatWasCutOrDamagedIsNoDocument() throws {
    let encoded = try #require(try Node.document("a: [1, 'two']\nb: {c: !d e}\n")).encoded
    for length in 0..<encoded.utf8.count {
      let start = String(decoding: encoded.utf8.prefix(length), as: UTF8.self)
      #expect(Node(encoded: start) == nil && Node(encoded: start, without: "b") == nil, "\(length)")
    }
    #expect(Node(encoded: "x3 1 1\nabc\n") == nil)
    #expect(Node(encoded: "-3x 1 1\nabc\n") == nil)
  }
}

extension Node {
  /// Everything that a node has.
  fileprivate var description: String {
    switch self {
    case .scalar(let scalar):
      "\(scalar.style) \(scalar.tag ?? "none") \(scalar.string.debugDescription) at \(mark.line):\(mark.column)"
    case .sequence(let elements, _): "\(elements.map(\.description)) at \(mark.line):\(mark.column)"
    case .mapping(let members, _):
      "\(members.map { "\($0.key.description): \($0.value.description)" }) at \(mark.line):\(mark.column)"
    }
  }
}
