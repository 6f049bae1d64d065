/// The functions of the math extension on one type of numbers.
enum MathFunctions {
  /// The functions from a double to a double. The raw value is the name without `math.`.
  enum Rounding: String, CaseIterable, Sendable {
    case ceil, floor, trunc
    /// What is halfway goes away from zero.
    case round

    func callAsFunction(_ number: Double) -> Double {
      switch self {
      case .ceil: number.rounded(.up)
      case .floor: number.rounded(.down)
      case .trunc: number.rounded(.towardZero)
      case .round: number.rounded(.toNearestOrAwayFromZero)
      }
    }
  }

  /// The functions from a double to a bool. The raw value is the name without `math.`.
  enum Test: String, CaseIterable, Sendable {
    case isNaN, isInf, isFinite

    func callAsFunction(_ number: Double) -> Bool {
      switch self {
      case .isNaN: number.isNaN
      case .isInf: number.isInfinite
      case .isFinite: number.isFinite
      }
    }
  }

  /// The functions on the bits of two numbers. The raw value is the name without `math.`.
  enum BitOperation: String, CaseIterable, Sendable {
    case bitAnd, bitOr, bitXor

    func callAsFunction<Number: FixedWidthInteger>(_ left: Number, _ right: Number) -> Number {
      switch self {
      case .bitAnd: left & right
      case .bitOr: left | right
      case .bitXor: left ^ right
      }
    }
  }

  /// The functions that move bits. The raw value is the name without `math.`.
  enum BitShift: String, CaseIterable, Sendable {
    /// What leaves the 64 bits is lost.
    case bitShiftLeft
    /// Zeros come in on the left, also for a negative number.
    case bitShiftRight

    /// Nil for a negative offset. From an offset of 64 on the result is 0.
    func callAsFunction(_ number: UInt64, by offset: Int64) -> UInt64? {
      guard offset >= 0 else { return nil }
      return self == .bitShiftLeft ? number << offset : number >> offset
    }

    /// The same on the bits of a signed number.
    func callAsFunction(_ number: Int64, by offset: Int64) -> Int64? {
      self(UInt64(bitPattern: number), by: offset).map { Int64(bitPattern: $0) }
    }
  }

  /// `math.abs`; nil for the least int, which has no positive counterpart.
  static func abs(_ number: Int64) -> Int64? { Int64(exactly: number.magnitude) }

  /// `math.sign`: -1, 0 or 1.
  static func sign(_ number: Int64) -> Int64 { number.signum() }

  /// `math.sign`: -1, 0 or 1, both zeros give 0, and NaN is NaN.
  static func sign(_ number: Double) -> Double { number > 0 ? 1 : number < 0 ? -1 : number.isNaN ? number : 0 }
}
