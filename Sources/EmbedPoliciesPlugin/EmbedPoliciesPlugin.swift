import Foundation
import PackagePlugin

/// Runs `embed-policies` before the target that holds the built-in rules is compiled, whenever a file in `policies/`
/// has changed.
@main
struct EmbedPoliciesPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let policies = context.package.directoryURL.appending(path: "policies")
    let output = context.pluginWorkDirectoryURL.appending(path: "BuiltInFiles+Generated.swift")
    let inputs = try [policies, policies.appending(path: "rules")].flatMap {
      try FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)
    }.filter { $0.pathExtension == "yaml" }
    return [
      .buildCommand(
        displayName: "Embedding policies/",
        executable: try context.tool(named: "embed-policies").url,
        arguments: [policies.path, output.path],
        inputFiles: inputs,
        outputFiles: [output])
    ]
  }
}
