import ArgumentParser
import Files
import Policy
import CEL

/// One `--facts NAME=FILE`.
struct FactsOption: ExpressibleByArgument {
  let name: String
  let path: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    (name, path) = (parts[0], parts[1])
  }
}

/// Reads the files of `--facts` as the policy declares them.
enum FactFiles {
  static func tables(_ options: [FactsOption], for policy: GovernancePolicy) throws(CommandFailure) -> [FactTable] {
    var tables: [FactTable] = []
    var details: [String] = []
    for option in options {
      let declaration = try declaration(option.name, of: policy)
      guard !tables.contains(where: { $0.name == option.name }) else {
        throw CommandFailure(status: .usage, message: "--facts gives `\(option.name)` twice")
      }
      let bytes: [UInt8]
      do throws(FileError) {
        bytes = try readFile(option.path, limit: FactFile.maximumSize)
      } catch {
        throw .input(error)
      }
      do throws(InvalidFactFile) {
        tables.append(try FactFile.table(bytes, name: option.path, declaration))
      } catch {
        details += error.rendered
      }
    }
    guard details.isEmpty else {
      throw CommandFailure(
        status: .usage, message: "the facts can't be used; nothing was audited", details: details)
    }
    return tables
  }

  private static func declaration(
    _ name: String, of policy: GovernancePolicy
  ) throws(CommandFailure) -> FactDeclaration {
    if let declaration = policy.facts.first(where: { $0.name == name }) { return declaration }
    let names = policy.facts.map(\.name)
    throw CommandFailure(
      status: .usage, message: "the policy \(policy.id) asks for no facts `\(name)`",
      advice: didYouMean(name, among: names)
        ?? (names.isEmpty ? "it asks for none" : "it asks for: \(names.joined(separator: ", "))"))
  }
}
