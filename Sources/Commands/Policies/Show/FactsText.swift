import Inventory
import Policy

/// Tables of facts in a policy that is written out.
extension YAMLText {
  mutating func facts(_ declarations: [FactDeclaration]) {
    guard !declarations.isEmpty else { return }
    block("facts") { yaml in
      for declaration in declarations {
        yaml.block(declaration.name) { yaml in
          yaml.line("key", Self.scalar(declaration.key))
          if declaration.ignoresCase { yaml.line("ignore-case", "true") }
          if declaration.allowsEmpty { yaml.line("allow-empty", "true") }
          if !declaration.columns.isEmpty {
            yaml.block("columns") { yaml in
              for column in declaration.columns { yaml.line(column.name, column.type.rawValue) }
            }
          }
          if !declaration.description.isEmpty { yaml.line("description", Self.scalar(declaration.description)) }
        }
      }
    }
  }

  /// The rows that an example gives.
  mutating func facts(of example: Rule.Example) {
    guard !example.facts.isEmpty else { return }
    block("facts") { yaml in
      for (name, rows) in example.facts.sorted(by: { $0.key < $1.key }) {
        yaml.line(name, Self.flow(.array(rows)))
      }
    }
  }
}
