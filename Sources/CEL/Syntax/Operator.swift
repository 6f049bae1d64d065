/// Names of the functions that operators stand for (langdef, "Functions").
enum Operator {
  static let negate = "-_"
  static let not = "!_"
  static let index = "_[_]"
  static let optionalIndex = "_[?_]"
  static let membership = "@in"

  /// Binary operators and how tightly they bind; `&&` and `||` are no functions.
  static func binary(_ kind: Token.Kind) -> (name: String, precedence: Int)? {
    switch kind {
    case .identifier("in"): (membership, 3)
    case .symbol(let symbol):
      switch symbol {
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: ("_\(symbol.rawValue)_", 3)
      case .plus, .minus: ("_\(symbol.rawValue)_", 4)
      case .times, .divide, .remainder: ("_\(symbol.rawValue)_", 5)
      default: nil
      }
    default: nil
    }
  }

  /// The operator as it is written: `+` for `_+_`; nil for a function.
  static func symbol(_ function: String) -> String? {
    switch function {
    case membership: "in"
    case index, optionalIndex: "[]"
    case negate: "-"
    case not: "!"
    case _ where function.hasPrefix("_") && function.hasSuffix("_"): String(function.dropFirst().dropLast())
    default: nil
    }
  }
}
