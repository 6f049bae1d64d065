import Testing

@testable import CEL

struct MathFunctionsTests {
  @Test(
    arguments: [
      (.ceil, -1.2, -1), (.ceil, 1.2, 2), (.floor, -1.2, -2), (.floor, 1.2, 1), (.trunc, -1.7, -1), (.trunc, 1.7, 1),
      (.round, 1.5, 2), (.round, -1.5, -2), (.round, 2.5, 3), (.round, 1.4, 1), (.round, 0.49999999999999994, 0),
      (.ceil, .infinity, .infinity), (.floor, -.infinity, -.infinity), (.round, 1e300, 1e300),
    ] as [(MathFunctions.Rounding, Double, Double)])
  func rounding(function: MathFunctions.Rounding, number: Double, result: Double) {
    #expect(function(number) == result)
    #expect(function(.nan).isNaN)
  }

  @Test(
    arguments: [
      (.isNaN, [true, false, false, false]), (.isInf, [false, true, true, false]),
      (.isFinite, [false, false, false, true]),
    ] as [(MathFunctions.Test, [Bool])])
  func tests(function: MathFunctions.Test, results: [Bool]) {
    #expect([Double.nan, .infinity, -.infinity, 1.5].map { function($0) } == results)
  }

  @Test func bitOperations() {
    #expect(MathFunctions.BitOperation.bitAnd(Int64(-3), -5) == -7)
    #expect(MathFunctions.BitOperation.bitAnd(UInt64(1), 3) == 1)
    #expect(MathFunctions.BitOperation.bitOr(Int64(-2), -4) == -2)
    #expect(MathFunctions.BitOperation.bitOr(UInt64(1), 4) == 5)
    #expect(MathFunctions.BitOperation.bitXor(Int64(1), 3) == 2)
    #expect(MathFunctions.BitOperation.bitXor(UInt64(3), 5) == 6)
  }

  @Test(
    arguments: [
      (.bitShiftLeft, 1, 2, 4), (.bitShiftLeft, -1, 2, -4), (.bitShiftLeft, -1, 64, 0), (.bitShiftLeft, -1, 200, 0),
      (.bitShiftLeft, 1, 63, .min), (.bitShiftLeft, 1, .max, 0), (.bitShiftRight, 1024, 2, 256),
      (.bitShiftRight, 1024, 64, 0),
      (.bitShiftRight, -1024, 3, 2_305_843_009_213_693_824), (.bitShiftRight, -1024, 64, 0),
      (.bitShiftRight, -1, 63, 1),
      (.bitShiftRight, -1, 0, -1), (.bitShiftLeft, 1, -1, nil), (.bitShiftRight, 1, .min, nil),
    ] as [(MathFunctions.BitShift, Int64, Int64, Int64?)])
  func shifts(function: MathFunctions.BitShift, number: Int64, offset: Int64, result: Int64?) {
    #expect(function(number, by: offset) == result)
    #expect(function(UInt64(bitPattern: number), by: offset) == result.map { UInt64(bitPattern: $0) })
  }

  @Test func absoluteValuesAndSigns() {
    #expect([0, -11, 11, Int64.max, .min + 1, .min].map { MathFunctions.abs($0) } == [0, 11, 11, .max, .max, nil])
    #expect([Int64.min, -1, 0, 1, .max].map { MathFunctions.sign($0) } == [-1, -1, 0, 1, 1])
    #expect([-Double.infinity, -0.1, 0.1, 100.5].map { MathFunctions.sign($0) } == [-1, -1, 1, 1])
    for zero in [0.0, -0.0] { #expect(MathFunctions.sign(zero).bitPattern == 0) }
    #expect(MathFunctions.sign(Double.nan).isNaN)
  }

  @Test func namesAreThoseOfTheExtension() {
    #expect(MathFunctions.Rounding.allCases.map(\.rawValue) == ["ceil", "floor", "trunc", "round"])
    #expect(MathFunctions.Test.allCases.map(\.rawValue) == ["isNaN", "isInf", "isFinite"])
    #expect(MathFunctions.BitOperation.allCases.map(\.rawValue) == ["bitAnd", "bitOr", "bitXor"])
    #expect(MathFunctions.BitShift.allCases.map(\.rawValue) == ["bitShiftLeft", "bitShiftRight"])
  }
}
