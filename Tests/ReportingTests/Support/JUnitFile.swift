import TestSupport

/// A JUnit report, read back.
struct JUnitFile {
  struct Case {
    let className: String
    let name: String
    /// `failure`, `error`, `skipped`, or nil for a passed case.
    let result: String?
    let type: String?
    let message: String
    let body: String
  }

  let suite: [String: String]
  let properties: [(name: String, value: String)]
  let cases: [Case]
  /// The suite's children by name.
  let children: [String]
  /// The most results that a case has.
  let mostResults: Int

  init(_ bytes: [UInt8]) throws {
    let document = try ParsedXML(bytes)
    let root = document.elements[0]
    suite = root.attributes
    let children = document.children(of: root)
    self.children = children.map(\.name)
    properties = children.filter { $0.name == "properties" }.flatMap(document.children(of:)).map {
      ($0.attributes["name"] ?? "", $0.attributes["value"] ?? "")
    }
    let cases = children.filter { $0.name == "testcase" }
    mostResults = cases.map(\.children.count).max() ?? 0
    self.cases = cases.map { element in
      let result = document.children(of: element).first
      return Case(
        className: element.attributes["classname"] ?? "", name: element.attributes["name"] ?? "",
        result: result?.name, type: result?.attributes["type"], message: result?.attributes["message"] ?? "",
        body: result?.text ?? "")
    }
  }

  func count(_ result: String?) -> Int { cases.count { $0.result == result } }
}
