import CEL
import Testing

struct DurationTests {
  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("+0", 0), ("0s", 0), ("1h2m3.5s", 3_723_500_000_000), ("-1.5h", -5_400_000_000_000),
      ("+1h", 3_600_000_000_000), ("100ms", 100_000_000), ("1us", 1000), ("1\u{B5}s", 1000), ("1\u{3BC}s", 1000),
      ("1ns", 1), ("1.9ns", 1), ("-1.9ns", -1), (".5s", 500_000_000), ("1.s", 1_000_000_000),
      ("1m1ms", 60_001_000_000), ("1s1h", 3_601_000_000_000), ("0.000000001s", 1), ("1h34us", 3_600_000_034_000),
      ("9223372036.854775807s", .max), ("-9223372036.854775808s", .min), ("9223372036854775807ns", .max),
      ("0.333333333333333333h", 1_199_999_999_999), ("00000000000000000000001s", 1_000_000_000),
      ("0.1000000000000000000000001s", 100_000_000),
    ] as [(String, Int64)])
  func readsGoFormat(text: String, nanoseconds: Int64) {
    #expect(Duration(parsing: text) == Duration(nanoseconds: nanoseconds))
  }

  @Test(arguments: [
    "", "-", "+", "s", ".s", "1", "-1", "00", "0.0", "1.5", "1d", "1w", "1S", "1H", "1 s", " 1s", "1s ", "--1s", "1-s",
    "1h-2m", "1.2.3s", "1e3s", "1,5s", "1mss", "infinity", "P1D", "١s", "1s\0",
    "9223372036854775808ns", "-9223372036854775809ns", "9223372036.854775808s", "320000000000s", "3000000h",
    "18446744073709551616ns", "99999999999999999999999s", "9223372036854775807ns1ns",
  ])
  func refuses(text: String) {
    #expect(Duration(parsing: text) == nil)
  }

  @Test(
    arguments: [
      (0, "0s"), (1_000_000_000, "1s"), (6_347_000_000_000, "6347s"), (60_001_000_000, "60.001s"),
      (-500_000_000, "-0.5s"), (1, "0.000000001s"), (123_321_456_789, "123.321456789s"),
      (.max, "9223372036.854775807s"), (.min, "-9223372036.854775808s"),
    ] as [(Int64, String)])
  func textIsDecimalSeconds(nanoseconds: Int64, text: String) {
    #expect(Duration(nanoseconds: nanoseconds).text == text)
    #expect(Duration(parsing: text)?.nanoseconds == nanoseconds)
  }

  @Test func secondsAreLimited() {
    #expect(Duration(seconds: 9_223_372_036)?.nanoseconds == 9_223_372_036_000_000_000)
    #expect(Duration(seconds: -9_223_372_036)?.nanoseconds == -9_223_372_036_000_000_000)
    #expect(Duration(seconds: 9_223_372_037) == nil)
    #expect(Duration(seconds: -9_223_372_037) == nil)
  }

  @Test func sumsOutsideTheRangeAreErrors() {
    let (least, most, one) = (
      Duration(nanoseconds: .min), Duration(nanoseconds: .max), Duration(nanoseconds: 1)
    )
    #expect(one.adding(one) == Duration(nanoseconds: 2))
    #expect(one.subtracting(most) == Duration(nanoseconds: 2 - .max - 1))
    #expect(most.adding(one) == nil)
    #expect(least.adding(Duration(nanoseconds: -1)) == nil)
    #expect(least.subtracting(one) == nil)
    #expect(Duration(nanoseconds: 0).subtracting(least) == nil)
    #expect(least.negated == nil)
    #expect(most.negated == Duration(nanoseconds: -.max))
  }

  @Test func comparesByLength() {
    let ordered = [Int64.min, -1, 0, 1, .max].map { Duration(nanoseconds: $0) }
    #expect(ordered.reversed().sorted() == ordered)
  }
}
