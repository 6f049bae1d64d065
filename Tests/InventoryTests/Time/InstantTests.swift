import Foundation
import Inventory
import TestSupport
import Testing

struct InstantTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.999Z", -1), ("2026-03-01T00:00:00Z", 1_772_323_200_000),
    ("2026-03-01t00:00:00z", 1_772_323_200_000), ("2026-03-01T01:00:00+01:00", 1_772_323_200_000),
    ("2026-02-28T14:30:00-09:30", 1_772_323_200_000), ("2026-03-01T01:00:00+0100", 1_772_323_200_000),
    ("2026-03-01T00:00:00.1Z", 1_772_323_200_100), ("2026-03-01T00:00:00.123456789Z", 1_772_323_200_123),
    ("2026-03-01T00:00:00.9999Z", 1_772_323_200_999), ("2024-02-29T00:00:00Z", 1_709_164_800_000),
    ("2000-02-29T12:00:00-00:00", 951_825_600_000), ("2016-12-31T23:59:60Z", 1_483_228_800_000),
    ("2017-01-01T00:59:60+01:00", 1_483_228_800_000), ("0001-01-01T00:00:00Z", -62_135_596_800_000),
    ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
  ])
  func dateTimesOfRFC3339AreRead(_ text: String, _ milliseconds: Int64) {
    #expect(Instant(text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "", "2026", "2026-03-01", "2026-03-01T00:00Z", "2026-03-01T00:00:00", "2026-03-01 00:00:00Z", "2026-3-1T00:00:00Z",
    "2026-00-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-00T00:00:00Z", "2026-03-32T00:00:00Z",
    "2026-02-29T00:00:00Z",
    "2100-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T00:60:00Z",
    "2026-03-01T00:00:61Z",
    "2026-03-01T12:30:60Z", "2026-03-01T23:59:60+01:00", "2026-03-01T00:00:00.Z", "2026-03-01T00:00:00,5Z",
    "2026-03-01T00:00:00+1:00", "2026-03-01T00:00:00+24:00", "2026-03-01T00:00:00+01:60", "2026-03-01T00:00:00+01",
    "2026-03-01T00:00:00Zx",
    " 2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z ", "2026-03-01T00:00:00 Z", "-026-03-01T00:00:00Z",
    "12026-03-01T00:00:00Z",
    "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "9999-12-31T23:59:60Z",
    "1772323200",
    "２０２６-03-01T00:00:00Z", "2026-03-01T00:00:00\u{0}Z", "2026-03-01T00:00:00ZZ", "2026-03-01T00:00:00.12 Z",
    "2026-03-01T00:00:00." + String(repeating: "1", count: 80) + "Z",
  ])
  func anythingElseIsNoInstant(_ text: String) {
    #expect(Instant(text) == nil)
  }

  @Test func theTextIsReadBackAsTheSameInstant() {
    var random = SeededRandom(seed: 4)
    for _ in 0..<5000 {
      let instant = Instant(milliseconds: Int64.random(in: -62_135_596_800_000...253_402_300_799_999, using: &random))
      #expect(Instant(instant.text) == instant, "\(instant.text)")
    }
  }

  @Test func everyDayOfFourCenturiesIsTheDayThatFoundationSaysItIs() {
    let formatter = ISO8601DateFormatter()
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    for day in stride(from: -146_097 / 2, through: 146_097 / 2, by: 1) {
      let instant = Instant(milliseconds: Int64(day) * 86_400_000)
      let expected = formatter.string(from: Date(timeIntervalSince1970: Double(day) * 86_400))
      #expect(instant.text == expected)
      #expect(Instant(expected) == instant)
    }
  }

  @Test func earlierIsLess() throws {
    #expect(try #require(Instant("2026-03-01T00:00:00Z")) < #require(Instant("2026-03-01T00:00:00.001Z")))
  }

  @Test func dayAndClockAreThoseOfUTC() throws {
    let instant = try #require(Instant("1969-12-31T23:05:09.250Z"))
    #expect(instant.dateText == "1969-12-31")
    #expect(instant.clockText == "23:05:09")
    #expect(instant.text == "1969-12-31T23:05:09.250Z")
  }
}
