/// What the checker knows of types that it does not know yet: parameters such as the element type of `[]`.
///
/// Unification after Hindley and Milner with the standard's leniencies: `dyn` goes with every type, and null with
/// records, timestamps, durations and wrappers.
struct Substitution {
  private var types: [String: CELType] = [:]
  /// What to undo when an attempt fails: a parameter and what it stood for before.
  private var trail: [(name: String, previous: CELType?)] = []
  private var count = 0
  private var depth = 0

  /// Types of expressions are not deeper than the expressions, except where parameters stand for one another in rows.
  private static let depthLimit = 128

  mutating func freshParameter() -> CELType {
    count += 1
    return .parameter("_\(count)")
  }

  /// The overload's types with its parameters replaced by fresh ones.
  mutating func instantiate(_ overload: Function.Overload) -> (parameters: [CELType], result: CELType) {
    var fresh: [String: CELType] = [:]
    let parameters = overload.parameters.map { instantiate($0, &fresh) }
    return (parameters, instantiate(overload.result, &fresh))
  }

  private mutating func instantiate(_ type: CELType, _ fresh: inout [String: CELType]) -> CELType {
    switch type {
    case .parameter(let name):
      if let known = fresh[name] { return known }
      let parameter = freshParameter()
      fresh[name] = parameter
      return parameter
    case .list(let element): return .list(instantiate(element, &fresh))
    case .map(let key, let value): return .map(instantiate(key, &fresh), instantiate(value, &fresh))
    case .optional(let wrapped): return .optional(instantiate(wrapped, &fresh))
    case .wrapper(let wrapped): return .wrapper(instantiate(wrapped, &fresh))
    case .type(let type): return .type(instantiate(type, &fresh))
    case .opaque(let name, let parameters): return .opaque(name, parameters.map { instantiate($0, &fresh) })
    default: return type
    }
  }

  // MARK: - Unification

  /// Whether values of the first types can be used as the second ones; what that says about parameters is remembered
  /// only when all can.
  mutating func assign(_ types: [CELType], to others: [CELType]) -> Bool {
    guard types.count == others.count else { return false }
    let mark = trail.count
    for (type, other) in zip(types, others) where !unify(type, other) {
      undo(to: mark)
      return false
    }
    return true
  }

  mutating func assign(_ type: CELType, to other: CELType) -> Bool { assign([type], to: [other]) }

  private mutating func undo(to mark: Int) {
    while trail.count > mark, let (name, previous) = trail.popLast() { types[name] = previous }
  }

  private mutating func bind(_ name: String, _ type: CELType) {
    trail.append((name, types[name]))
    types[name] = type
  }

  private mutating func unify(_ left: CELType, _ right: CELType) -> Bool {
    guard depth < Self.depthLimit else { return false }
    depth += 1
    defer { depth -= 1 }
    return unifyRoots(root(left), root(right))
  }

  /// The last of the parameters that stand for one another in a row; any other type itself.
  private func root(_ type: CELType) -> CELType {
    var type = type
    while case .parameter(let name) = type, let known = types[name], case .parameter = known { type = known }
    return type
  }

