import Foundation
import Inventory
import TestSupport
import Testing

/// Token records, as they come and damaged in every way, against Foundation's JSONDecoder: the same ones are refused,
/// and the others say the same of every field, whichever of the two readers they take.
struct TokenRecordsAgainstFoundationTests {
  private static let dates = ["2026-01-15T08:00:00.000Z", "2026-03-03T00:00:00Z", "2026-08-30T00:00:00.000+01:00"]

  @Test(arguments: 0..<8)
  func recordsAreReadAlike(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let folder = try TemporaryFolder()
    var (accepted, refused) = (0, 0)
    for index in 0..<400 {
      let record = DamagedTokenRecord(index, dates: Self.dates, &random)
      guard !record.isReadOtherwiseByFoundation else { continue }
      let expected = Self.reference(record.bytes)
      for reader in Self.readers {
        let token = try reader(record.bytes, folder)
        let description = "\(String(decoding: record.bytes, as: UTF8.self))"
        #expect((token == nil) == (expected == nil), "\(description)")
        if let token, let expected {
          #expect(ReferenceToken(token, id: expected.id) == expected.without(record.repeated), "\(description)")
        }
      }
      if expected == nil { refused += 1 } else { accepted += 1 }
    }
    #expect(accepted > 120)
    #expect(refused > 40)
  }

