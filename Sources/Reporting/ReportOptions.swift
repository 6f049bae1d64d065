/// How a report is to look, beyond what it says.
package struct ReportOptions: Sendable {
  /// Whether the text report may use colors.
  package var color: Bool
  /// Columns of the terminal that the text report is for.
  package var width: Int
  /// What JUnit says of a finding below `--fail-on`.
  package var junitBelow: JUnitBelow
  /// How much a JUnit file may hold; nil lifts every limit.
  package var junitLimit: JUnitLimit?
  /// The most characters that a Markdown report may have; nil for no limit.
  package var markdownLimit: Int?
  /// The most findings that an HTML report shows; nil for no limit.
  package var htmlLimit: Int?
  /// A file of the user's repository, by its path there, that SARIF results point at; nil for none. GitHub's code
  /// scanning needs one: the policy's file is a good choice.
  package var sarifArtifact: String?

  package init(
    color: Bool = false, width: Int = 100, junitBelow: JUnitBelow = .skip, junitLimit: JUnitLimit? = .standard,
    markdownLimit: Int? = nil, htmlLimit: Int? = standardHTMLLimit, sarifArtifact: String? = nil
  ) {
    self.color = color
    self.width = width
    self.junitBelow = junitBelow
    self.junitLimit = junitLimit
    self.markdownLimit = markdownLimit
    self.htmlLimit = htmlLimit
    self.sarifArtifact = sarifArtifact
  }

  /// As many rows as a browser filters and sorts without delay.
  package static let standardHTMLLimit = 5000
}

/// What a test case for a finding below `--fail-on` is in JUnit.
package enum JUnitBelow: String, CaseIterable, Sendable {
  case skip, pass, fail
}

/// Limits of a JUnit file, so that every reader takes all of it.
package struct JUnitLimit: Sendable {
  /// Bytes of the file.
  package var fileSize: Int
  /// Characters of a message or a body.
  package var fieldLength: Int

  package init(fileSize: Int, fieldLength: Int) {
    self.fileSize = fileSize
    self.fieldLength = fieldLength
  }

  /// GitLab refuses files over 30 MB; Bitbucket shows 2,000 characters of a field.
  package static let standard = JUnitLimit(fileSize: 29_000_000, fieldLength: 1999)
}
