package import CEL

/// A table of facts that was read from a file.
package struct FactTable: Sendable {
  package let declaration: FactDeclaration
  /// SHA-256 of the file's bytes, hexadecimal: two audits can be known to have used the same.
  package let digest: String
  package let rowCount: Int
  /// A `FactRow` by key.
  let rows: MapValue

  package var name: String { declaration.name }
}

/// The tables that an audit was given, as the variable `facts`: `facts.leavers` is a map from key to row.
package final class FactsObject: CEL.Object {
  private let fields: [CEL.Field]

  /// - Parameters:
  ///   - declarations: Those that the conditions were compiled with, in the same order.
  ///   - tables: Those that were given. Any other is unknown, so that no condition on it passes.
  package init(_ declarations: [FactDeclaration], _ tables: [FactTable]) {
    fields = declarations.map { declaration in
      if let table = tables.first(where: { $0.name == declaration.name }) { return .value(.map(table.rows)) }
      return .unknown("the facts `\(declaration.name)` were not given (--facts \(declaration.name)=FILE)")
    }
  }

  package var typeName: String { "facts" }
  package func field(_ index: Int) -> CEL.Field { fields.indices.contains(index) ? fields[index] : .absent }
}

/// A row of a table: the declared columns, in their order.
final class FactRow: CEL.Object {
  let typeName: String
  private let values: [CEL.Field]

  init(_ declaration: FactDeclaration, _ values: [CEL.Field]) {
    typeName = declaration.rowTypeName
    self.values = values
  }

  func field(_ index: Int) -> CEL.Field { values.indices.contains(index) ? values[index] : .absent }
}

extension FactDeclaration {
  /// No name that an expression could use: `facts.leavers` would otherwise stand for the type.
  var rowTypeName: String { "a row of \(name)" }
}

extension Environment {
  /// Declares the variable `facts` with these tables.
  mutating func declare(facts declarations: [FactDeclaration]) {
    for declaration in declarations {
      declare(
        object: ObjectType(
          declaration.rowTypeName, fields: declaration.columns.map { ($0.name, $0.type.conditionType) }))
    }
    declare(
      object: ObjectType(
        "facts", fields: declarations.map { ($0.name, .map(.string, .object($0.rowTypeName))) }))
    declare(variable: "facts", .object("facts"))
  }
}
