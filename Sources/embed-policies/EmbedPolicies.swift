import Foundation

/// Writes one Swift file that holds the built-in rules and policies as string literals.
///
/// Usage: `embed-policies POLICIES-FOLDER OUTPUT.swift`. Called by the `EmbedPolicies` build plugin, so that the binary
/// carries `policies/` without reading a file when it runs.
@main
enum EmbedPolicies {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { throw Failure(description: "usage: embed-policies POLICIES-FOLDER OUTPUT.swift") }
    let folder = URL(filePath: arguments[1])
    let text = """
      // Made from policies/ by embed-policies at build time.
      extension BuiltInFiles {
      \(try table(named: "rules", of: folder.appending(path: "rules"), namePrefix: "rules/"))

      \(try table(named: "policies", of: folder, namePrefix: ""))
      }

      """
    try text.write(to: URL(filePath: arguments[2]), atomically: true, encoding: .utf8)
  }

  static func table(named name: String, of folder: URL, namePrefix: String) throws -> String {
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "yaml" && !$0.lastPathComponent.hasSuffix(".test.yaml") }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
    let entries = try files.map { file in
      let text = try String(contentsOf: file, encoding: .utf8)
      let fence = String(repeating: "#", count: 8)
      guard !text.contains("\"\"\"" + fence) else {
        throw Failure(description: "\(file.path) holds the literal's own end")
      }
      return "    (name: \"\(namePrefix)\(file.lastPathComponent)\", text: \(fence)\"\"\"\n\(text)\n\"\"\"\(fence)),"
    }
    return "  static let \(name): [(name: String, text: String)] = [\n\(entries.joined(separator: "\n"))\n  ]"
  }

  struct Failure: Error, CustomStringConvertible { let description: String }
}
