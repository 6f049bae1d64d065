import Testing

@testable import CEL

struct DurationComponentTests {
  @Test(
    arguments: [
      ("3h", .hours, 3), ("10000s", .hours, 2), ("-10000s", .hours, -2), ("-59m", .hours, 0), ("3730s", .minutes, 62),
      ("-90s", .minutes, -1), ("3730s", .seconds, 3730), ("1.999s", .seconds, 1), ("-1.999s", .seconds, -1),
      ("1.234s", .milliseconds, 234), ("123.321456789s", .milliseconds, 321), ("-1.234s", .milliseconds, -234),
      ("999us", .milliseconds, 0), ("1h", .milliseconds, 0),
    ] as [(String, DurationComponent, Int64)])
  func components(text: String, component: DurationComponent, value: Int64) throws {
    #expect(try #require(Duration(parsing: text)).component(component) == value)
  }
}
