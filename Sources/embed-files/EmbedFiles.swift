import Foundation

/// Writes one Swift file that holds the text of other files as string literals.
///
/// Usage: `embed-files OUTPUT.swift FILE…`. Called by the `EmbedFiles` build plugin, so that the binary carries them
/// and reads no file of its own when it runs.
@main
enum EmbedFiles {
  static func main() throws {
    guard CommandLine.arguments.count > 2 else {
      throw Failure(description: "usage: embed-files OUTPUT.swift FILE…")
    }
    let paths = CommandLine.arguments.dropFirst(2).sorted()
    let folder = commonFolder(of: paths)
    let entries = try paths.map { path in
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let fence = String(repeating: "#", count: 8)
      guard !text.contains("\"\"\"" + fence) else { throw Failure(description: "\(path) holds the literal's own end") }
      let name = path.dropFirst(folder.count)
      return "    (name: \"\(name)\", text: \(fence)\"\"\"\n\(text)\n\"\"\"\(fence)),"
    }
    let source = """
      /// Files of the repository, embedded at build time: path below the folder that all are in, text. Sorted by path.
      enum BuiltInFiles {
        static let all: [(name: String, text: String)] = [
      \(entries.joined(separator: "\n"))
        ]
      }

      """
    try source.write(toFile: CommandLine.arguments[1], atomically: true, encoding: .utf8)
  }

  /// The folder that all files are in, at some depth, with the slash at its end.
  private static func commonFolder(of paths: [String]) -> String {
    let common = paths.dropFirst().reduce(paths.first ?? "") { $0.commonPrefix(with: $1) }
    return common.lastIndex(of: "/").map { String(common[...$0]) } ?? ""
  }

  struct Failure: Error, CustomStringConvertible { let description: String }
}
