/// The state of one evaluation.
struct Frame {
  /// The values of the environment's variables, in the order of their declaration.
  let variables: [Value]
  var locals = Locals()
  var budget: Budget
  /// Declared record types, by name.
  let types: [String: ObjectType]
}

/// What a piece of a program does: it makes a value of a Swift type that the checker has chosen, or throws.
typealias Evaluation<Result> = @Sendable (inout Frame) throws(EvaluationError) -> Result

/// The values of variables that macros declare. The first few need no memory of their own.
struct Locals {
  private var first = Value.null
  private var second = Value.null
  private var third = Value.null
  private var others: [Value] = []

  subscript(slot: Int) -> Value {
    get {
      switch slot {
      case 0: first
      case 1: second
      case 2: third
      default: slot - 3 < others.count ? others[slot - 3] : .null
      }
    }
    set {
      switch slot {
      case 0: first = newValue
      case 1: second = newValue
      case 2: third = newValue
      default:
        while others.count <= slot - 3 { others.append(.null) }
        others[slot - 3] = newValue
      }
    }
  }
}

/// What an evaluation may still spend.
struct Budget {
  private var remaining: Int
  private var depth = 0
  let stringLimit: Int

  init(_ limits: Limits) {
    remaining = limits.evaluationCost
    stringLimit = limits.stringLength
  }

  mutating func spend(_ cost: Int) throws(EvaluationError) {
    guard cost <= remaining else {
      // Nothing is left for an operand that could make up for this error.
      remaining = 0
      throw Self.exhausted
    }
    remaining -= cost
  }

  /// Spends what it takes to search, compare or copy so many bytes of text.
  mutating func spend(bytes: Int) throws(EvaluationError) { try spend(bytes / 16 + 1) }

  /// Checks that a string or bytes value may be made, and spends what it takes.
  mutating func makeString(bytes: Int) throws(EvaluationError) {
    guard bytes <= stringLimit else { throw Self.tooLong }
    try spend(bytes: bytes)
  }

  /// Notes that an element is looked into; ``leave()`` follows. Values of an application may lie in one another without
  /// end.
  mutating func enter() throws(EvaluationError) {
    guard depth < Self.depthLimit else { throw Self.tooDeep }
    depth += 1
  }

  mutating func leave() { depth -= 1 }

  private static let depthLimit = 128
  private static let tooDeep = EvaluationError(
    "a value is nested deeper than \(depthLimit)", kind: .limit)
  private static let exhausted = EvaluationError("the evaluation costs more than its limit", kind: .limit)
  private static let tooLong = EvaluationError("a text grows longer than its limit", kind: .limit)
}

/// Stands for a variable that has no value, but a reason why.
struct FailedValue: OpaqueValue {
  let error: EvaluationError

  var typeName: String { "error" }
  func isEqual(to other: any OpaqueValue) -> Bool { false }
}

extension Value {
  /// The error that stands in the value's place, if any.
  var failure: EvaluationError? {
    if case .opaque(let value) = self { (value as? FailedValue)?.error } else { nil }
  }
}
