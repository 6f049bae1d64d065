import Foundation
import PackagePlugin

/// Runs `embed-files` before a target that carries files is compiled, whenever one of them has changed: the scope
/// catalogue for Inventory, rules and policies for Policy, the templates of the HTML report for Reporting.
@main
struct EmbedFilesPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let files = try files(for: target.name, of: context.package.directoryURL)
    let output = context.pluginWorkDirectoryURL.appending(path: "BuiltInFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding files into \(target.name)",
        executable: try context.tool(named: "embed-files").url,
        arguments: [output.path] + files.map(\.path),
        inputFiles: files,
        outputFiles: [output])
    ]
  }

  private func files(for target: String, of package: URL) throws -> [URL] {
    let policies = package.appending(path: "policies")
    switch target {
    case "Inventory": return [policies.appending(path: "scopes.tsv")]
    case "Reporting": return try contents(of: package.appending(path: "Sources/Reporting/HTML/Templates"))
    default:
      return try [policies, policies.appending(path: "rules")].flatMap(contents).filter {
        $0.pathExtension == "yaml" && !$0.lastPathComponent.hasSuffix(".test.yaml")
      }
    }
  }

  private func contents(of folder: URL) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
  }
}
