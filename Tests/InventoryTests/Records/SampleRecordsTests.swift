import Foundation
import Inventory
import TestSupport
import Testing

/// The documented samples of the Admin APIs: every record of them is read without a problem.
@Suite(.enabled(if: SharedMaterial.isPresent, "\(SharedMaterial.skipReason)"))
struct SampleRecordsTests {
  /// The records of a sample page, each as its own text.
  private func records(_ file: String) throws -> [String] {
    var scanner = JSONScanner([UInt8](try Data(contentsOf: SharedMaterial.file("admin-api/samples/\(file)"))))
    var records: [String] = []
    try scanner.readObject { scanner, key throws(JSONError) in
      guard scanner.equals(key, "data") else { return _ = try scanner.skipValue() }
      try scanner.readArray { scanner throws(JSONError) in
        let range = try scanner.skipValue()
        records.append(String(decoding: scanner.bytes[range], as: UTF8.self))
      }
    }
    return records
  }

  @Test(arguments: [
    ("api-tokens.page1.json", 3), ("api-tokens.page2-last.json", 1), ("api-tokens.empty.json", 0),
  ])
  func tokens(_ file: String, _ least: Int) throws {
    let tokens = try records(file).map(readToken)
    #expect(tokens.count >= least)
    #expect(tokens.allSatisfy { $0.problems.isEmpty && $0.createdAt.value != nil && $0.user.value?.id.value != nil })
  }

  @Test func tokensOfOlderAnswersHaveUnknownScopes() throws {
    let tokens = try records("api-tokens.2024-shape-no-scopes.json").map(readToken)
    #expect(!tokens.isEmpty)
    #expect(tokens.allSatisfy { $0.problems.isEmpty && $0.scopes.unknownReason != nil })
  }

  @Test func keys() throws {
    let keys = try records("api-keys.page1-last.json").map(readKey)
    #expect(keys.count > 1)
    #expect(keys.allSatisfy { $0.problems.isEmpty && $0.scopes.value != nil && $0.createdBy.value?.id.value != nil })
  }

  @Test(arguments: ["policies.org-v1.page1.json", "policies.org-v1.page2-last.json", "policies.control-v1.json"])
  func policies(_ file: String) throws {
    let policies = try records(file).map(readPolicy)
    #expect(!policies.isEmpty)
    #expect(policies.allSatisfy { $0.problems.isEmpty && $0.attributes.value?.type.value != nil })
  }
}
