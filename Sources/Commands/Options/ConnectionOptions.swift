import AdminHub
import ArgumentParser
import Files
import HTTPTransport

/// Whom to ask, and with which key: options of every command that makes requests.
struct ConnectionOptions: ParsableArguments {
  static let organizationVariable = "ATLASSIAN_ORG_ID"
  /// Where Atlassian serves the Admin APIs; the paths below it include `/admin`.
  static let atlassian = "https://api.atlassian.com"

  @Option(
    help: ArgumentHelp("The organization's id. (default: the environment variable ATLASSIAN_ORG_ID)", valueName: "id"))
  var orgID: String?

  @Option(
    help: ArgumentHelp(
      "Read the API key from a file that nobody else can read, or from standard input (-). (default: the environment variable ATLASSIAN_ADMIN_API_KEY)",
      valueName: "path"))
  var apiKeyFile: String?

  @Option(
    help: ArgumentHelp(
      "Ask another host, which every report then names. Plain http is for loopback only.", valueName: "url"))
  var apiBase: String?

  @Option(help: ArgumentHelp("Trust the certificates in this PEM file instead of the system's.", valueName: "path"))
  var caFile: String?

  /// Whether the user chose any of it on the command line.
  var isGiven: Bool { orgID != nil || apiKeyFile != nil || apiBase != nil || caFile != nil }

  /// The organization's id. Throws when none was given.
  func organization() throws(CommandFailure) -> String {
    let given = orgID ?? environment(Self.organizationVariable)
    guard let given, !given.isEmpty else {
      throw CommandFailure(
        status: .usage, message: "no organization was named",
        advice: "give --org-id or set \(Self.organizationVariable); admin.atlassian.com shows the id in its address")
    }
    guard given.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), given.utf8.count <= 100 else {
      throw CommandFailure(
        status: .usage, message: "the organization id holds characters that no id has",
        advice: "copy it from the address of admin.atlassian.com: /o/<id>/")
    }
    return given
  }

  /// The key. Throws when there is none, or it can't be one.
  func secret() throws(CommandFailure) -> Secret {
    var bytes = try keyFileBytes()
    do throws(SecretError) {
      if apiKeyFile != nil { return try Secret(wiping: &bytes) }
      if let secret = try EnvironmentKey.take() { return secret }
    } catch {
      throw CommandFailure(status: .usage, message: error.message, advice: error.advice)
    }
    throw CommandFailure(
      status: .usage, message: "no API key was given",
      advice: "set \(EnvironmentKey.variable), or use --api-key-file; "
        + "a key is never an argument, where others could see it")
  }

  /// What the file or standard input holds that `--api-key-file` names; empty without the option.
  private func keyFileBytes() throws(CommandFailure) -> [UInt8] {
    guard let apiKeyFile else { return [] }
    do throws(FileError) {
      return apiKeyFile == "-"
        ? try readDescriptor(0, name: "standard input", limit: 1 << 16)
        : try readFile(apiKeyFile, limit: 1 << 16, private: true)
    } catch {
      throw .input(error)
    }
  }
}
