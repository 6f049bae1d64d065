import Files
import Inventory
import Policy

/// Reads policy and waiver files, and says what is wrong or doubtful with them.
enum PolicyFiles {
  /// - Parameters:
  ///   - readsBuiltInExamples: Whether the built-in rules have their examples.
  ///   - consequence: What a command says that it did not do when the file is invalid.
  static func policy(
    _ nameOrPath: String, readsBuiltInExamples: Bool = true, _ console: Console, so consequence: String? = nil
  ) throws(CommandFailure) -> GovernancePolicy {
    do throws(PolicyFailure) {
      let loader = PolicyLoader(readsBuiltInExamples: readsBuiltInExamples, read: text)
      let (policy, warnings) = try loader.load(nameOrPath)
      show(warnings, console)
      return policy
    } catch {
      throw .policy(error, so: consequence)
    }
  }

  /// - Parameters:
  ///   - known: Ids of rules that the waivers may name although the policy does not have them.
  ///   - now: When to judge how long the waivers last; nil when that is of no interest.
  static func waivers(
    _ path: String, for policy: GovernancePolicy, knowing known: Set<String> = [], now: Instant? = nil,
    _ console: Console, so consequence: String? = nil
  ) throws(CommandFailure) -> [Waiver] {
    do throws(PolicyFailure) {
      let source = SourceFile(name: path, text: try text(path))
      do throws(InvalidFiles) {
        let (waivers, warnings) = try WaiverParser.waivers(source, for: policy, knowing: known, now: now)
        show(warnings, console)
        return waivers
      } catch {
        throw PolicyFailure.invalid(error.diagnostics)
      }
    } catch {
      throw .policy(error, what: "waiver file", so: consequence)
    }
  }

  static func tests(_ path: String, for policy: GovernancePolicy) throws(CommandFailure) -> [PolicyTest] {
    do throws(PolicyFailure) {
      let source = SourceFile(name: path, text: try text(path))
      do throws(InvalidFiles) {
        return try PolicyTestParser.tests(source, for: policy)
      } catch {
        throw PolicyFailure.invalid(error.diagnostics)
      }
    } catch {
      throw .policy(error, what: "test file")
    }
  }

  private static func show(_ warnings: [Diagnostic], _ console: Console) {
    for warning in warnings { console.message(warning.rendered) }
  }

  private static func text(_ path: String) throws(PolicyFailure) -> String {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try readFile(path, limit: SourceFile.maximumSize)
    } catch {
      throw .cannotRead(error.message, advice: error.advice)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .cannotRead("\(path) is not UTF-8 text", advice: "save it as UTF-8")
    }
    return text
  }
}
