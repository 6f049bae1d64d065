import Foundation
import TestSupport
import Testing

/// The key is in nothing that the program prints or writes.
@Suite(.timeLimit(.minutes(2)))
struct KeyTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func theKeyIsInNoLogReportOrSnapshot() async throws {
    let sandbox = try await ServedSandbox()
    let environment = try sandbox.environment()
    let key = try #require(environment["ATLASSIAN_ADMIN_API_KEY"])
    let audit = try await Program.tokenreeve.run(
      ["audit", "--verbose", "--api-base", sandbox.url], environment: environment, in: folder)
    #expect(audit.status == 1)
    #expect(audit.errors.contains("GET /admin/api-access/v1/orgs/"))
    #expect(audit.errors.contains("<redacted>"))
    let collect = try await Program.tokenreeve.run(
      ["collect", "--verbose", "--output", "snapshot.jsonl", "--api-base", sandbox.url], environment: environment,
      in: folder)
    #expect(collect.status == 0)
    let files = try #require(FileManager.default.enumerator(atPath: folder.url.path)).compactMap { $0 as? String }
    #expect(files.contains("snapshot.jsonl"))
    let written = try files.filter { !$0.hasSuffix("latest") && $0 != "reports" }.map { try folder.text($0) }
    for text in written + [audit.output, audit.errors, collect.output, collect.errors] {
      #expect(!text.contains(key + "\"") && !text.contains("Bearer \(key)") && !text.contains("=\(key)"))
    }
  }

  @Test func aKeyFileThatOthersCanReadIsRefused() async throws {
    let path = try folder.write("sandbox-key\n", to: "key")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let result = try await Program.tokenreeve.run(
      ["audit", "--org-id", "x", "--api-key-file", "key", "--api-base", "http://127.0.0.1:9"], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("chmod") || result.errors.contains("others"))
  }

  @Test func theKeyIsReadFromStandardInputOrAFile() async throws {
    let sandbox = try await ServedSandbox()
    let path = try folder.write("sandbox-key\n", to: "key")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    for source in ["-", "key"] {
      let result = try await Program.tokenreeve.run(
        [
          "audit", "--org-id", sandbox.organization, "--api-key-file", source, "--api-base", sandbox.url, "--report",
          "text",
        ], in: folder, input: "sandbox-key\n")
      #expect(result.status == 1, "\(source): \(result.errors)")
    }
  }

  @Test func reportsAndSnapshotsAreReadableByTheirOwnerAlone() async throws {
    let sandbox = try await ServedSandbox()
    let environment = try sandbox.environment()
    _ = try await Program.tokenreeve.run(
      ["audit", "--api-base", sandbox.url], environment: environment, in: folder)
    _ = try await Program.tokenreeve.run(
      ["collect", "--output", "snapshot.jsonl", "--api-base", sandbox.url], environment: environment, in: folder)
    for name in ["reports/latest/junit.xml", "reports/latest/report.json", "snapshot.jsonl"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.path(name))
      #expect((attributes[.posixPermissions] as? Int) == 0o600, "\(name)")
    }
  }

  /// Plain http to another machine would show the key to everybody on the way.
  @Test(arguments: ["http://admin.example.com", "ftp://127.0.0.1", "https://user:word@admin.example.com", "nonsense:"])
  func anUnsafeAddressIsRefused(url: String) async throws {
    let result = try await Program.tokenreeve.run(
      ["audit", "--api-base", url],
      environment: ["ATLASSIAN_ORG_ID": "x", "ATLASSIAN_ADMIN_API_KEY": "a-key-for-nothing"], in: folder)
    #expect(result.status == 2)
    #expect(!result.errors.contains("a-key-for-nothing"))
  }
}
