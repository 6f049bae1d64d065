/// Where a value of a policy comes from.
package enum Origin: Hashable, Sendable {
  /// The rule has it by itself.
  case rule
  /// A policy file says so: its name as `SourceFile` has it, and the place.
  case policy(file: String, location: SourceLocation)

  /// For people: `default`, `policies/team.yaml:12`, `built-in: strict.yaml:8`.
  package var text: String {
    switch self {
    case .rule: "default"
    case .policy(let file, let location): "\(file):\(location.line)"
    }
  }
}

/// A value of a policy with the place that it comes from.
package struct Setting<Value: Sendable>: Sendable {
  package let value: Value
  package let origin: Origin

  package init(_ value: Value, _ origin: Origin) {
    self.value = value
    self.origin = origin
  }
}

/// The value of a rule's parameter that is in force.
package struct ParameterSetting: Sendable {
  package let name: String
  package let value: ParameterValue
  package let origin: Origin

  package init(name: String, value: ParameterValue, origin: Origin) {
    self.name = name
    self.value = value
    self.origin = origin
  }
}
