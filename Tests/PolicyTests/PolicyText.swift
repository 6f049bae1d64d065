import Policy

/// Policies and waivers written in a test.
enum PolicyText {
  /// Loads a policy from its text; what it extends by path is among `files`.
  static func load(
    _ text: String, _ files: [String: String] = [:]
  ) throws(PolicyFailure) -> (policy: GovernancePolicy, warnings: [Diagnostic]) {
    let loader = PolicyLoader { path throws(PolicyFailure) in
      guard let found = path == "policy.yaml" ? text : files[path] else {
        throw PolicyFailure.cannotRead("cannot open \(path): No such file or folder", advice: "Check the path.")
      }
      return found
    }
    return try loader.load("policy.yaml")
  }

  /// What is wrong with a policy, rendered; empty when nothing is.
  static func problems(_ text: String, _ files: [String: String] = [:]) -> [String] {
    do throws(PolicyFailure) {
      _ = try load(text, files)
      return []
    } catch {
      switch error {
      case .cannotRead(let message, _): return [message]
      case .invalid(let diagnostics): return diagnostics.map(\.rendered)
      }
    }
  }

  /// The first line of each problem: place and message.
  static func headlines(_ text: String, _ files: [String: String] = [:]) -> [String] {
    problems(text, files).map { String($0.split(separator: "\n").first ?? "") }
  }

  /// A policy of one rule with this condition on API tokens.
  static func rule(condition: String, more: String = "") -> String {
    "rules:\n  my-rule:\n    resource: api-token\n    condition: \(condition)\n\(more)"
  }

  static func waivers(
    _ text: String, for policy: String = "extends: baseline"
  ) throws -> (waivers: [Waiver], warnings: [Diagnostic]) {
    try WaiverParser.waivers(SourceFile(name: "waivers.yaml", text: text), for: load(policy).policy)
  }

  static func waiverProblems(_ text: String, for policy: String = "extends: baseline") -> [String] {
    do {
      _ = try waivers(text, for: policy)
      return []
    } catch let error as InvalidFiles {
      return error.diagnostics.map(\.rendered)
    } catch {
      return ["\(error)"]
    }
  }
}
