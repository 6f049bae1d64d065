import AdminHubSandbox
import ArgumentParser
import Inventory

/// Which fictional organization: options of `sandbox` and of `audit --sandbox`.
struct SandboxOrganizationOptions: ParsableArguments {
  static let defaultTokens = 200
  static let defaultSeed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "How many API tokens the sandbox organization has. (default: \(defaultTokens))", valueName: "n"))
  var tokens: Int?

  @Option(
    help: ArgumentHelp(
      "The number that the sandbox organization is made from. (default: \(defaultSeed))", valueName: "n"))
  var seed: UInt64?

  /// Whether the user chose any of it.
  var isGiven: Bool { tokens != nil || seed != nil }

  func validate() throws {
    if let tokens, !(0...10_000_000).contains(tokens) {
      throw ValidationError("--tokens takes a number from 0 to 10000000")
    }
  }

  func organization(at: Instant, profile: SandboxOrganization.Profile = .typical) -> SandboxOrganization {
    SandboxOrganization(
      seed: seed ?? Self.defaultSeed, tokens: tokens ?? Self.defaultTokens, at: at, profile: profile)
  }
}

extension SandboxOrganization.Profile: ExpressibleByArgument {}
