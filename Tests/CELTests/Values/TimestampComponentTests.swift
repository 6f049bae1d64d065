import Testing

@testable import CEL

struct TimestampComponentTests {
  @Test(
    arguments: [
      (.fullYear, 2009), (.month, 1), (.date, 13), (.dayOfMonth, 12), (.dayOfWeek, 5), (.dayOfYear, 43), (.hours, 23),
      (.minutes, 31), (.seconds, 30), (.milliseconds, 123),
    ] as [(TimestampComponent, Int64)])
  func inUTC(component: TimestampComponent, value: Int64) throws {
    let timestamp = try #require(Timestamp(parsing: "2009-02-13T23:31:30.123999999Z"))
    #expect(timestamp.component(component) == value)
  }

  @Test(
    arguments: [
      (.fullYear, 1969), (.month, 11), (.date, 31), (.dayOfMonth, 30), (.dayOfWeek, 3), (.dayOfYear, 364), (.hours, 23),
      (.minutes, 59), (.seconds, 59), (.milliseconds, 999),
    ] as [(TimestampComponent, Int64)])
  func before1970(component: TimestampComponent, value: Int64) throws {
    let timestamp = try #require(Timestamp(parsing: "1969-12-31T23:59:59.999999999Z"))
    #expect(timestamp.component(component) == value)
  }

  @Test func anOffsetMovesTheDate() throws {
    let timestamp = try #require(Timestamp(parsing: "2008-12-31T23:31:30Z"))
    let east = try TimeZone("+05:30")
    #expect(timestamp.component(.fullYear, in: east) == 2009)
    #expect(timestamp.component(.dayOfYear, in: east) == 0)
    #expect(timestamp.component(.hours, in: east) == 5)
    #expect(timestamp.component(.minutes, in: east) == 1)
    #expect(timestamp.component(.dayOfYear) == 365)
    #expect(timestamp.component(.dayOfYear, in: try TimeZone("-23:59")) == 364)
  }

  @Test func theYearCanLeaveTheRangeOfTimestamps() throws {
    let first = try #require(Timestamp(parsing: "0001-01-01T00:00:00Z"))
    #expect(first.component(.fullYear, in: try TimeZone("-00:01")) == 0)
    #expect(first.component(.dayOfYear, in: try TimeZone("-00:01")) == 365)
    let last = try #require(Timestamp(parsing: "9999-12-31T23:59:59Z"))
    #expect(last.component(.fullYear, in: try TimeZone("+00:01")) == 10_000)
  }

  @Test func weekdaysFollowEachOther() throws {
    for day in Int64(-1000)...1000 {
      let timestamp = try #require(Timestamp(seconds: day * 86_400))
      #expect(timestamp.component(.dayOfWeek) == ((day + 4) % 7 + 7) % 7)
    }
  }

  @Test func namesAreThoseOfTheLanguage() {
    #expect(
      TimestampComponent.allCases.map(\.rawValue) == [
        "getFullYear", "getMonth", "getDate", "getDayOfMonth", "getDayOfWeek", "getDayOfYear", "getHours",
        "getMinutes", "getSeconds", "getMilliseconds",
      ])
  }
}