  /// Nil for what is no JSON. Foundation takes a comma before a closing bracket, which RFC 8259 does not have.
  private static func reference(_ bytes: [UInt8]) -> ReferenceToken? {
    let text = String(decoding: bytes, as: UTF8.self)
    let withoutStrings = text.replacing(#/"(?:[^"\\]|\\.)*"/#, with: "0")
    if withoutStrings.contains(#/,\s*[\]}]/#) { return nil }
    return try? JSONDecoder().decode(ReferenceToken.self, from: Data(bytes))
  }

  /// Each gives nil for what is no JSON.
  private static let readers: [@Sendable ([UInt8], TemporaryFolder) throws -> APIToken?] = [
    { bytes, _ in
      var scanner = JSONScanner(bytes)
      var builder = TokenTableBuilder()
      do throws(JSONError) {
        try builder.append(&scanner)
        try scanner.finish()
      } catch {
        return nil
      }
      return builder.build()[0]
    },
    { bytes, folder in
      let lines = [
        Array(SnapshotLines.header.utf8), Array(#"{"kind":"api-token","record":"#.utf8) + bytes + Array("}".utf8),
        Array(SnapshotLines.trailer(counts: (1, 0, 0), records: (1, 0, 0)).utf8), [],
      ]
      let path = try folder.write(Array(lines.joined(separator: [0x0A])), to: "snapshot.jsonl")
      do {
        return try SnapshotFile.read(path, allowPartial: false).tokens[0]
      } catch SnapshotFile.Failure.snapshot {
        return nil
      }
    },
  ]
}

/// A hostile record with some of its bytes changed, or some of its members.
private struct DamagedTokenRecord {
  private(set) var bytes: [UInt8]
  /// A name that stands twice.
  private(set) var repeated: String?

  init(_ index: Int, dates: [String], _ random: inout SeededRandom) {
    // A record in which nothing is repeated, or cut by a line feed.
    repeat {
      bytes = Array(HostileTokenRecord(index, dates: dates, &random).json.utf8)
    } while Self.repeatedNames(bytes) != []
    switch Int.random(in: 0..<6, using: &random) {
    case 0: break
    case 1: insertMember(&random)
    case 2: repeatMember(&random)
    default: for _ in 0...Int.random(in: 0..<3, using: &random) { damage(&random) }
    }
  }

  private mutating func damage(_ random: inout SeededRandom) {
    let pieces: [[UInt8]] =
      [[0xFF], [0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3], [0x1F], [0x7F], [0x0D]]
      + [
        "\"", "\\", "{", "}", "[", "]", ":", ",", "0", "-", ".", "e", "\\u0041", "\\ud83d\\ude00", "é", "😀", " ", "\t",
      ]
      .map { Array($0.utf8) }
    let place = Int.random(in: 0...bytes.count, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0, 1: bytes.insert(contentsOf: random.pick(pieces), at: place)
    case 2 where place < bytes.count: bytes.replaceSubrange(place...place, with: random.pick(pieces))
    case 3 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 4 where place < bytes.count: bytes.remove(at: place)
    default: bytes.removeSubrange(max(0, bytes.count - Int.random(in: 0..<20, using: &random))...)
    }
  }

  private mutating func insertMember(_ random: inout SeededRandom) {
    let nesting = random.pick([1, 100, 200])
    let value = random.pick([
      "12345678901234567890", "-0", "01", "1.", "0.1e-7", "1E+2", "+1", "nul", "truee", "\"\\x\"", "[1,]", "{\"a\":1,}",
      "{\"a\" 1}", "\"\u{1}\"", #""\uD800\uDC00""#, #""\u12g4""#, "'a'", "NaN", "[ ]", "{ }", #"{"id":"x"}"#,
      String(repeating: "[", count: nesting) + String(repeating: "]", count: nesting),
      String(repeating: "{\"a\":", count: nesting) + "1" + String(repeating: "}", count: nesting),
      String(repeating: "[", count: nesting) + String(repeating: "]", count: nesting - 1),
    ])
    let name = random.pick([#""new""#, #""i\u0064s""#, #""""#, #""labels""#, #""user.id""#, "\"é\"", "new"])
    insert(name + ":" + value, &random)
  }

  private mutating func repeatMember(_ random: inout SeededRandom) {
    guard let name = Self.names(bytes).filter(ReferenceToken.names.contains).randomElement(using: &random) else {
      return
    }
    repeated = name
    let spelled = random.oneIn(3) ? "\\u00" + String(name.utf8.first ?? 0, radix: 16) + name.dropFirst() : name
    insert("\"\(spelled)\":" + random.pick(["null", "7", #""x""#, "[]", #"{"id":"u1"}"#]), &random)
  }

  private mutating func insert(_ member: String, _ random: inout SeededRandom) {
    guard let first = bytes.first, first == UInt8(ascii: "{") else { return }
    let isEmpty = Self.names(bytes).isEmpty
    if random.oneIn(2) || isEmpty {
      bytes.insert(contentsOf: Array((member + (isEmpty ? "" : ",")).utf8), at: 1)
    } else if let last = bytes.lastIndex(of: UInt8(ascii: "}")) {
      bytes.insert(contentsOf: Array(("," + member).utf8), at: last)
    }
  }

  /// The names of a record's members.
  private static func names(_ bytes: [UInt8]) -> [String] {
    guard case .object(let members)? = try? JSONValue(parsing: bytes) else { return [] }
    return members.map(\.name)
  }

  /// Names that are repeated anywhere in the record.
  private static func repeatedNames(_ bytes: [UInt8]) -> [String] {
    (try? JSONValue(parsing: bytes))?.repeatedName.map { [$0] } ?? []
  }

  /// Where Foundation is known to differ, and why.
  var isReadOtherwiseByFoundation: Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    // It takes text with zero bytes for UTF-16 or UTF-32 (RFC 4627), and skips a byte order mark, which no record has.
    if bytes.contains(0) || bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return true }
    // A line feed, white space in JSON, ends a line of a snapshot.
    if bytes.contains(0x0A) { return true }
    // It refuses the escape of half a surrogate pair, which RFC 8259 allows: here it reads as U+FFFD.
    if Self.hasLoneSurrogate(text) { return true }
    // It keeps one of the members that have the same name. Here both count as unknown; what is repeated inside of a
    // user, or came about by a change of bytes, is for other tests.
    return repeated == nil && !Self.repeatedNames(bytes).isEmpty
  }

  private static func hasLoneSurrogate(_ text: String) -> Bool {
    let pairs = text.replacing(#/(?i)\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}/#, with: "")
    return pairs.contains(#/(?i)\\ud[89a-f]/#)
  }
}
