/// Why an expression has no value.
public struct EvaluationError: Error, Hashable, Sendable {
  /// What went wrong, for programs.
  public enum Kind: Sendable {
    /// A function or operator has no overload for the types of its arguments.
    case noSuchOverload
    /// A record or map does not have the field or key.
    case noSuchField
    /// A variable has no value.
    case unbound
    /// Something is not known; the message is the reason that the application gave.
    case unknown
    /// A number, timestamp or duration is out of its type's range.
    case overflow
    case divisionByZero
    /// An argument has the right type, but a value that the function does not take.
    case invalidArgument
    /// A limit on the cost of the evaluation, or on the size of a value, was reached.
    case limit
  }

  /// What went wrong, for programs.
  public let kind: Kind
  /// What went wrong, in words.
  public let message: String

  /// An error of a function of the application's.
  public init(_ message: String, kind: Kind = .invalidArgument) {
    self.message = message
    self.kind = kind
  }
}

extension EvaluationError: CustomStringConvertible {
  /// The message.
  public var description: String { message }
}