  private mutating func unifyRoots(_ left: CELType, _ right: CELType) -> Bool {
    switch (left, right) {
    case (.parameter(let first), .parameter(let second)) where types[first] == nil && types[second] == nil:
      // The younger one stands for the older one, so that rows stay short.
      if first != second { isOlder(first, second) ? bind(second, left) : bind(first, right) }
      return true
    case (_, .parameter(let name)):
      switch substitute(name, by: left) {
      case .done: return true
      case .conflict: return false
      case .impossible: break
      }
      if case .parameter(let other) = left { return substitute(other, by: right) == .done }
      return false
    case (.parameter(let name), _): return substitute(name, by: right) == .done
    case (.dyn, _), (.error, _):
      open(right)
      return true
    case (_, .dyn), (_, .error): return true
    case (.null, .null): return true
    case (.null, let other), (let other, .null): return other.isNullable
    case (.wrapper(let left), .wrapper(let right)): return unify(left, right)
    case (.wrapper(let wrapped), let other), (let other, .wrapper(let wrapped)): return unify(wrapped, other)
    case (.type, .type): return true
    case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)): return unify(left, right)
    case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
      return unify(leftKey, rightKey) && unify(leftValue, rightValue)
    case (.opaque(let leftName, let left), .opaque(let rightName, let right)):
      return leftName == rightName && left.count == right.count && zip(left, right).allSatisfy { unify($0, $1) }
    default: return left == right
    }
  }

  /// What is not known yet of a type that a value of any type is used as, may be anything.
  private mutating func open(_ type: CELType, depth: Int = 0) {
    guard depth < Self.depthLimit else { return }
    switch root(type) {
    case .parameter(let name):
      if let known = types[name] { open(known, depth: depth + 1) } else { bind(name, .dyn) }
    case .list(let type), .optional(let type), .wrapper(let type), .type(let type): open(type, depth: depth + 1)
    case .map(let key, let value):
      open(key, depth: depth + 1)
      open(value, depth: depth + 1)
    case .opaque(_, let parameters): for parameter in parameters { open(parameter, depth: depth + 1) }
    default: break
    }
  }

  private enum Outcome { case done, conflict, impossible }

  private mutating func substitute(_ name: String, by type: CELType) -> Outcome {
    if type == .parameter(name) { return .done }
    if let known = types[name] {
      if type == known { return .done }
      guard unify(type, known) else { return .conflict }
      let general = mostGeneral(known, type)
      if !occurs(name, in: general) { bind(name, general) }
      return .done
    }
    guard !occurs(name, in: type) else { return .impossible }
    bind(name, type)
    return .done
  }

  private func isOlder(_ first: String, _ second: String) -> Bool {
    (first.utf8.count, first) < (second.utf8.count, second)
  }

  private func occurs(_ name: String, in type: CELType, depth: Int = 0) -> Bool {
    guard depth < Self.depthLimit else { return true }
    switch root(type) {
    case .parameter(let other):
      return name == other || types[other].map { occurs(name, in: $0, depth: depth + 1) } ?? false
    case .list(let type), .optional(let type), .wrapper(let type), .type(let type):
      return occurs(name, in: type, depth: depth + 1)
    case .map(let key, let value):
      return occurs(name, in: key, depth: depth + 1) || occurs(name, in: value, depth: depth + 1)
    case .opaque(_, let parameters): return parameters.contains { occurs(name, in: $0, depth: depth + 1) }
    default: return false
    }
  }

  // MARK: - Results

  /// The more general of two types of which one can be used as the other; the first when neither is.
  func mostGeneral(_ first: CELType, _ second: CELType) -> CELType {
    isAtMostAsSpecific(second, first) && !isAtMostAsSpecific(first, second) ? second : first
  }

  private func isAtMostAsSpecific(_ left: CELType, _ right: CELType) -> Bool {
    switch (left, right) {
    case (.dyn, _), (.error, _), (.parameter, _): true
    case (_, .dyn), (_, .error), (_, .parameter): false
    case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)):
      isAtMostAsSpecific(left, right)
    case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
      isAtMostAsSpecific(leftKey, rightKey) && isAtMostAsSpecific(leftValue, rightValue)
    case (.opaque(let leftName, let left), .opaque(let rightName, let right)):
      leftName == rightName && left.count == right.count
        && zip(left, right).allSatisfy { isAtMostAsSpecific($0, $1) }
    case (.wrapper(let wrapped), _) where right == .null || wrapped == right: true
    case (_, .null): left != .null && left.isNullable
    default: left == right
    }
  }

  /// The type with what is known of its parameters; what is not known stays, or is `dyn` in a finished type.
  func resolve(_ type: CELType, isFinished: Bool = false) -> CELType { resolve(type, isFinished, depth: 0) }

  private func resolve(_ type: CELType, _ isFinished: Bool, depth: Int) -> CELType {
    guard depth < Self.depthLimit else { return .dyn }
    func inner(_ type: CELType) -> CELType { resolve(type, isFinished, depth: depth + 1) }
    switch root(type) {
    case .parameter(let name):
      if let known = types[name] { return inner(known) }
      return isFinished ? .dyn : .parameter(name)
    case .list(let element): return .list(inner(element))
    case .map(let key, let value): return .map(inner(key), inner(value))
    case .optional(let wrapped): return .optional(inner(wrapped))
    case .wrapper(let wrapped): return .wrapper(inner(wrapped))
    case .type(let type): return .type(inner(type))
    case .opaque(let name, let parameters): return .opaque(name, parameters.map(inner))
    case let other: return other
    }
  }
}

extension CELType {
  /// Whether null can stand where a value of this type is expected.
  fileprivate var isNullable: Bool {
    switch self {
    case .object, .opaque, .optional, .timestamp, .duration, .wrapper, .dyn, .error: true
    default: false
    }
  }
}
