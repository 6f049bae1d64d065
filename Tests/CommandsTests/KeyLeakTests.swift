import Foundation
import TestSupport
import Testing

/// A server that is given the key and tries to have it sent, shown or written elsewhere.
@Suite(.timeLimit(.minutes(2)))
struct KeyLeakTests {
  private let folder: TemporaryFolder
  private let key = "ATCTT3xFf-" + UUID().uuidString
  /// Where the key must not arrive: what redirects, links and the variables for proxies name.
  private let recorder: ScriptedServer
  private let server: ScriptedServer

  init() throws {
    folder = try TemporaryFolder()
    recorder = try ScriptedServer { _ in [.answer(body: Array("{}".utf8))] }
    server = try ScriptedServer { [key, recorder] head in Self.answer(head, key: key, elsewhere: recorder.url) }
  }

  /// Tokens that lead elsewhere and end in a redirect, keys that are refused, and policies that are redirected; all of
  /// them with the key in their headers and bodies.
  private static func answer(_ head: String, key: String, elsewhere: String) -> [ScriptedServer.Step] {
    let echo = #"{"message":"Bearer \#(key) is refused","errors":[{"detail":"\#(key)","title":"\#(key)"}]}"#
    let headers = [
      "X-Echo: \(key)", "Set-Cookie: key=\(key)", "Link: <\(elsewhere)>; rel=next", "Alt-Svc: h2=\"\(elsewhere)\"",
    ]
    let redirect = headers + ["Location: \(elsewhere)/\(key)", "Refresh: 0; url=\(elsewhere)"]
    let target = head.split(separator: " ").dropFirst().first ?? ""
    if target.contains("/api-tokens?"), !target.contains("cursor=") {
      let page = #"{"data":[{"id":"t-1","label":"ci"}],"links":{"next":"\#(elsewhere)/next?cursor=2&key=\#(key)"}}"#
      return [.answer(headers: headers, body: Array(page.utf8))]
    }
    if target.contains("/api-keys") {
      return [.answer("403 Refused \(key)", headers: headers, body: Array(echo.utf8))]
    }
    return [.answer("302 Found", headers: redirect, body: Array(echo.utf8))]
  }

  private func run(_ arguments: [String]) async throws -> Program.Result {
    var environment = ["ATLASSIAN_ORG_ID": "org-1", "ATLASSIAN_ADMIN_API_KEY": key]
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
      environment[name] = recorder.url
    }
    environment["SSLKEYLOGFILE"] = folder.path("session-keys")
    return try await Program.tokenreeve.run(
      arguments + ["--verbose", "--api-base", server.url], environment: environment, in: folder)
  }

  /// Everything that is in the folder, by its path.
  private func files() throws -> [String: String] {
    let paths = try #require(FileManager.default.enumerator(atPath: folder.url.path)).compactMap { $0 as? String }
    var isFolder: ObjCBool = false
    return Dictionary(
      uniqueKeysWithValues: try paths.compactMap { path in
        guard unsafe FileManager.default.fileExists(atPath: folder.path(path), isDirectory: &isFolder),
          !isFolder.boolValue
        else { return nil }
        return (path, try folder.text(path))
      })
  }

  @Test func theKeyGoesNowhereElse() async throws {
    let formats = [
      "text", "junit", "markdown", "json", "jsonl", "sarif", "csv", "ocsf", "github", "plan-markdown", "plan-csv",
    ]
    let reports = formats.flatMap { ["--report", "\($0)=reports/\($0)"] }
    var results: [Program.Result] = []
    for arguments in [
      ["collect", "--output", "cut"], ["collect", "--output", "cut", "--resume"], ["audit"] + reports, ["audit"],
    ] {
      let result = try await run(arguments)
      // What an audit sees of the tokens is enough to fail.
      #expect(result.status == (arguments[0] == "audit" ? 1 : 3), "\(arguments): \(result.errors)")
      results.append(result)
    }
    #expect(server.requests.count > 10)
    #expect(server.requests.allSatisfy { $0.contains("Authorization: Bearer \(key)\r\n") }, "the server has it")
    #expect(recorder.requests.isEmpty && recorder.connections == 0)

    let files = try files()
    #expect(
      Set(files.keys).isSuperset(of: ["cut.partial", "reports/latest/report.json"] + formats.map { "reports/\($0)" }))
    #expect(files["session-keys"] == nil)
    for (path, text) in files { #expect(!text.contains(key), "\(path)") }
    for result in results { #expect(!(result.output + result.errors).contains(key)) }
    #expect(results[0].errors.contains("HTTP 403") && results[0].errors.contains("redirect"), "it met what it should")
  }
}
