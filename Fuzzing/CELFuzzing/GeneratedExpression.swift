/// A well-typed expression that bytes choose: every input is one, and a small change of the input is a small change of
/// the expression, which is what a fuzzer needs.
struct GeneratedExpression {
  /// The variables that expressions use, with their types.
  static let variables = [
    ("flag", "bool"), ("number", "int"), ("count", "uint"), ("ratio", "double"), ("name", "string"),
    ("octets", "bytes"), ("at", "timestamp"), ("span", "duration"), ("numbers", "list"), ("table", "map"),
    ("anything", "dyn"),
  ]

  private var choices: ArraySlice<UInt8>
  private var locals: [(name: String, type: String)] = []

  /// The expression that the bytes choose.
  static func text(_ bytes: [UInt8]) -> String {
    var generator = GeneratedExpression(choices: bytes[...])
    let type = generator.choose(Array(templates.keys).sorted())
    return generator.expression(type, depth: 5)
  }

  private mutating func choose<Element>(_ elements: [Element]) -> Element {
    elements[Int(choices.popFirst() ?? 0) % elements.count]
  }

  private mutating func expression(_ type: String, depth: Int) -> String {
    if depth == 0 || choices.isEmpty { return leaf(type) }
    let general = [
      "(<bool> ? <\(type)> : <\(type)>)", "cel.bind(x, <int>, <+x:int><\(type)><->)", "optional.of(<\(type)>).value()",
    ]
    return fill(choose((Self.templates[type] ?? []) + general), depth: depth)
  }

  private mutating func leaf(_ type: String) -> String {
    let names = (locals + Self.variables).filter { $0.1 == type }.map(\.0)
    return choose(names + (Self.literals[type] ?? []))
  }

  /// `<int>` is an expression of type int; between `<+x:int>` and `<->` there is a variable x.
  private mutating func fill(_ template: String, depth: Int) -> String {
    var text = ""
    var rest = template[...]
    while let opening = rest.firstIndex(of: "<") {
      text += rest[..<opening]
      let closing = rest[opening...].firstIndex(of: ">") ?? rest.index(before: rest.endIndex)
      let hole = rest[rest.index(after: opening)..<closing]
      rest = rest[rest.index(after: closing)...]
      if hole.first == "+" {
        let parts = hole.dropFirst().split(separator: ":")
        locals.append((String(parts[0]), String(parts[1])))
      } else if hole == "-" {
        locals.removeLast()
      } else {
        text += expression(String(hole), depth: depth - 1)
      }
    }
    return text + rest
  }

  private static let literals: [String: [String]] = [
    "bool": ["true", "false"],
    "int": ["0", "1", "-1", "7", "9223372036854775807", "-9223372036854775808", "100"],
    "uint": ["0u", "3u", "18446744073709551615u"],
    "double": ["0.0", "-1.5", "1e308", "(0.0 / 0.0)", "5e-324", "(1.0 / 0.0)"],
    "string": ["''", "'a'", "'héllo'", "'\\U0001F600'", "'10'", "'2026-03-01T00:00:00Z'", "'1h'", "'%s %d'", "'a,b'"],
    "bytes": ["b''", "b'\\xff\\x00'", "b'abc'"],
    "timestamp": ["timestamp(0)", "timestamp('9999-12-31T23:59:59.999999999Z')", "timestamp('0001-01-01T00:00:00Z')"],
    "duration": ["duration('1s')", "duration('-2562047h')", "duration('1ns')"],
    "list": ["[]", "[1, 2, 3]", "[-1]", "lists.range(5)"],
    "map": ["{}", "{'a': 1}", "{'': 0, 'é': -5}"],
    "dyn": [
      "dyn(1)", "dyn('a')", "dyn([])", "dyn({1: 2})", "dyn(null)", "dyn(optional.none())", "dyn(1.5)", "dyn(int)",
    ],
  ]

