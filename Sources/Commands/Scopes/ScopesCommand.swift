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
      let rows = catalogue.all.map { [$0.name, $0.product, $0.access, Self.marks($0)] }
      return try output.console.output(
        Table(rows: rows).text + "\n\n\(rows.count) scopes. `tokenreeve scopes SCOPE` explains one.\n")
    }
    try output.console.output(Self.explanation(catalogue.scope(named: scope), among: catalogue.all.map(\.name)))
  }

  private static func marks(_ scope: Scope) -> String {
    [scope.privileged ? "privileged" : nil, scope.deletes ? "deletes" : nil].compactMap(\.self)
      .joined(separator: ", ")
  }

  private static func explanation(_ scope: Scope, among names: [String]) -> String {
    var lines = [harmless(scope.name)]
    if !scope.known {
      let suggestion = didYouMean(scope.name, among: names).map { "; \($0)" } ?? ""
      lines.append("  Not in the catalogue\(suggestion).")
      if scope.access == "unknown" || scope.product == "unknown" {
        return (lines + ["  Its name does not say what it allows, so rules about it are not evaluable."])
          .joined(separator: "\n") + "\n"
      }
      lines.append("  By its name:")
    }
    lines.append("  product: \(scope.product)")
    lines.append("  access: \(scope.access)" + (scope.deletes && scope.access != "delete" ? ", deleting included" : ""))
    lines.append(
      "  privileged: "
        + (scope.privileged ? "yes, it reaches what only administrators should" : "no"))
    return lines.joined(separator: "\n") + "\n"
  }

  /// The scope's name as it was typed, with control characters shown as U+FFFD.
  private static func harmless(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
  }
}
