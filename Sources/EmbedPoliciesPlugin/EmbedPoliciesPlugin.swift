import Foundation
import PackagePlugin

/// Runs `embed-policies` before a target that carries files of `policies/` is compiled, whenever one of them has
/// changed: the scope catalogue for Inventory, rules and policies for Policy.
@main
struct EmbedPoliciesPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "policies")
    let files =
      target.name == "Inventory"
      ? [folder.appending(path: "scopes.tsv")]
      : try [folder, folder.appending(path: "rules")].flatMap {
        try FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)
      }.filter { $0.pathExtension == "yaml" && !$0.lastPathComponent.hasSuffix(".test.yaml") }
    let output = context.pluginWorkDirectoryURL.appending(path: "BuiltInFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding policies/ into \(target.name)",
        executable: try context.tool(named: "embed-policies").url,
        arguments: [output.path] + files.map(\.path),
        inputFiles: files,
        outputFiles: [output])
    ]
  }
}