  private static let templates: [String: [String]] = [
    "bool": [
      "(<bool> && <bool>)", "(<bool> || <bool>)", "!(<bool>)", "(<int> == <int>)", "(<double> != <double>)",
      "(<dyn> == <dyn>)", "(<dyn> >= <dyn>)", "(<string> > <string>)", "(<timestamp> >= <timestamp>)",
      "(<int> in <list>)", "(<string> in <map>)", "(<dyn> in <dyn>)", "<list>.all(e, <+e:int><bool><->)",
      "<list>.exists(i, e, <+e:int><bool><->)", "<map>.exists_one(k, <+k:string><bool><->)",
      "<dyn>.exists(d, <+d:dyn><bool><->)", "<string>.matches(<string>)", "<string>.contains(<string>)",
      "<string>.startsWith(<string>)", "<string>.endsWith(<string>)", "has(table.a)", "has(anything.a)",
      "bool(<string>)",
      "isIP(<string>)", "isCIDR(<string>)", "sets.contains(<list>, <list>)", "bool(<dyn>)",
    ],
    "int": [
      "(<int> + <int>)", "(<int> - <int>)", "(<int> * <int>)", "(<int> / <int>)", "(<int> % <int>)", "-(<int>)",
      "size(<string>)", "size(<list>)", "size(<map>)", "size(<bytes>)", "int(<double>)", "int(<string>)", "int(<uint>)",
      "int(<timestamp>)", "int(<dyn>)", "<timestamp>.getDayOfYear()", "<timestamp>.getHours(<string>)",
      "<duration>.getMilliseconds()", "<list>[<int>]", "<map>[<string>]", "math.greatest(<list>)",
      "math.bitShiftLeft(<int>, <int>)", "math.abs(<int>)", "<string>.indexOf(<string>, <int>)", "table.a",
      "<list>.first().orValue(<int>)", "<list>[?<int>].orValue(<int>)", "math.least(<int>, <int>, <int>)",
    ],
    "uint": [
      "(<uint> + <uint>)", "(<uint> - <uint>)", "(<uint> * <uint>)", "uint(<int>)", "uint(<double>)", "uint(<dyn>)",
    ],
    "double": [
      "(<double> + <double>)", "(<double> / <double>)", "double(<int>)", "double(<string>)", "math.sqrt(<double>)",
      "math.round(<double>)", "math.trunc(<double>)", "double(<dyn>)",
    ],
    "string": [
      "(<string> + <string>)", "string(<int>)", "string(<double>)", "string(<timestamp>)", "string(<duration>)",
      "string(<bytes>)", "string(<dyn>)", "<string>.substring(<int>)", "<string>.substring(<int>, <int>)",
      "<string>.replace(<string>, <string>, <int>)", "<string>.charAt(<int>)",
      "<string>.split(<string>).join(<string>)",
      "<string>.format([<dyn>, <double>, <list>])", "'%.3f|%e|%x'.format([<double>, <double>, <int>])",
      "'%s'.format([<dyn>])", "<string>.reverse()", "<string>.upperAscii()", "<string>.trim()",
      "strings.quote(<string>)",
      "base64.encode(<bytes>)", "string(ip(<string>))", "string(cidr(<string>).masked())",
    ],
    "bytes": ["(<bytes> + <bytes>)", "bytes(<string>)", "base64.decode(<string>)"],
    "timestamp": [
      "(<timestamp> + <duration>)", "(<timestamp> - <duration>)", "timestamp(<string>)", "timestamp(<int>)",
      "timestamp(<dyn>)",
    ],
    "duration": [
      "(<timestamp> - <timestamp>)", "(<duration> + <duration>)", "(<duration> - <duration>)", "duration(<string>)",
    ],
    "list": [
      "[<int>, <int>]", "(<list> + <list>)", "<list>.map(e, <+e:int><int><->)", "<list>.filter(e, <+e:int><bool><->)",
      "<list>.map(e, <+e:int><bool>, <int><->)", "<list>.transformList(i, e, <+e:int><int><->)", "<list>.sort()",
      "<list>.distinct()", "<list>.slice(<int>, <int>)", "<list>.reverse()", "lists.range(<int>)",
      "[[<int>]].flatten()",
      "<list>.sortBy(e, <+e:int><dyn><->)", "[?<list>[?<int>], <int>]",
    ],
    "map": [
      "{<string>: <int>}", "{<string>: <int>, <string>: <int>}", "<map>.transformMap(k, v, <+v:int><int><->)",
      "<map>.transformMapEntry(k, v, <+k:string>{k + <string>: <int>}<->)", "{?<string>: <map>[?<string>]}",
    ],
    "dyn": [
      "dyn(<int>)", "dyn(<string>)", "dyn(<list>)", "dyn(<map>)", "(<dyn> + <dyn>)", "(<dyn> - <dyn>)", "<dyn>[<dyn>]",
      "<dyn>.a", "dyn(<timestamp>)", "dyn([<dyn>, <bool>])", "dyn({<dyn>: <dyn>})", "dyn(type(<dyn>))",
      "<dyn>.map(d, <+d:dyn><dyn><->)", "dyn(optional.of(<dyn>))", "<dyn>.optMap(d, <+d:dyn><dyn><->)", "<dyn>.value()",
      "math.greatest(<dyn>, <dyn>)", "size(<dyn>)", "dyn(<uint>)", "dyn(<bytes>)",
    ],
  ]
}
