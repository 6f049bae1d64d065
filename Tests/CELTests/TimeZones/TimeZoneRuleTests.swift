import Testing

@testable import CEL

struct TimeZoneRuleTests {
  private func offset(_ rule: String, _ time: String) throws -> Int64 {
    let timestamp = try #require(Timestamp(parsing: time))
    return try #require(TimeZoneRule(parsing: rule)).offset(at: timestamp.seconds)
  }

  @Test(arguments: [
    ("UTC0", 0), ("EST5", -18_000), ("<+0330>-3:30", 12_600), ("<-01>1", -3600), ("XXX-24", 86_400),
    ("LMT-0:09:21", 561), ("EST+5", -18_000),
  ])
  func standardTimeAlone(rule: String, seconds: Int64) throws {
    #expect(try offset(rule, "2024-07-01T00:00:00Z") == seconds)
  }

  @Test(arguments: [
    // The second Sunday of March and the first of November, at two o'clock.
    ("EST5EDT,M3.2.0,M11.1.0", "2024-03-10T06:59:59Z", -18_000),
    ("EST5EDT,M3.2.0,M11.1.0", "2024-03-10T07:00:00Z", -14_400),
    ("EST5EDT,M3.2.0,M11.1.0", "2024-11-03T05:59:59Z", -14_400),
    ("EST5EDT,M3.2.0,M11.1.0", "2024-11-03T06:00:00Z", -18_000),
    // The southern hemisphere, with an offset of its own.
    ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2024-01-01T00:00:00Z", 39_600),
    ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2024-04-06T14:59:59Z", 39_600),
    ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2024-04-06T15:00:00Z", 37_800),
    // The last Sunday, which is the fourth of that month.
    ("CET-1CEST,M2.5.0,M10.5.0/3", "2023-02-26T01:00:00Z", 7200),
    ("CET-1CEST,M2.5.0,M10.5.0/3", "2023-02-26T00:59:59Z", 3600),
    // Times beyond the day, both ways.
    ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2024-03-29T23:59:59Z", 7200),
    ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2024-03-30T00:00:00Z", 10_800),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-31T00:59:59Z", -7200),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-31T01:00:00Z", -3600),
    // Day 60 is the first of March with J, the 29th of February of a leap year (counted from 0: 59) without.
    ("AAA0BBB,J60/0,J300", "2024-02-29T23:59:59Z", 0), ("AAA0BBB,J60/0,J300", "2024-03-01T00:00:00Z", 3600),
    ("AAA0BBB,J60/0,J300", "2023-03-01T00:00:00Z", 3600), ("AAA0BBB,J59/0,J300", "2024-02-28T00:00:00Z", 3600),
    ("AAA0BBB,59/0,300", "2024-02-28T23:59:59Z", 0), ("AAA0BBB,59/0,300", "2024-02-29T00:00:00Z", 3600),
    ("AAA0BBB,59/0,300", "2023-03-01T00:00:00Z", 3600),
    // Saving all year round (RFC 9636, section 3.3.1), also where the years meet.
    ("EST5EDT,0/0,J365/25", "2024-01-01T03:59:59Z", -14_400), ("EST5EDT,0/0,J365/25", "2024-01-01T04:00:00Z", -14_400),
    ("EST5EDT,0/0,J365/25", "2024-07-01T00:00:00Z", -14_400), ("EST5EDT,0/0,J365/25", "2023-12-31T23:59:59Z", -14_400),
    // "Winter time" as a negative saving.
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2024-01-01T00:00:00Z", 0),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "2024-07-01T00:00:00Z", 3600),
  ])
  func daylightSavingTime(rule: String, time: String, seconds: Int64) throws {
    #expect(try offset(rule, time) == seconds)
  }

  @Test(arguments: [
    "", "5", "ES5", "EST", "<+03-3", "EST25", "EST5:60", "EST5:00:60", "EST5EDT", "EST5EDT4", "EST5,M3.2.0,M11.1.0",
    "EST5EDT,M3.2.0", "EST5EDT,M3.2.0,", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M0.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0",
    "EST5EDT,M3.0.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,M3.2,M11.1.0", "EST5EDT,J0,J300", "EST5EDT,J1,J366",
    "EST5EDT,366,1", "EST5EDT,M3.2.0/168,M11.1.0", "EST5EDT,M3.2.0/,M11.1.0", "EST5EDT,M3.2.0,M11.1.0x",
    "EST99999999999999999999",
  ])
  func refuses(rule: String) {
    #expect(TimeZoneRule(parsing: rule) == nil)
  }
}
