import Foundation
import Policy
import Testing

struct FileSchemaTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/schemas")

  @Test(arguments: FileKind.allCases)
  func theSchemasOfTheDocumentsAreThoseOfTheReader(_ kind: FileKind) throws {
    let file = Self.folder.appending(path: "\(kind.rawValue).schema.json")
    #expect(try String(contentsOf: file, encoding: .utf8) == kind.schema, "run `make schemas`")
  }

  /// What the schema says is what the reader does: keys that it names are known, and those that it requires are missed.
  @Test(arguments: FileKind.allCases)
  func theSchemaSaysWhatTheReaderDoes(_ kind: FileKind) throws {
    let schema = try #require(
      try JSONSerialization.jsonObject(with: Data(kind.schema.utf8)) as? [String: Any])
    #expect(schema["additionalProperties"] as? Bool == false)
    let keys = try #require(schema["properties"] as? [String: Any]).keys
    #expect(try unknownKeys(kind, keys.map { "\($0): ~\n" }.joined()) == [])
    #expect(try unknownKeys(kind, "keyX: 1\n") == ["keyX"])
    for key in schema["required"] as? [String] ?? [] where kind != .rule {
      #expect(try messages(kind, "{}").contains { $0.contains("`\(key)`") }, "\(key)")
    }
  }

  private func unknownKeys(_ kind: FileKind, _ text: String) throws -> [String] {
    try messages(kind, text).compactMap { $0.firstMatch(of: /has no key `(\w+)`/).map { String($0.output.1) } }
  }

  /// What the reader says of a file.
  private func messages(_ kind: FileKind, _ text: String) throws -> [String] {
    let source = SourceFile(name: "file.yaml", text: text)
    switch kind {
    case .rule:
      // A rule of the user's own has an id already.
      let members = text.split(separator: "\n").filter { !$0.hasPrefix("id:") }.map { "    \($0)\n" }.joined()
      return PolicyText.problems(
        "rules:\n  my-rule:\n    condition: true\n" + members.replacing("    condition: ~\n", with: ""))
    case .policy: return PolicyText.problems(text)
    case .waivers: return PolicyText.waiverProblems(text)
    case .policyTest:
      let policy = try PolicyText.load("extends: baseline").policy
      let error = #expect(throws: InvalidFiles.self) { try PolicyTestParser.tests(source, for: policy) }
      return error?.diagnostics.map(\.message) ?? []
    }
  }
}
