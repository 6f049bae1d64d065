/// Bounds on what an expression may take, so that one from somebody else's file can neither hang nor crash a process.
public struct Limits: Hashable, Sendable {
  /// The longest text of an expression, in Unicode scalars.
  public var sourceLength = 100_000

  /// How deep expressions may lie in one another: parentheses, calls, selections, operators. Chains of `&&` and `||`
  /// count once. More than a few hundred could overflow the stack of a small thread.
  public var nesting = 100

  /// How many macros, such as `exists`, an expression may use.
  public var macros = 1000

  /// How much one evaluation may cost: about one for each step of a macro over a list and each operation in it, and
  /// one for each 16 bytes of text, or each element of a list, that is searched, compared or copied. `matches` costs
  /// more: what its pattern is compiled to has to be applied to each byte.
  public var evaluationCost = 20_000_000

  /// The most bytes that a string or bytes value may have that an expression makes.
  public var stringLength = 1_048_576

  /// The defaults.
  public init() {}
}
