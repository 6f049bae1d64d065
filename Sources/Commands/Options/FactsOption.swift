import ArgumentParser
import CEL
import Files
import Policy

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

/// Reads the files of `--facts` as policies declare them.
enum FactFiles {
  static func tables(_ options: [FactsOption], for policy: GovernancePolicy) throws(CommandFailure) -> [FactTable] {
    try tables(options, for: [policy]).first ?? []
  }

  /// The tables that each of the policies asks for. A file is read once, since it can be a pipe.
  static func tables(
    _ options: [FactsOption], for policies: [GovernancePolicy]
  ) throws(CommandFailure) -> [[FactTable]] {
    var tables: [[FactTable]] = policies.map { _ in [] }
    var details: [String] = []
    for (index, option) in options.enumerated() {
      guard !options[..<index].contains(where: { $0.name == option.name }) else {
        throw CommandFailure(status: .usage, message: "--facts gives `\(option.name)` twice")
      }
      try check(option.name, policies)
      let bytes: [UInt8]
      do throws(FileError) {
        bytes = try readFile(option.path, limit: FactFile.maximumSize)
      } catch {
        throw .input(error)
      }
      for (place, policy) in policies.enumerated() {
        guard let declaration = policy.facts.first(where: { $0.name == option.name }) else { continue }
        do throws(InvalidFactFile) {
          tables[place].append(try FactFile.table(bytes, name: option.path, declaration))
        } catch {
          details += error.rendered
        }
      }
    }
    guard details.isEmpty else {
      throw CommandFailure(
        status: .usage, message: "the facts can't be used; nothing was audited", details: details)
    }
    return tables
  }

  /// A table that nothing asks for is a misspelled name.
  private static func check(_ name: String, _ policies: [GovernancePolicy]) throws(CommandFailure) {
    let names = Set(policies.flatMap { $0.facts.map(\.name) }).sorted()
    guard !names.contains(name) else { return }
    throw CommandFailure(
      status: .usage, message: "the policy \(policies.map(\.id).joined(separator: " or ")) asks for no facts `\(name)`",
      advice: didYouMean(name, among: names)
        ?? (names.isEmpty ? "it asks for none" : "it asks for: \(names.joined(separator: ", "))"))
  }
}
