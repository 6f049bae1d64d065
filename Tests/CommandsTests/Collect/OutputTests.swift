import Foundation
import TestSupport
import Testing

/// Where `collect` can't or must not write is said before anything is asked: no server listens here, and a request
/// would end with 3.
@Suite(.timeLimit(.minutes(2)))
struct OutputTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func collect(_ arguments: [String]) async throws -> Program.Result {
    try await Program.tokenreeve.run(
      ["collect", "--api-base", "http://127.0.0.1:9"] + arguments,
      environment: ["ATLASSIAN_ORG_ID": "x", "ATLASSIAN_ADMIN_API_KEY": "a-key-for-nothing"], in: folder)
  }

  /// What the other tests rely on.
  @Test func elsewhereARequestIsMade() async throws {
    #expect(try await collect(["--output", "snapshot.jsonl"]).status == 3)
  }

  @Test func aFolderALinkAndADeviceAreNoPlaceForASnapshot() async throws {
    try FileManager.default.createDirectory(atPath: folder.path("folder"), withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "target")
    for path in ["folder", "link", "/dev/null", "/proc/snapshot.jsonl"] {
      let result = try await collect(["--output", path])
      #expect(result.status == 4, "\(path): \(result.errors)")
      #expect(result.errors.contains(path))
    }
    #expect(folder.names == ["folder", "link"])
    #expect(try await collect(["--output", ""]).status == 2)
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may write everywhere"))
  func aFolderThatCannotBeWrittenToIsRefused() async throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("closed"), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o500])
    let result = try await collect(["--output", "closed/snapshot.jsonl"])
    #expect(result.status == 4)
    #expect(result.errors.contains("Permission denied"))
  }

  @Test(arguments: [("key", "key"), ("./key", "key"), ("key", "link/../key"), ("key.partial", "key")])
  func theSnapshotReplacesNoFileThatIsRead(input: String, output: String) async throws {
    try FileManager.default.createDirectory(atPath: folder.path("link"), withIntermediateDirectories: false)
    try folder.write("a-key-for-nothing\n", to: input)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path(input))
    for option in ["--api-key-file", "--ca-file"] {
      for arguments in [[], ["--resume"]] {
        let result = try await collect(["--output", output, option, input] + arguments)
        #expect(result.status == 2, "\(result.errors)")
        #expect(result.errors.contains("would replace"))
        #expect(try folder.text(input) == "a-key-for-nothing\n")
      }
    }
  }

  @Test func aPipeIsNothingToResume() async throws {
    try #require(unsafe mkfifo(folder.path("cut.partial"), 0o600) == 0)
    for arguments in [[], ["--resume"]] {
      let result = try await collect(["--output", "cut"] + arguments)
      #expect(result.status == 4)
      #expect(result.errors.contains("cut.partial") && result.errors.contains("not a regular file"))
    }
  }

  @Test func whatARefusedKeyLacksIsSaidOnce() async throws {
    let sandbox = try await ServedSandbox()
    let result = try await Program.tokenreeve.run(
      ["collect", "--output", "cut", "--quiet", "--api-base", sandbox.url],
      environment: try sandbox.environment().merging(["ATLASSIAN_ADMIN_API_KEY": "wrong"]) { $1 }, in: folder)
    #expect(result.status == 3)
    #expect(result.errors.components(separatedBy: "use a key with").count == 2)
    #expect(result.errors.contains("the scopes `read:tokens:admin`, `read:keys:admin`, `read:policies:admin`,"))
  }

  @Test func aWaitNamesItsList() async throws {
    let sandbox = try await ServedSandbox(["--tokens", "20", "--fault", "outage"])
    let result = try await Program.tokenreeve.run(
      ["collect", "--output", "cut", "--api-base", sandbox.url], environment: try sandbox.environment(), in: folder)
    let waits = result.errors.split(separator: "\n").filter { $0.contains(": waiting ") }
    #expect(!waits.isEmpty)
    let titles = ["API tokens", "API keys", "policies"]
    #expect(waits.allSatisfy { wait in titles.contains { wait.hasPrefix("tokenreeve: \($0): waiting ") } })
  }
}
