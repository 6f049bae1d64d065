package import CEL
import Inventory

/// The names that a condition can use, and the order in which their values are handed to a compiled program.
package enum ConditionEnvironment {
  /// The types of everything that a condition can be asked of.
  static let types = [
    TokenObject.type, KeyObject.type, UserObject.type, PolicyObject.type, PolicyAttributesObject.type,
    PolicyResourceObject.type, OwnerObject.type, OrganizationObject.type, ScopeObject.type, WaiverObject.type,
    CoverageObject.type,
  ]

  /// What a condition on the organization may cost. It goes through whole lists, and a million tokens have to be within
  /// its reach: 200 for each lets it visit all of them several times.
  static let organizationCost = 200 * 1_000_000

  /// For a rule on resources of one kind.
  static func environment(
    for kind: ResourceKind, parameters: [ParameterSetting], facts: [FactDeclaration]
  ) -> Environment {
    environment(for: kind, facts: facts).declaring(parameters)
  }

  /// For what reads no parameters of a rule.
  static func environment(for kind: ResourceKind, facts: [FactDeclaration]) -> Environment {
    var environment = Environment()
    // A pattern that can't be read is the author's mistake, not something to find out at each resource.
    environment.checksLiterals = true
    if kind == .organization { environment.limits.evaluationCost = organizationCost }
    for type in types { environment.declare(object: type) }
    // The order of `bindings`.
    environment.declare(variable: "record", kind.conditionType)
    if kind != .organization { environment.declare(variable: kind.variable, kind.conditionType) }
    environment.declare(sharedVariable: "now", .timestamp)
    // Not shared, although it is the same: going through its lists for each element of a list has to stay within what
    // one evaluation may cost.
    environment.declare(variable: "org", ResourceKind.organization.conditionType)
    environment.declare(facts: facts)
    declareFunctions(in: &environment)
    return environment
  }

  /// The values of a program's variables for one resource.
  package static func bindings(
    _ kind: ResourceKind, _ record: Value, now: Value, org: Value, facts: Value
  ) -> [Value] {
    kind == .organization ? [record, now, org, facts] : [record, record, now, org, facts]
  }

  private static func declareFunctions(in environment: inout Environment) {
    environment.declare(
      function: function("scope", [.string], .object(ScopeObject.type.name)) { arguments throws(EvaluationError) in
        guard case .string(let name) = arguments[0] else { throw EvaluationError("scope() takes a string") }
        return .object(ScopeObject(scope: ScopeCatalogue.builtIn.scope(named: name)))
      })
    environment.declare(
      function: function("days", [.int], .duration) { arguments throws(EvaluationError) in
        guard case .int(let days) = arguments[0], let duration = Self.days(days) else {
          throw EvaluationError("days() takes a number of days within 292 years", kind: .overflow)
        }
        return .duration(duration)
      })
    environment.declare(
      function: function("glob", [.string, .string], .bool, isReceiverStyle: true) {
        arguments throws(EvaluationError) in
        guard case .string(let text) = arguments[0], case .string(let pattern) = arguments[1] else {
          throw EvaluationError("glob() takes a string")
        }
        return .bool(matchesGlob(text, pattern: pattern))
      })
  }

  private static func function(
    _ name: String, _ parameters: [CELType], _ result: CELType, isReceiverStyle: Bool = false,
    _ implementation: @escaping @Sendable ([Value]) throws(EvaluationError) -> Value
  ) -> FunctionDeclaration {
    FunctionDeclaration(
      name,
      overloads: [
        .init(
          parameters: parameters, result: result, isReceiverStyle: isReceiverStyle, implementation: implementation)
      ])
  }

  private static func days(_ number: Int64) -> CEL.Duration? {
    let (seconds, overflow) = number.multipliedReportingOverflow(by: 86_400)
    return overflow ? nil : CEL.Duration(seconds: seconds)
  }
}

extension Environment {
  /// The same environment with a rule's parameters.
  func declaring(_ parameters: [ParameterSetting]) -> Environment {
    var environment = self
    let type = ObjectType("params", fields: parameters.map { ($0.name, $0.value.type.conditionType) })
    environment.declare(object: type)
    environment.declare(
      constant: "params", .object(type.name),
      .object(ParametersObject(values: parameters.map { conditionValue($0.value) })))
    return environment
  }
}

/// The values of a rule's parameters: `params`.
private final class ParametersObject: CEL.Object {
  let values: [Value]

  init(values: [Value]) {
    self.values = values
  }
  var typeName: String { "params" }
  func field(_ index: Int) -> CEL.Field { values.indices.contains(index) ? .value(values[index]) : .absent }
}

extension ResourceKind {
  var conditionType: CELType { .object(objectType.name) }

  var objectType: ObjectType {
    switch self {
    case .apiToken: TokenObject.type
    case .apiKey: KeyObject.type
    case .policy: PolicyObject.type
    case .owner: OwnerObject.type
    case .organization: OrganizationObject.type
    case .waiver: WaiverObject.type
    case .coverage: CoverageObject.type
    }
  }
}
