import ArgumentParser
import Policy

struct PolicySchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Write the JSON Schema of a kind of file, with which editors complete and check such files.",
    discussion: """
      Save it, and name it in the first line of a file, relative to it:
        # yaml-language-server: $schema=policy.schema.json
      """)

  @Argument(help: ArgumentHelp("The kind of file.", valueName: "kind"))
  var kind: FileKind

  @OptionGroup var output: OutputOptions

  func run() throws { try output.console.output(kind.schema) }
}

extension FileKind: ExpressibleByArgument {}
