import Foundation
import YAML

/// Writes one Swift file that holds the text of other files as string literals, and of YAML files the document, too.
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
    let areDocuments = paths.allSatisfy { $0.hasSuffix(".yaml") }
    let entries = try paths.map { path in
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let document = areDocuments ? ", document: \(try literal(encodedDocument(text, path), path))" : ""
      return "    (name: \"\(path.dropFirst(folder.count))\", text: \(try literal(text, path))\(document)),"
    }
    let source = """
      /// Files of the repository, embedded at build time: path below the folder that all are in, text and, of YAML,
      /// the document encoded. Sorted by path.
      enum BuiltInFiles {
        static let all: [(name: String, text: String\(areDocuments ? ", document: String" : ""))] = [
      \(entries.joined(separator: "\n"))
        ]
      }

      """
    try source.write(toFile: CommandLine.arguments[1], atomically: true, encoding: .utf8)
  }

  private static func literal(_ text: String, _ path: String) throws -> String {
    let fence = String(repeating: "#", count: 8)
    guard !text.contains("\"\"\"" + fence) else { throw Failure(description: "\(path) holds the literal's own end") }
    return "\(fence)\"\"\"\n\(text)\n\"\"\"\(fence)"
  }

  /// A file that is not YAML ends the build.
  private static func encodedDocument(_ text: String, _ path: String) throws -> String {
    do throws(CompositionFailure) {
      guard let node = try Node.document(text) else { throw .invalid("it is empty", Node.Mark(line: 1, column: 1)) }
      return node.encoded
    } catch {
      switch error {
      case .invalid(let message, let mark):
        throw Failure(description: "\(path):\(mark.line):\(mark.column): error: \(message)")
      case .anchor(let mark):
        throw Failure(description: "\(path):\(mark.line):\(mark.column): error: anchors are not supported")
      }
    }
  }

  /// The folder that all files are in, at some depth, with the slash at its end.
  private static func commonFolder(of paths: [String]) -> String {
    let common = paths.dropFirst().reduce(paths.first ?? "") { $0.commonPrefix(with: $1) }
    return common.lastIndex(of: "/").map { String(common[...$0]) } ?? ""
  }

  struct Failure: Error, CustomStringConvertible { let description: String }
}
