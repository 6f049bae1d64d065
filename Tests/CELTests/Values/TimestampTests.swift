import CEL
import Testing

struct TimestampTests {
  private static let first = Timestamp(seconds: -62_135_596_800, nanoseconds: 0)
  private static let last = Timestamp(seconds: 253_402_300_799, nanoseconds: 999_999_999)

  @Test func rangeIsTheYears1To9999() throws {
    #expect(try #require(Self.first).text == "0001-01-01T00:00:00Z")
    #expect(try #require(Self.last).text == "9999-12-31T23:59:59.999999999Z")
    #expect(Timestamp(seconds: -62_135_596_801) == nil)
    #expect(Timestamp(seconds: 253_402_300_800) == nil)
    #expect(Timestamp(seconds: 0, nanoseconds: -1) == nil)
    #expect(Timestamp(seconds: 0, nanoseconds: 1_000_000_000) == nil)
  }

  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0, 0),
      ("1969-12-31T23:59:59.75Z", -1, 750_000_000),
      ("2009-02-13T23:31:30Z", 1_234_567_890, 0),
      ("2009-02-14T05:01:30+05:30", 1_234_567_890, 0),
      ("2009-02-13T15:31:30.000000001-08:00", 1_234_567_890, 1),
      ("2009-02-13t23:31:30z", 1_234_567_890, 0),
      ("2000-02-29T00:00:00-00:00", 951_782_400, 0),
      ("2016-12-31T23:59:60Z", 1_483_228_800, 0),
      // What is finer than a nanosecond is cut off, not rounded.
      ("1970-01-01T00:00:00.9999999999Z", 0, 999_999_999),
      // The range holds for the instant in UTC, not for the date as written.
      ("0000-12-31T23:00:00-02:00", -62_135_596_800 + 3600, 0),
    ] as [(String, Int64, Int32)])
  func readsRFC3339(text: String, seconds: Int64, nanoseconds: Int32) {
    #expect(Timestamp(parsing: text) == Timestamp(seconds: seconds, nanoseconds: nanoseconds))
  }

  @Test(arguments: [
    "", "2009-02-13", "2009-02-13T23:31:30", "2009-02-13 23:31:30Z", "2009-02-13T23:31Z", "2009-02-13T23:31:30.Z",
    "2009-02-13T23:31:30,5Z", "2009-02-13T23:31:30Zjunk", " 2009-02-13T23:31:30Z", "2009-02-13T23:31:30+0530",
    "2009-02-13T23:31:30+05", "2009-02-13T23:31:30+24:00", "2009-02-13T23:31:30+05:60", "2009-2-13T23:31:30Z",
    "2009-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2009-13-01T00:00:00Z", "2009-00-01T00:00:00Z",
    "2009-04-31T00:00:00Z", "2009-04-00T00:00:00Z", "2009-02-13T24:00:00Z", "2009-02-13T23:60:00Z",
    "2009-02-13T23:31:61Z", "+2009-02-13T23:31:30Z", "２００９-02-13T23:31:30Z", "12009-02-13T23:31:30Z",
    "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
    "9999-12-31T23:59:60Z",
  ])
  func refuses(text: String) {
    #expect(Timestamp(parsing: text) == nil)
  }

  @Test(arguments: [
    "2026-03-01T00:00:00Z", "2026-03-01T01:02:03.5Z", "2026-03-01T00:00:00.000000001Z", "1969-12-31T23:59:59.25Z",
    "0001-01-01T00:00:00.1Z", "0999-12-31T00:00:00Z", "2024-02-29T12:00:00.123456Z",
  ])
  func textIsWhatWasRead(text: String) {
    #expect(Timestamp(parsing: text)?.text == text)
  }

  @Test func everyDayOfFourCenturiesSurvives() throws {
    var previous: Timestamp?
    for day in Int64(-150_000)...0 {
      let timestamp = try #require(Timestamp(seconds: day * 86_400))
      #expect(Timestamp(parsing: timestamp.text) == timestamp)
      if let previous { #expect(previous.text < timestamp.text) }
      previous = timestamp
    }
  }

  @Test func comparesSecondsThenNanoseconds() throws {
    let ordered = ["1969-12-31T23:59:59.5Z", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.5Z", "1970-01-01T00:00:01Z"]
      .compactMap { Timestamp(parsing: $0) }
    #expect(ordered.count == 4)
    #expect(ordered.reversed().sorted() == ordered)
  }

  @Test func addsAndSubtractsDurations() throws {
    let start = try #require(Timestamp(parsing: "0001-01-01T00:00:01.000000001Z"))
    let almostASecond = Duration(nanoseconds: 999_999_999)
    #expect(start.subtracting(almostASecond)?.text == "0001-01-01T00:00:00.000000002Z")
    #expect(start.adding(Duration(nanoseconds: -999_999_999))?.text == "0001-01-01T00:00:00.000000002Z")
    #expect(start.adding(almostASecond)?.text == "0001-01-01T00:00:02Z")
    let epoch = try #require(Timestamp(seconds: 0))
    #expect(epoch.subtracting(Duration(nanoseconds: 1))?.text == "1969-12-31T23:59:59.999999999Z")
    #expect(epoch.adding(Duration(nanoseconds: .max))?.text == "2262-04-11T23:47:16.854775807Z")
    #expect(epoch.subtracting(Duration(nanoseconds: .min))?.text == "2262-04-11T23:47:16.854775808Z")
    #expect(epoch.adding(Duration(nanoseconds: .min))?.text == "1677-09-21T00:12:43.145224192Z")
  }

  @Test func sumsOutsideTheRangeAreErrors() throws {
    let (first, last) = (try #require(Self.first), try #require(Self.last))
    #expect(last.adding(Duration(nanoseconds: 1)) == nil)
    #expect(last.subtracting(Duration(nanoseconds: -1)) == nil)
    #expect(last.adding(Duration(nanoseconds: .max)) == nil)
    #expect(first.adding(Duration(nanoseconds: -1)) == nil)
    #expect(first.subtracting(Duration(nanoseconds: 1)) == nil)
    #expect(first.subtracting(Duration(nanoseconds: .max)) == nil)
    #expect(last.duration(since: first) == nil)
    #expect(first.duration(since: last) == nil)
  }

  @Test func differencesReachEveryDuration() throws {
    for nanoseconds in [Int64.min, .min + 1, -1_000_000_001, -1, 0, 1, 999_999_999, 1_000_000_000, .max - 1, .max] {
      for start in ["2000-01-01T00:00:00Z", "2000-01-01T00:00:00.999999999Z", "1950-06-01T00:00:00.4Z"] {
        let start = try #require(Timestamp(parsing: start))
        let end = try #require(start.adding(Duration(nanoseconds: nanoseconds)))
        #expect(end.duration(since: start) == Duration(nanoseconds: nanoseconds))
      }
    }
    let start = try #require(Timestamp(parsing: "1677-09-21T00:12:43.145224192Z"))
    let end = try #require(Timestamp(parsing: "1970-01-01T00:00:00.000000001Z"))
    #expect(start.duration(since: end) == nil)
    #expect(end.duration(since: start) == nil)
  }
}
