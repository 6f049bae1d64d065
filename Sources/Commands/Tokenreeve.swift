#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
package import ArgumentParser

/// The command line.
package struct Tokenreeve: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "tokenreeve",
    abstract:
      "Inspects the API tokens, API keys and policies of an Atlassian organization against a governance policy.",
    version: toolVersion,
    subcommands: [
      AuditCommand.self, CollectCommand.self, DiffCommand.self, SandboxCommand.self, RulesCommand.self,
      ScopesCommand.self,
      PolicyCommand.self,
    ])

  package init() {}

  /// Runs the command line and ends the process with the exit code that says how it went.
  package static func runProcess() async -> Never {
    StandardDescriptors.occupyClosed()
    // A closed pipe, or a limit on the size of files, is an error of the write that meets it, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    EnvironmentKey.load()
    await runInterruptibly()
  }

  /// Not on the main actor, which at the end would start a thread to come back to.
  @concurrent private static func runInterruptibly() async -> Never {
    let exitCode = await Termination.run { await status() }
    EnvironmentKey.discard()
    Termination.endProcess(exitCode)
  }

  private static func status() async -> ExitStatus {
    do {
      try await runCommand()
      return .success
    } catch let failure as CommandFailure {
      errorConsole.message(failure.rendered)
      return failure.status
    } catch let code as ExitCode {
      return ExitStatus(rawValue: code.rawValue) ?? .failure
    } catch is CancellationError {
      errorConsole.message("tokenreeve: interrupted")
      return .failure
    } catch {
      return show(error)
    }
  }

  private static func runCommand() async throws {
    if let audit = audit(CommandLine.arguments) { return try await audit.run() }
    var command = try parseAsRoot()
    if var asynchronous = command as? any AsyncParsableCommand {
      try await asynchronous.run()
    } else {
      try command.run()
    }
  }

  /// The audit that the arguments ask for, as most do; nil when they ask for anything else, or are wrong. From the root
  /// down, the parser looks at all commands, and three times more at the options of the one that is asked for.
  static func audit(_ arguments: [String]) -> AuditCommand? {
    guard arguments.dropFirst().first == AuditCommand.configuration.commandName else { return nil }
    return try? AuditCommand.parseAsRoot(Array(arguments.dropFirst(2))) as? AuditCommand
  }

  /// What the argument parser has to say: help and version on standard output, usage errors on standard error.
  private static func show(_ error: any Error) -> ExitStatus {
    let text = fullMessage(for: error)
    if exitCode(for: error) == .success {
      print(text)
      return .success
    }
    if exitCode(for: error) == .validationFailure {
      errorConsole.message("tokenreeve: error: " + text.replacingPrefix("Error: ", with: ""))
      return .usage
    }
    errorConsole.message("tokenreeve: error: something went wrong inside tokenreeve: \(error)")
    return .failure
  }

  private static let errorConsole = Console(quiet: false, verbose: false, color: .auto)
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String, with replacement: String) -> String {
    hasPrefix(prefix) ? replacement + dropFirst(prefix.count) : self
  }
}
