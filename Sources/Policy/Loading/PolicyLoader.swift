import CEL
import Inventory

/// Finds a policy and everything that it extends, and turns them into what an audit evaluates.
package struct PolicyLoader {
  /// A policy that extends itself by another spelling of its path is no longer than this.
  private static let longestChain = 20

  private let read: (String) throws(PolicyFailure) -> String
  private let readsBuiltInExamples: Bool

  /// - Parameters:
  ///   - readsBuiltInExamples: Without, the built-in rules have no examples, which an audit asks none of.
  ///   - read: gives a file's text, or throws `.cannotRead` with words for people.
  package init(readsBuiltInExamples: Bool = true, read: @escaping (String) throws(PolicyFailure) -> String) {
    self.readsBuiltInExamples = readsBuiltInExamples
    self.read = read
  }

  /// Loads a built-in policy by its name or any policy by its path.
  ///
  /// Throws `PolicyFailure`: every problem of every file in one go. Warnings come with the policy.
  package func load(_ nameOrPath: String) throws(PolicyFailure) -> (policy: GovernancePolicy, warnings: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    let chain = try chain(from: nameOrPath, &diagnostics)
    guard let policy = chain.first else { throw .invalid(diagnostics) }
    let builtInRules: [Rule]
    do throws(InvalidFiles) {
      builtInRules = try BuiltInPolicies.rules(
        chain.flatMap { $0.entries.map(\.id) }, readsExamples: readsBuiltInExamples)
    } catch {
      throw .invalid(diagnostics + error.diagnostics)
    }
    var merger = PolicyMerger(builtInRules)
    // Conditions of overrides can ask facts that a later file declares.
    merger.declareFacts(chain.reversed(), &diagnostics)
    for file in chain.reversed() { merger.apply(file, &diagnostics) }
    let rules = merger.selectedRules(&diagnostics)
    guard diagnostics.allSatisfy({ $0.severity != .error }) else { throw .invalid(diagnostics) }
    guard !rules.isEmpty else { throw .cannotRead("the policy \(policy.id) selects no rule", advice: nil) }
    let result = GovernancePolicy(
      id: policy.id, title: policy.title, rules: rules, facts: merger.facts,
      digest: Self.digest(of: rules, merger.facts))
    return (result, diagnostics)
  }

  /// The policy's file, the file that it extends, and so on.
  private func chain(
    from nameOrPath: String, _ diagnostics: inout [Diagnostic]
  ) throws(PolicyFailure) -> [PolicyFile] {
    var chain: [PolicyFile] = []
    var names: [String] = []
    var source: SourceFile? = try self.source(nameOrPath)
    while let current = source {
      names.append(current.name)
      let (policy, problems) = PolicyParser.policy(current)
      diagnostics += problems
      guard let policy else { break }
      chain.append(policy)
      source = nil
      guard let base = policy.extends else { break }
      guard chain.count < Self.longestChain else {
        diagnostics.append(
          Diagnostic(
            .error, "more than \(Self.longestChain) policies extend one another", in: current, at: base.location))
        break
      }
      do throws(PolicyFailure) {
        let found = try self.source(base.name, relativeTo: current.name)
        if names.contains(found.name) {
          diagnostics.append(
            Diagnostic(.error, "the policy extends itself by way of `\(base.name)`", in: current, at: base.location))
        } else {
          source = found
        }
      } catch {
        guard case .cannotRead(let message, let advice) = error else { throw error }
        diagnostics.append(Diagnostic(.error, message, advice: advice, in: current, at: base.location))
      }
    }
    return chain
  }

  private func source(_ nameOrPath: String, relativeTo file: String? = nil) throws(PolicyFailure) -> SourceFile {
    if let builtIn = BuiltInPolicies.policy(named: nameOrPath) { return builtIn }
    guard nameOrPath.contains("/") || nameOrPath.contains(".") else {
      let names = BuiltInPolicies.names
      throw .cannotRead(
        "there is no built-in policy `\(nameOrPath)`",
        advice: didYouMean(nameOrPath, among: names)
          ?? "built in are: \(names.joined(separator: ", ")); a policy of your own is given by its path: ./\(nameOrPath).yaml"
      )
    }
    var path = nameOrPath
    if let file, !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") {
      // So that a policy that extends itself is noticed, not read under ever longer names.
      while path.hasPrefix("./") { path.removeFirst(2) }
      path = file[...slash] + path
    }
    return SourceFile(name: path, text: try read(path))
  }

  private static func digest(of rules: [SelectedRule], _ facts: [FactDeclaration]) -> String {
    var writer = JSONWriter()
    writer.array { writer in
      for selected in rules {
        writer.object { writer in
          writer.string("id", selected.rule.id)
          writer.strings("resource", selected.rule.resources.map(\.rawValue))
          writer.string("severity", selected.severity.rawValue)
          writer.string("verdict", selected.verdict.rawValue)
          writer.string("applies", selected.rule.applies)
          writer.string("condition", selected.rule.condition)
          writer.string("message", selected.rule.message)
          writer.string("measure", selected.rule.measure)
          writer.parameters(selected.parameters)
          guard !selected.overrides.isEmpty else { return }
          writer.array("overrides") { writer in
            for override in selected.overrides {
              writer.object { writer in
                writer.string("match", override.match)
                writer.boolean("enabled", override.isEnabled)
                writer.string("severity", override.settings.severity.value.rawValue)
                writer.parameters(override.settings.parameters)
              }
            }
          }
        }
      }
    }
    if !facts.isEmpty { writer.facts(facts) }
    return hexadecimalDigest(of: writer.bytes)
  }
}

extension JSONWriter {
  fileprivate mutating func facts(_ declarations: [FactDeclaration]) {
    array { writer in
      for declaration in declarations {
        writer.object { writer in
          writer.string("name", declaration.name)
          writer.string("key", declaration.key)
          writer.boolean("ignoreCase", declaration.ignoresCase)
          writer.boolean("allowEmpty", declaration.allowsEmpty)
          writer.object("columns") { writer in
            for column in declaration.columns { writer.string(column.name, column.type.rawValue) }
          }
        }
      }
    }
  }

  fileprivate mutating func parameters(_ settings: [ParameterSetting]) {
    object("parameters") { writer in
      for setting in settings { writer.string(setting.name, setting.value.text) }
    }
  }
}

/// Why there is no policy to audit by.
package enum PolicyFailure: Error, Sendable {
  case cannotRead(String, advice: String?)
  case invalid([Diagnostic])
}
