import ArgumentParser

/// How much is said, and how: options of every command.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Say nothing on standard error but warnings and errors.")
  var quiet = false

  @Flag(help: "Log each request on standard error: method, path, status, time, attempt.")
  var verbose = false

  @Option(help: ArgumentHelp("Color the text.", valueName: "when"))
  var color: Console.Color = .auto

  var console: Console { Console(quiet: quiet, verbose: verbose, color: color) }
}

extension Console.Color: ExpressibleByArgument {}
