import ArgumentParser
import Reporting

/// How formats are written, beyond what they say.
struct ReportFormatOptions: ParsableArguments {
  @Option(help: ArgumentHelp("What JUnit makes of findings below --fail-on.", valueName: "result"))
  var junitBelow: JUnitBelow = .skip

  @Option(
    help: ArgumentHelp(
      "The most megabytes of a JUnit file, 1 to 10000, whose fields are then cut at 2,000 characters; `none` lifts both limits.",
      valueName: "megabytes|none"))
  var junitLimit: JUnitLimitArgument = .standard

  @Option(
    help: ArgumentHelp(
      "The most characters of a Markdown report, 1000 at least; `comment` is what a comment on GitHub can hold, `summary` what a job's summary can.",
      valueName: "characters|comment|summary"))
  var markdownLimit: MarkdownLimitArgument?

  @Option(
    help: ArgumentHelp(
      "The most findings that an HTML report shows, the worst first; `none` lifts the limit.",
      valueName: "findings|none"))
  var htmlLimit: HTMLLimitArgument = .standard

  @Option(
    help: ArgumentHelp(
      "A file of the repository that SARIF results point at, since GitHub's code scanning wants one.",
      valueName: "path"))
  var sarifArtifact: String?

  func options(color: Bool = false, width: Int = 100) -> ReportOptions {
    ReportOptions(
      color: color, width: width, junitBelow: junitBelow, junitLimit: junitLimit.limit,
      markdownLimit: markdownLimit?.characters, htmlLimit: htmlLimit.findings, sarifArtifact: sarifArtifact)
  }
}

extension JUnitBelow: ExpressibleByArgument {}

/// Megabytes, or `none`.
struct JUnitLimitArgument: ExpressibleByArgument, Sendable {
  let limit: JUnitLimit?

  static let standard = JUnitLimitArgument(limit: .standard)

  private init(limit: JUnitLimit?) { self.limit = limit }

  init?(argument: String) {
    if argument == "none" {
      limit = nil
    } else if let megabytes = Int(argument), (1...10_000).contains(megabytes) {
      limit = JUnitLimit(fileSize: megabytes * 1_000_000, fieldLength: JUnitLimit.standard.fieldLength)
    } else {
      return nil
    }
  }

  var defaultValueDescription: String {
    limit.map { String($0.fileSize / 1_000_000) } ?? "none"
  }
}

/// Characters, or the name of a place that can hold so many.
struct MarkdownLimitArgument: ExpressibleByArgument, Sendable {
  let characters: Int

  init?(argument: String) {
    switch argument {
    // GitHub's limits: of a comment, and of a step's summary, whose upload fails as a whole above it.
    case "comment": characters = 65_536
    case "summary": characters = 1_048_576
    default:
      guard let characters = Int(argument), characters >= 1000 else { return nil }
      self.characters = characters
    }
  }
}

/// A number of findings, or `none`.
struct HTMLLimitArgument: ExpressibleByArgument, Sendable {
  /// Nil for no limit.
  let findings: Int?

  static let standard = HTMLLimitArgument(findings: ReportOptions.standardHTMLLimit)

  private init(findings: Int?) { self.findings = findings }

  init?(argument: String) {
    if argument == "none" {
      findings = nil
    } else if let findings = Int(argument), findings > 0 {
      self.findings = findings
    } else {
      return nil
    }
  }

  var defaultValueDescription: String { findings.map { String($0) } ?? "none" }
}
