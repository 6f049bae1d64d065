import Foundation
import Testing
import XMLWriting

/// A collection of hostile texts that is not part of the package: `formats/hostile.json` in the folder that
/// `TOKENREEVE_SHARED` names, else in `shared` beside the package.
private let collection: URL? = {
  let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let folder =
    ProcessInfo.processInfo.environment["TOKENREEVE_SHARED"].map { URL(fileURLWithPath: $0) }
    ?? package.deletingLastPathComponent().appendingPathComponent("shared")
  let file = folder.appendingPathComponent("formats/hostile.json")
  return FileManager.default.isReadableFile(atPath: file.path) ? file : nil
}()

struct HostileTextTests {
  @Test(.enabled(if: collection != nil, "formats/hostile.json is not there; name its folder in TOKENREEVE_SHARED"))
  func collectionSurvives() throws {
    let data = try Data(contentsOf: #require(collection))
    let texts = values(in: String(decoding: data, as: UTF8.self))
    #expect(texts.count > 100)
    for text in texts {
      let expected = text.unicodeScalars.map { scalar in
        let isForbidden =
          (scalar.value < 0x20 && ![9, 10, 13].contains(scalar.value)) || [0xFFFE, 0xFFFF].contains(scalar.value)
        return isForbidden ? "\u{FFFD}" : scalar
      }
      let read = try roundTrip(text)
      #expect(read.map { Array($0.text.unicodeScalars) } == expected)
      #expect(read?.attributes["value"].map { Array($0.unicodeScalars) } == expected)
    }
  }

  /// The strings after each `"value":`. Some hold lone surrogates, which JSON parsers refuse and which become U+FFFD
  /// here, as in any Swift string.
  private func values(in json: String) -> [String] {
    json.matches(of: /"value": "((?:[^"\\]|\\.)*)"/).map { match in
      var units: [UInt16] = []
      var rest = Substring(match.output.1).utf16[...]
      while let unit = rest.popFirst() {
        guard unit == UInt16(UInt8(ascii: "\\")), let escape = rest.popFirst() else {
          units.append(unit)
          continue
        }
        switch UInt8(truncatingIfNeeded: escape) {
        case UInt8(ascii: "u"):
          let digits = String(decoding: rest.prefix(4), as: UTF16.self)
          units.append(UInt16(digits, radix: 16) ?? 0)
          rest = rest.dropFirst(4)
        case UInt8(ascii: "n"): units.append(10)
        case UInt8(ascii: "r"): units.append(13)
        case UInt8(ascii: "t"): units.append(9)
        case UInt8(ascii: "b"): units.append(8)
        case UInt8(ascii: "f"): units.append(12)
        default: units.append(escape)
        }
      }
      return String(decoding: units, as: UTF16.self)
    }
  }
}
