import CEL

/// A typed setting of a rule, which a policy can change.
package struct ParameterDefinition: Sendable {
  package let name: String
  package let defaultValue: ParameterValue
  package let description: String

  package init(name: String, defaultValue: ParameterValue, description: String) {
    self.name = name
    self.defaultValue = defaultValue
    self.description = description
  }
}

package enum ParameterType: String, CaseIterable, Sendable {
  case duration, int, double, string, bool
  case strings
}

package enum ParameterValue: Hashable, Sendable {
  /// In milliseconds.
  case duration(Int64)
  case int(Int64)
  case double(Double)
  case string(String)
  case bool(Bool)
  case strings([String])

  package var type: ParameterType {
    switch self {
    case .duration: .duration
    case .int: .int
    case .double: .double
    case .string: .string
    case .bool: .bool
    case .strings: .strings
    }
  }

  /// The value as a policy file spells it.
  package var text: String {
    switch self {
    case .duration(let milliseconds): DurationText.exactText(milliseconds: milliseconds)
    case .int(let number): String(number)
    case .double(let number): "\(number)"
    case .string(let text): text
    case .bool(let flag): String(flag)
    case .strings(let texts): "[\(texts.joined(separator: ", "))]"
    }
  }
}
