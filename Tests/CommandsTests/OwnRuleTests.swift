import Foundation
import TestSupport
import Testing

/// Rules of the user's own, in a policy file outside the repository.
@Suite(.timeLimit(.minutes(2)))
struct OwnRuleTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func aRuleOfOnesOwnIsAsked() async throws {
    try folder.write(
      """
      rules:
        label-is-short:
          title: Label shorter than four characters
          resource: api-token
          severity: low
          condition: has(token.label) && size(token.label) < 4
          message: "is called {token.label}"

      """, to: "policy.yaml")
    let result = try await Program.tokenreeve.run(
      ["audit", "--sandbox", "--policy", "policy.yaml", "--report", "json"], in: folder)
    #expect(result.status == 1 || result.status == 3, "\(result.errors)")
    #expect(result.output.contains("label-is-short"))
    #expect(!result.output.contains("token-lifetime"))
  }

  @Test func everyMistakeIsShownAtItsPlaceAndNoRequestIsSent() async throws {
    try folder.write(
      """
      extends: baseline
      rules:
        own-rule:
          title: A rule with mistakes
          resource: api-token
          severity: low
          condition: |
            has(token.label) &&
              token.lastActivAt < now
          message: "{token.labell}"
        token-lifetime:
          parameters: { maxLifetme: 30d }

      """, to: "policy.yaml")
    let sandbox = try await ServedSandbox()
    let result = try await Program.tokenreeve.run(
      ["audit", "--verbose", "--api-base", sandbox.url, "--policy", "policy.yaml"],
      environment: try sandbox.environment(), in: folder)
    #expect(result.status == 2)
    for place in ["policy.yaml:9:15:", "policy.yaml:10:22:", "policy.yaml:12:19:"] {
      #expect(result.errors.contains(place), "\(place) in\n\(result.errors)")
    }
    #expect(result.errors.contains("did you mean `lastActiveAt`?"))
    #expect(result.errors.contains("did you mean `label`?"))
    #expect(result.errors.contains("did you mean `maxLifetime`?"))
    #expect(result.errors.contains("^"))
    #expect(!result.errors.contains("GET"))
    // Whatever reports were there, those of this run say that it did not finish.
    #expect(try folder.text("reports/latest/junit.xml").contains("<error"))
  }

  @Test(arguments: [
    ("condition: !has(token.label)", "quote it"), ("condition: token.label == '' # never\n    ", "quote it"),
    ("condition:", "empty"),
  ])
  func whatYAMLWouldCutIsRefused(line: String, advice: String) async throws {
    try folder.write(
      """
      rules:
        own-rule:
          title: A rule
          resource: api-token
          severity: low
          \(line)

      """, to: "policy.yaml")
    let result = try await Program.tokenreeve.run(["policy", "check", "policy.yaml"], in: folder)
    #expect(result.status == 2, "\(line)")
    #expect(result.errors.contains(advice), "\(result.errors)")
  }

  @Test func aWaivedGapNoLongerMakesTheRunInconclusiveAndIsShown() async throws {
    let sandbox = try await ServedSandbox(["--profile", "in-order"])
    try folder.write(
      """
      waivers:
        - gap: policies
          reason: The key of this job can't read policies until the next rotation.
          owner: robin@example.com
          expires: \(Self.date(daysFromNow: 2))

      """, to: "waivers.yaml")
    func audit(_ at: String...) async throws -> Program.Result {
      try await Program.tokenreeve.run(
        [
          "audit", "--api-base", sandbox.url, "--waivers", "waivers.yaml", "--report", "text", "--report",
          "markdown=report.md", "--report", "json=report.json", "--report", "junit=report.xml",
        ] + at, environment: try sandbox.environment(scopes: "read:tokens:admin"), in: folder)
    }
    let accepted = try await audit()
    #expect(accepted.status == 0, "\(accepted.output)\(accepted.errors)")
    #expect(accepted.output.contains("robin@example.com"))
    for name in ["report.md", "report.json", "report.xml"] {
      #expect(try folder.text(name).contains("robin@example.com"), "\(name)")
    }
    let expired = try await audit("--at", Self.date(daysFromNow: 3))
    #expect(expired.status == 3)
    #expect(expired.output.contains("expired"))
  }

  private static func date(daysFromNow days: Double) -> String {
    String(Date(timeIntervalSinceNow: days * 86_400).ISO8601Format().prefix(10))
  }
}
