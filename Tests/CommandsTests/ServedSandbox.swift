import Foundation
import TestSupport

/// `tokenreeve sandbox` as a process of its own, and what a user would copy from its words.
struct ServedSandbox {
  let url: String
  let organization: String
  /// The keys that it prints, by their scopes joined by spaces.
  let keys: [String: String]
  private let program: RunningProgram

  init(_ arguments: [String] = []) async throws {
    program = try Program.tokenreeve.start(["sandbox", "--port", "0"] + arguments)
    guard try await program.line(containing: "Ctrl-C ends it") != nil else {
      throw NotServed(words: try program.errors())
    }
    let words = try program.output()
    url = try Self.word(in: words, after: "served at ")
    organization = try Self.word(in: words, after: "organization: ")
    let lines = words.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    keys = Dictionary(
      lines.filter { $0.first?.hasPrefix("sandbox-") == true }.map { ($0.dropFirst().joined(separator: " "), $0[0]) },
      uniquingKeysWith: { first, _ in first })
  }

  private static func word(in text: String, after start: String) throws -> String {
    guard let range = text.range(of: start) else { throw NotServed(words: text) }
    return String(text[range.upperBound...].prefix { !$0.isWhitespace })
  }

  struct NotServed: Error { let words: String }

  /// Ends it as a user would, and returns what it said.
  func end() async throws -> Program.Result {
    program.signal(SIGTERM)
    return try await program.end()
  }

  /// What a user would export before the audit, with the key of these scopes.
  func environment(scopes: String = "read:policies:admin read:tokens:admin") throws -> [String: String] {
    guard let key = keys[scopes] else { throw NotServed(words: "no key with \(scopes) among \(keys)") }
    return ["ATLASSIAN_ORG_ID": organization, "ATLASSIAN_ADMIN_API_KEY": key]
  }
}
