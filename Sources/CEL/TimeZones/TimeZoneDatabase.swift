internal import Files

/// The compiled IANA time zone database of the system: a folder with one file for each name.
struct TimeZoneDatabase {
  /// Where to look, in this order.
  let folders: [String]

  static let system = TimeZoneDatabase(folders: ["/usr/share/zoneinfo", "/etc/zoneinfo"])

  /// The largest file has some kilobytes.
  private static let fileLimit = 1 << 20

  /// Reads the zone called `name`. No name leads out of the folders.
  func history(of name: String) throws(TimeZoneError) -> TimeZoneHistory {
    guard Self.isName(name) else { throw .invalid(name) }
    for folder in folders {
      let bytes: [UInt8]
      do {
        bytes = try readFile("\(folder)/\(name)", limit: Self.fileLimit)
      } catch {
        // A folder is the first part of names: `America`.
        if error.reason == .notFound || error.reason == .notRegularFile { continue }
        throw .unreadable(name, reason: error.message)
      }
      do throws(TimeZoneFile.Damage) {
        return try TimeZoneFile.history(bytes)
      } catch {
        throw .unreadable(name, reason: "\(folder)/\(name) \(error.explanation)")
      }
    }
    throw isMissing ? .noDatabase(name, folders: folders) : .unknown(name)
  }

  /// Every release of the database has a file for UTC.
  private var isMissing: Bool {
    folders.allSatisfy { folder in (try? readFile("\(folder)/Etc/UTC", limit: Self.fileLimit)) == nil }
  }

  /// Whether the text has the form of a name in the database: parts that begin with a capital letter. Files beside the
  /// zones, such as `localtime` and `right/UTC`, begin with small ones.
  private static func isName(_ text: String) -> Bool {
    text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
      guard let first = part.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else { return false }
      return part.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
    }
  }
}
