import Foundation
import Testing

@testable import CEL

struct NumberTextTests {
  @Test(
    arguments: [
      (0, "0"), (-0.0, "-0"), (1, "1"), (123.456, "123.456"), (-0.0045, "-0.0045"), (0.0001, "0.0001"),
      (0.00001, "1e-05"),
      (123_456, "123456"), (999_999, "999999"), (1_000_000, "1e+06"), (1_234_567, "1.234567e+06"),
      (0.1 + 0.2, "0.30000000000000004"),
      (6.02214e23, "6.02214e+23"), (1.38e-23, "1.38e-23"), (.leastNonzeroMagnitude, "5e-324"),
      (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
      (1e100, "1e+100"), (.nan, "NaN"), (-.nan, "NaN"), (.infinity, "Infinity"), (-.infinity, "-Infinity"),
      (100, "100"),
    ] as [(Double, String)])
  func shortestText(number: Double, text: String) {
    #expect(NumberText.text(number) == text)
  }

  @Test(
    arguments: [
      (0, "0"), (3.14, "3.14"), (2.71828, "2.71828"), (1e21, "1000000000000000000000"), (1e-7, "0.0000001"),
      (1_000_000, "1000000"),
      (-1.5, "-1.5"), (123_456_789.125, "123456789.125"), (.nan, "NaN"), (-.infinity, "-Infinity"),
    ] as [(Double, String)])
  func plainText(number: Double, text: String) {
    #expect(NumberText.plain(number) == text)
  }

  @Test(
    arguments: [
      (1.2345, 3, "1.234"), (2.71828, 6, "2.718280"), (3, 6, "3.000000"), (123, 0, "123"), (3.5001, 0, "4"),
      (3.4999, 0, "3"),
      (2.5, 0, "2"), (3.5, 0, "4"), (0.5, 0, "0"), (1.5, 0, "2"), (0.25, 1, "0.2"), (0.75, 1, "0.8"),
      (123.4999, 3, "123.500"),
      (-123.4999, 3, "-123.500"), (-123.4994, 3, "-123.499"), (0.06, 1, "0.1"), (0.006, 1, "0.0"), (-0.001, 2, "-0.00"),
      (9.999, 2, "10.00"), (99.5, 0, "100"), (0.1, 20, "0.10000000000000000555"),
      (1e22, 1, "10000000000000000000000.0"),
      (.nan, 2, "NaN"), (.infinity, 2, "Infinity"), (-.infinity, 2, "-Infinity"), (0, 2, "0.00"),
    ] as [(Double, Int, String)])
  func fixed(number: Double, precision: Int, text: String) {
    #expect(NumberText.fixed(number, precision: precision) == text)
  }

  @Test(
    arguments: [
      (1052.032911275, 6, "1.052033e+03"), (2.71828, 6, "2.718280e+00"), (2, 6, "2.000000e+00"), (0, 2, "0.00e+00"),
      (-3.14, 1, "-3.1e+00"), (9.99, 1, "1.0e+01"), (1e100, 0, "1e+100"), (.leastNonzeroMagnitude, 3, "4.941e-324"),
      (0.00012, 1, "1.2e-04"),
      (2.5, 0, "2e+00"), (.nan, 1, "NaN"),
    ] as [(Double, Int, String)])
  func scientific(number: Double, precision: Int, text: String) {
    #expect(NumberText.scientific(number, precision: precision) == text)
  }

  @Test func agreesWithTheCLibrary() {
    var generator = SeededGenerator(seed: 754)
    for _ in 0..<3000 {
      let number = Double(bitPattern: generator.next())
      guard number.isFinite else { continue }
      let precision = Int.random(in: 0...40, using: &generator)
      #expect(NumberText.fixed(number, precision: precision) == String(format: "%.\(precision)f", number))
      #expect(NumberText.scientific(number, precision: precision) == String(format: "%.\(precision)e", number))
      #expect(Double(NumberText.text(number)) == number)
      #expect(Double(NumberText.plain(number)) == number)
      let small = Double.random(in: -1000...1000, using: &generator)
      #expect(NumberText.fixed(small, precision: precision) == String(format: "%.\(precision)f", small))
    }
  }

  @Test(arguments: [
    ("0", 0), ("-0.0", -0.0), ("123", 123), ("+1.5", 1.5), ("6.02214e23", 6.02214e23), ("-84.32E7", -843_200_000),
    (".5", 0.5),
    ("1e-400", 0), ("Infinity", .infinity), ("-Infinity", -.infinity), ("inf", .infinity), ("+INF", .infinity),
  ])
  func readsDoubles(text: String, number: Double) {
    #expect(NumberText.double(text) == number)
  }

  @Test func readsNotANumber() throws {
    #expect(try #require(NumberText.double("NaN")).isNaN)
    #expect(try #require(NumberText.double("nan")).isNaN)
    #expect(try #require(NumberText.double("-0")).sign == .minus)
  }

  @Test(arguments: [
    "", " ", ".", "e5", "1e", "--1", "+-1", "1e400", "-1e400", "0x10", "0x1p3", "1_000", "1,5", " 1", "1 ", "1f",
    "nan(1)",
    "infinit", "١", "1\0", "1e+-5", "1.2.3",
  ])
  func refusesDoubles(text: String) {
    #expect(NumberText.double(text) == nil)
  }

  @Test func readsIntegers() {
    #expect(NumberText.int("-9223372036854775808") == .min)
    #expect(NumberText.int("+5") == 5)
    #expect(NumberText.uint("18446744073709551615") == .max)
    for text in ["", " 1", "1.0", "9223372036854775808", "0x1", "1_0", "١", "-", "1e3", "1u"] {
      #expect(NumberText.int(text) == nil)
    }
    for text in ["", "-1", "-0", "+1", "18446744073709551616", "1u", "١"] { #expect(NumberText.uint(text) == nil) }
  }
}
