import CEL
import ArgumentParser
import Inventory
import Policy

struct ScopesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scopes",
    abstract: "List the permission scopes that tokenreeve knows, or explain one.",
    discussion: """
      A scope that the catalogue does not have is classified by its name, and one whose name says nothing is unknown: \
      rules about it are then not evaluable, never passed.
      """)

  @Argument(help: ArgumentHelp("The scope to explain, such as write:jira-work.", valueName: "scope"))
  var scope: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    let catalogue = ScopeCatalogue.builtIn
    guard let scope else {
      let rows = catalogue.all.map {
        [$0.name, $0.product ?? "?", $0.access ?? "?", Self.marks($0), $0.summary ?? ""]
      }
      return try output.console.output(
        Table(rows: rows).text + "\n\n\(rows.count) scopes. `tokenreeve scopes SCOPE` explains one.\n")
    }
    try output.console.output(Self.explanation(catalogue.scope(named: scope), among: catalogue.all.map(\.name)))
  }

  private static func marks(_ scope: Scope) -> String {
    [scope.privileged == true ? "privileged" : nil, scope.deletes == true ? "deletes" : nil].compactMap(\.self)
      .joined(separator: ", ")
  }

  private static func explanation(_ scope: Scope, among names: [String]) -> String {
    var lines = [harmless(scope.name)]
    if let summary = scope.summary { lines.append("  \(summary).") }
    if !scope.known {
      let suggestion = didYouMean(scope.name, among: names).map { "; \($0)" } ?? "."
      lines.append("  Not in the catalogue\(suggestion) By its name:")
    }
    let unknown = "unknown, so rules that ask for it are not evaluable"
    let deletes =
      switch scope.deletes {
      case true?: scope.access == "delete" ? "" : ", deleting included"
      case false?: ""
      case nil: ", perhaps deleting included"
      }
    lines.append("  product: \(scope.product ?? unknown)")
    lines.append("  access: \(scope.access.map { $0 + deletes } ?? unknown)")
    lines.append(
      "  privileged: "
        + (scope.privileged.map { $0 ? "yes, it reaches what only administrators should" : "no" } ?? unknown))
    return lines.joined(separator: "\n") + "\n"
  }

  /// The scope's name as it was typed, with control characters shown as U+FFFD.
  private static func harmless(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
  }
}
