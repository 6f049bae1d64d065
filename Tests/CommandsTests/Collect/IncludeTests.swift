import Foundation
import TestSupport
import Testing

/// `--include`, by running the program.
@Suite(.timeLimit(.minutes(2)))
struct IncludeTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private static let everything =
    "read:keys:admin read:policies:admin read:service-accounts-tokens:admin read:tokens:admin"
  private static let include = [
    "--include", "service-account-tokens", "--include", "oauth-clients", "--include", "control-policies",
  ]
  private static let names = ["service-account-tokens", "oauth-clients", "control-policies"]

  private func tokenreeve(
    _ sandbox: ServedSandbox, _ arguments: [String], scopes: String = everything
  ) async throws -> Program.Result {
    try await Program.tokenreeve.run(
      arguments + ["--api-base", sandbox.url], environment: try sandbox.environment(scopes: scopes), in: folder)
  }

  /// What the report says of each list.
  private func coverage(_ result: Program.Result) throws -> [String: (state: String, neededBy: [String])] {
    struct Report: Decodable {
      struct Coverage: Decodable {
        let list: String
        let state: String
        let neededBy: [String]
      }
      let coverage: [Coverage]
    }
    let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    return Dictionary(uniqueKeysWithValues: report.coverage.map { ($0.list, ($0.state, $0.neededBy)) })
  }

  @Test func whatIsAskedForIsInTheSnapshotAndInTheReport() async throws {
    let sandbox = try await ServedSandbox(["--profile", "in-order"])
    let collected = try await tokenreeve(sandbox, ["collect", "--output", "all"] + Self.include)
    #expect(collected.status == 0, "\(collected.errors)")
    #expect(collected.errors.contains("service account tokens: 30 records, complete, unverified"))
    let audit = try await Program.tokenreeve.run(["audit", "--snapshot", "all", "--report", "json"], in: folder)
    #expect(audit.status == 0, "\(audit.errors)")
    #expect(Set(try coverage(audit).keys) == Set(["api-tokens", "api-keys", "policies"] + Self.names))
    let direct = try await tokenreeve(sandbox, ["audit", "--report", "json"] + Self.include)
    #expect(direct.status == 0)
    #expect(try coverage(direct).count == 6)
  }

  @Test func whatIsNotAskedForIsNowhere() async throws {
    let sandbox = try await ServedSandbox(["--profile", "in-order"])
    let collected = try await tokenreeve(sandbox, ["collect", "--output", "plain"])
    let audit = try await Program.tokenreeve.run(["audit", "--snapshot", "plain", "--report", "json"], in: folder)
    for name in Self.names + ["\"include\""] {
      #expect(!(try folder.text("plain")).contains(name))
      #expect(!audit.output.contains(name) && !collected.errors.contains(name))
    }
  }

  @Test func aRefusedListIsToldAndDecidesNothing() async throws {
    let sandbox = try await ServedSandbox(["--profile", "in-order"])
    let scopes = "read:policies:admin read:tokens:admin"
    let collected = try await tokenreeve(sandbox, ["collect", "--output", "some"] + Self.include, scopes: scopes)
    #expect(collected.status == 3, "not everything came that was asked for")
    #expect(collected.errors.contains("`read:service-accounts-tokens:admin`"))
    let audit = try await Program.tokenreeve.run(["audit", "--snapshot", "some", "--report", "json"], in: folder)
    #expect(audit.status == 0, "\(audit.errors)")
    let coverage = try coverage(audit)
    #expect(coverage["oauth-clients"]?.state == "unavailable")
    #expect(coverage["oauth-clients"]?.neededBy == [])
    #expect(coverage["control-policies"]?.state == "complete")
    let text = try await Program.tokenreeve.run(["audit", "--snapshot", "some", "--report", "text"], in: folder)
    #expect(text.output.contains("OAuth clients"))
  }

  @Test func theSandboxOfAnAuditHasThemToo() async throws {
    let audit = try await Program.tokenreeve.run(
      ["audit", "--sandbox", "--include", "oauth-clients", "--report", "json"], in: folder)
    #expect(try coverage(audit)["oauth-clients"]?.state == "complete")
  }

  @Test func aResumedCollectionHasTheListsThatItBeganWith() async throws {
    let sandbox = try await ServedSandbox(["--tokens", "100", "--fault", "key-expires-midway"])
    #expect(try await tokenreeve(sandbox, ["collect", "--output", "cut", "--include", "oauth-clients"]).status == 3)
    let left = try folder.text("cut.partial")
    let other = try await tokenreeve(
      sandbox, ["collect", "--resume", "--output", "cut", "--include", "control-policies"])
    #expect(other.status == 2)
    #expect(other.errors.contains("was begun with --include oauth-clients"))
    #expect(try folder.text("cut.partial") == left)
    for include in [[], ["--include", "oauth-clients"]] {
      let again = try await tokenreeve(sandbox, ["collect", "--resume", "--output", "cut"] + include)
      #expect(again.status == 3 && again.errors.contains("the collection was interrupted"))
    }
  }

  @Test(arguments: [
    ["--snapshot", "x", "--include", "oauth-clients"], ["--include", "api-tokens"], ["--include", "x"],
  ])
  func whatCannotBeIncludedIsAnErrorOfUsage(arguments: [String]) async throws {
    #expect(try await Program.tokenreeve.run(["audit"] + arguments, in: folder).status == 2)
  }
}
