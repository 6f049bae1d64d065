import Foundation

/// Texts as somebody would choose them who wants to break a reader: what labels and names have to be expected to hold.
package enum HostileTexts {
  /// One or two of each kind, always there.
  package static let own: [String] = [
    "", "   ", "  name  ", "a<b>&c\"d'e", "x]]>y", "&lol9;<!DOCTYPE x>", "&#0; &amp;lt;", "a\0b",
    text(0x1, 0x2, 0x8, 0x9, 0xA, 0xB, 0xC, 0xD, 0xE, 0x1A, 0x1B, 0x1F), "a\u{7F}\u{80}\u{85}\u{9B}31mb",
    text(0x61, 0xFFFE, 0xFFFF, 0x62), text(0xFDD0, 0x10FFFF), "user\u{202E}gpj.exe\u{202C}",
    "ad\u{200B}min\u{2060}\u{FEFF}\u{AD}",
    "hi\u{E0041}\u{E007F}", "a\u{2028}b\u{2029}c", "line1\nline2\r\nline3\rline4", "a|b", "a\\|b", "a\\\\|b\\",
    "`a``b```c`", "```\n</details>\n# owned\n", "<img src=x onerror=alert(1)>", "<!-- ", "[x](javascript:alert(1))",
    "![x](https://evil.example/b.png)", "https://evil.example www.evil.example admin@evil.example", "@octocat #1",
    "__proto__ *x* ~~y~~", "# PASS", "| :-- | --: |", "=HYPERLINK(\"https://evil.example\",\"ok\")", "+1+1", "-2+3",
    "@SUM(1,1)", "\t=1+1", " =1+1", "\u{FF1D}1+1", "a\"b,c;d\te", "x\",=1+1,\"y", "\u{1B}[31mPASS\u{1B}[0m",
    "\u{1B}]8;;https://evil.example\u{7}click\u{1B}]8;;\u{7}", "FAIL\rPASS", "x\n::error file=a.c,line=1::owned",
    "::set-env name=PATH::/tmp", "  ::stop-commands::tok", "##[set-output name=a;]b", "###[group]x",
    "##vso[task.setvariable variable=x]y", "##VSO[x]y", "##teamcity[buildProblem description='x']", "100%0A::error::x",
    "a,b:c=d", "[[ATTACHMENT|../../secret]]", "</script><script>alert(1)</script>", "\" onmouseover=\"alert(1)",
    "\"\u{301} onmouseover=alert(1) x=\"\u{301}", "<\u{338}img src=x onerror=alert(1)>", "'\u{20DD}&\u{301}lt;",
    "`\u{301} a|\u{301}b `\u{301}", "%\u{301}0A,\u{301}:\u{301}:\u{301}", "=\u{301}1+1",
    "{{constructor.constructor('alert(1)')()}} {0} {1}", "</style><style>*{display:none}", "[text](1)", "a b/%2e?d#e:f",
    "\u{6F22}\u{5B57}\u{FF21}\u{FF22}", "ok \u{1F600} \u{1F469}\u{200D}\u{1F4BB} e\u{301} \u{E9}",
    "Z" + String(repeating: "\u{300}", count: 500), String(repeating: "A", count: 1000),
    String(repeating: "B|`<", count: 3000), "\u{FFFD}", "NO", "null", "NaN", "00123",
  ]

  private static func text(_ values: UInt32...) -> String {
    String(String.UnicodeScalarView(values.compactMap(Unicode.Scalar.init)))
  }

  /// The whole of the shared collection, `formats/hostile.json`.
  package static func collection() throws -> [String] {
    let data = try Data(contentsOf: SharedMaterial.file("formats/hostile.json"))
    return values(in: String(decoding: data, as: UTF8.self))
  }

  /// The strings after each `"value":`. Some hold lone surrogates, which JSON parsers refuse and which become U+FFFD
  /// here, as in any Swift string.
  private static func values(in json: String) -> [String] {
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
