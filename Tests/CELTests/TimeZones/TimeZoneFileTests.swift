import Foundation
import Testing

@testable import CEL

struct TimeZoneFileTests {
  /// A file with two offsets: 600 s, from 1000 on 1200 s; `footer` from there on.
  private func file(
    version: Character = "2", times: [Int64] = [1000], types: [UInt8] = [1], leapSeconds: UInt32 = 0,
    footer: String = "\n\n"
  ) -> [UInt8] {
    func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
      stride(from: number.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
    }
    func header(_ counts: [UInt32]) -> [UInt8] {
      Array("TZif\(version)".utf8) + [UInt8](repeating: 0, count: 15) + counts.flatMap { bytes($0) }
    }
    let old =
      header([1, 1, 0, 1, 1, 4]) + bytes(Int32(5)) + [0] + bytes(Int32(7)) + [0, 0] + Array("LMT\0".utf8) + [0, 0]
    let counts: [UInt32] = [2, 2, leapSeconds, UInt32(times.count), 2, 8]
    var data = times.flatMap { bytes($0) } + types
    data += bytes(Int32(600)) + [0, 0] + bytes(Int32(1200)) + [1, 4]
    data += Array("AAA\0BBB\0".utf8) + [UInt8](repeating: 0, count: Int(leapSeconds) * 12 + 4)
    return old + header(counts) + data + Array(footer.utf8)
  }

  @Test func readsTheSecondPart() throws {
    let history = try TimeZoneFile.history(file())
    #expect([Int64.min, 999, 1000, .max].map { history.offset(at: $0) } == [600, 600, 1200, 1200])
    #expect(history.rule == nil)
  }

  @Test func theRuleHoldsAfterTheLastTransition() throws {
    let history = try TimeZoneFile.history(file(version: "4", footer: "\nXXX-2\n"))
    #expect([999, 1000].map { history.offset(at: $0) } == [600, 7200])
    let withoutTransitions = try TimeZoneFile.history(file(times: [], types: [], footer: "\nXXX-2\n"))
    #expect(withoutTransitions.offset(at: .min) == 7200)
    #expect(try TimeZoneFile.history(file(times: [], types: [])).offset(at: 0) == 600)
  }

  @Test(arguments: [
    (TimeZoneFile.Damage.notATimeZone, Array("# tzdb data for Europe and environs".utf8)),
    (.malformed, Array("TZi".utf8)), (.malformed, []),
  ])
  func refusesWhatIsNoZone(damage: TimeZoneFile.Damage, bytes: [UInt8]) {
    #expect(throws: damage) { try TimeZoneFile.history(bytes) }
  }

  @Test func refusesDamage() {
    #expect(throws: TimeZoneFile.Damage.oldVersion) { try TimeZoneFile.history(file(version: "\0")) }
    #expect(throws: TimeZoneFile.Damage.leapSeconds) { try TimeZoneFile.history(file(leapSeconds: 1)) }
    #expect(throws: TimeZoneFile.Damage.malformed) { try TimeZoneFile.history(file(types: [2])) }
    #expect(throws: TimeZoneFile.Damage.malformed) { try TimeZoneFile.history(file(times: [5, 5], types: [0, 1])) }
    for footer in ["", "\n", "\nXXX-2", "XXX-2\n", "\nXXX-99\n"] {
      #expect(throws: TimeZoneFile.Damage.malformed) { try TimeZoneFile.history(file(footer: footer)) }
    }
    let whole = file(footer: "\nXXX-2\n")
    for count in 0..<whole.count {
      #expect(throws: TimeZoneFile.Damage.self) { try TimeZoneFile.history(Array(whole.prefix(count))) }
    }
  }

  @Test func randomChangesNeverCrash() {
    var generator = SeededGenerator(seed: 9636)
    for _ in 0..<2000 {
      var bytes = file(footer: "\nEST5EDT,M3.2.0,M11.1.0\n")
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      _ = try? TimeZoneFile.history(bytes).offset(at: .random(in: -62_135_596_800...253_402_300_799, using: &generator))
    }
  }
}

struct TimeZoneDatabaseTests {
  @Test func aMachineWithoutDatabaseIsSaidSo() {
    let database = TimeZoneDatabase(folders: ["/nonexistent/zoneinfo", "/nonexistent/other"])
    #expect(throws: TimeZoneError.noDatabase("Europe/Paris", folders: database.folders)) {
      try database.history(of: "Europe/Paris")
    }
    #expect(
      TimeZoneError.noDatabase("Europe/Paris", folders: database.folders).description
        == "time zone 'Europe/Paris' can't be looked up: there is no time zone database in /nonexistent/zoneinfo or "
        + "/nonexistent/other; install the package tzdata, or give an offset such as '+05:30'")
  }

  @Test func aDamagedFileIsNamed() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("TZif2".utf8).write(to: folder.appending(path: "Atlantis"))
    let error = #expect(throws: TimeZoneError.self) {
      try TimeZoneDatabase(folders: ["/nonexistent", folder.path]).history(of: "Atlantis")
    }
    #expect(error?.description == "time zone 'Atlantis' can't be used: \(folder.path)/Atlantis is damaged")
  }
}
