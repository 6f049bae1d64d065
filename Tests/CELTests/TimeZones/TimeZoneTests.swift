import Testing

@testable import CEL

struct TimeZoneTests {
  @Test(arguments: [
    ("UTC", 0), ("+00:00", 0), ("-00:00", 0), ("+05:30", 19_800), ("-08:00", -28_800), ("02:00", 7200),
    ("-00:30", -1800), ("-09:30", -34_200), ("+14:00", 50_400), ("23:59", 86_340),
  ])
  func fixedOffsets(name: String, seconds: Int64) throws {
    #expect(try TimeZone(name).offset(at: 0) == seconds)
  }

  @Test(arguments: [
    "", " ", "utc", "+5:30", "+05:3", "+0530", "+05", "05", "+24:00", "+05:60", "++05:30", "+-05:30", "+05:30:00",
    "+0a:00", "+٠٥:٣٠", ":", "+:", "05:30 ", "../UTC", "Europe/../UTC", "../../../etc/passwd", "/etc/passwd",
    "/usr/share/zoneinfo/UTC", "Europe//Paris", "Europe/", "/", ".", "..", "Europe/Paris\0", "Europe/Paris\0.txt",
    "europe/paris", "localtime", "posixrules", "right/UTC", "posix/UTC", "tzdata.zi", "Europe/Pa ris", "Europe/Päris",
    "Europe\\Paris",
  ])
  func refusesWhatIsNoName(name: String) {
    #expect(throws: TimeZoneError.invalid(name)) { try TimeZone(name) }
  }
}

/// Times in places of the system's database.
@Suite(.enabled(if: SystemTimeZones.isPresent, "the system has no time zone database"))
struct NamedTimeZoneTests {
  @Test(arguments: [
    // Daylight saving time begins and ends, as recorded.
    ("Europe/Paris", "2024-03-31T00:59:59Z", 3600), ("Europe/Paris", "2024-03-31T01:00:00Z", 7200),
    ("Europe/Paris", "2024-10-27T00:59:59Z", 7200), ("Europe/Paris", "2024-10-27T01:00:00Z", 3600),
    // The same by the rule for the future.
    ("Europe/Paris", "2100-03-28T00:59:59Z", 3600), ("Europe/Paris", "2100-03-28T01:00:00Z", 7200),
    ("Europe/Paris", "2100-10-31T00:59:59Z", 7200), ("Europe/Paris", "2100-10-31T01:00:00Z", 3600),
    ("Australia/Sydney", "2009-02-13T23:31:30Z", 39_600), ("Australia/Sydney", "2100-07-01T00:00:00Z", 36_000),
    ("Australia/Sydney", "2100-01-01T00:00:00Z", 39_600), ("US/Central", "2009-02-13T23:31:30Z", -21_600),
    ("America/Los_Angeles", "2023-12-25T00:00:00Z", -28_800), ("America/St_Johns", "2009-02-13T23:31:30Z", -12_600),
    ("Asia/Kathmandu", "2009-02-13T23:31:30Z", 20_700),
    ("America/Argentina/Buenos_Aires", "2020-01-01T00:00:00Z", -10_800),
    ("Etc/GMT+5", "2020-01-01T00:00:00Z", -18_000), ("CET", "2020-07-01T00:00:00Z", 7200),
    ("GMT", "2020-07-01T00:00:00Z", 0),
    // The other way round: winter is the exception.
    ("Europe/Dublin", "2100-07-01T00:00:00Z", 3600), ("Europe/Dublin", "2100-01-01T00:00:00Z", 0),
    // Local mean time, before zones were agreed.
    ("Europe/Paris", "1800-01-01T00:00:00Z", 561), ("Europe/Paris", "0001-01-01T00:00:00Z", 561),
  ])
  func offsets(name: String, time: String, seconds: Int64) throws {
    let timestamp = try #require(Timestamp(parsing: time))
    let zone = try TimeZone(name)
    #expect(zone.offset(at: timestamp.seconds) == seconds)
    // From memory this time.
    #expect(try TimeZone(name).offset(at: timestamp.seconds) == seconds)
  }

  @Test(arguments: ["Mars/Olympus_Mons", "Z", "Europe", "America/Argentina", "Paris"])
  func unknownNames(name: String) {
    #expect(throws: TimeZoneError.unknown(name)) { try TimeZone(name) }
  }
}

enum SystemTimeZones {
  static let isPresent = (try? TimeZoneDatabase.system.history(of: "Etc/UTC")) != nil
}
