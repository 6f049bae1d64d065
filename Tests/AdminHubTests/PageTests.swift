import Foundation
import Inventory
import TestSupport
import Testing

@testable import AdminHub

@Suite("Pages")
struct PageTests {
  private func page(_ text: String, _ paging: Endpoint.Paging = .linksNext) throws -> Page {
    try Page(.apiTokens, paging, body: Array(text.utf8))
  }

  private func digests(_ page: Page) -> [RecordDigest] {
    page.records.map { RecordDigest($0, in: JSONScanner(page.body)) }
  }

  @Test(
    "A bare cursor, null, an empty text or nothing in `links`",
    arguments: [
      (#""links":{"self":"a","next":"b"}"#, Page.Continuation.next(cursor: "b")),
      (#""links":{"self":"a","next":null}"#, .last), (#""links":{"self":"a","next":""}"#, .last),
      (#""links":{"self":"a"}"#, .last), (#""links":{}"#, .last),
    ])
  func linksNext(member: String, expected: Page.Continuation) throws {
    #expect(try page(#"{"data":[],\#(member)}"#).continuation == expected)
  }

  @Test(
    "What says nothing about the next page is not the last",
    arguments: [
      #"{"data":[]}"#, #"{"data":[],"links":null}"#, #"{"data":[],"links":"next"}"#, #"{"data":[],"links":{"next":7}}"#,
      #"{"data":[],"links":{"next":{"href":"x"}}}"#, #"{"data":[],"links":{"next":"https://example.com/next"}}"#,
      #"{"data":[],"links":{"next":"https://example.com/next?cursor="}}"#,
    ])
  func unknown(text: String) throws {
    guard case .unknown = try page(text).continuation else {
      Issue.record("taken for known")
      return
    }
    if text.contains("links") {
      guard case .unknown = try page(text, .metaNext).continuation else {
        Issue.record("taken for known")
        return
      }
    }
  }

  @Test(
    "A URL counts for its cursor alone",
    arguments: [
      ("https://api.atlassian.com/x?cursor=abc", "abc", "api.atlassian.com"),
      ("https://evil.example.com:8443/steal?x=1&cursor=a%2Bb%3D%3D#f", "a+b==", "evil.example.com:8443"),
      ("http://h?cursor=a%zz", "a%zz", "h"), ("//not-a-scheme?cursor=x", "//not-a-scheme?cursor=x", nil),
      ("a:b", "a:b", nil), ("eyJwIjoxfQ==", "eyJwIjoxfQ==", nil),
    ])
  func urls(next: String, cursor: String, host: String?) throws {
    let page = try page(#"{"data":[],"links":{"next":"\#(next)"}}"#)
    #expect(page.continuation == .next(cursor: cursor))
    #expect(page.nextHost == host)
  }

  @Test("In Organizations v1 the cursor in meta counts before the URL, and either will do")
  func metaNext() throws {
    let both = #"{"data":[],"meta":{"next":"m"},"links":{"next":"https://h/x?cursor=l"}}"#
    #expect(try page(both, .metaNext).continuation == .next(cursor: "m"))
    let link = #"{"data":[],"meta":{"next":null},"links":{"next":"https://h/x?cursor=l"}}"#
    #expect(try page(link, .metaNext).continuation == .next(cursor: "l"))
    let none = #"{"data":[],"meta":{"next":null,"page_size":25},"links":{"next":null}}"#
    #expect(try page(none, .metaNext).continuation == .last)
    #expect(try page(#"{"data":[],"meta":{"page_size":25}}"#, .metaNext).continuation == .last)
    let readable = #"{"data":[],"meta":{"next":"m"},"links":{"next":9}}"#
    #expect(try page(readable, .metaNext).continuation == .next(cursor: "m"))
  }

  @Test("In API Access a cursor in meta counts too, but meta alone says nothing about the end")
  func linksThenMeta() throws {
    let both = #"{"data":[],"meta":{"next":"m"},"links":{"next":"l"}}"#
    #expect(try page(both).continuation == .next(cursor: "l"))
    for links in [#""links":{},"#, #""links":{"next":null},"#, ""] {
      let page = try page(#"{"data":[],\#(links)"meta":{"next":"m"}}"#)
      #expect(page.continuation == .next(cursor: "m"))
    }
    guard case .unknown = try page(#"{"data":[],"meta":{"next":null}}"#).continuation else {
      Issue.record("taken for known")
      return
    }
    #expect(try page(#"{"data":[],"links":{},"errors":[]}"#).continuation == .last)
  }

  @Test("The same records with white space, and with escapes, are the same records as those without")
  func spacedRecords() throws {
    let records = [
      #"{"id":"t-1","label":"größe","user":{"id":"u-1","name":null},"scopes":[]}"#,
      #"{"label":"without id","n":[1.50]}"#,
      #"{"id":"t-3","id":"t-4"}"#, #"{"id":""}"#, #"{"id":7}"#, "{}", "[]", #""text""#, "null",
    ]
    let plain = try page(#"{"data":[\#(records.joined(separator: ","))],"links":{"next":"0123456789abcdef"}}"#)
    let spaced = records.map {
      " " + $0.replacing(":", with: " : ").replacing(",", with: "\n,").replacing("{", with: "{ ") + "\t"
    }
    let other = try page(#"{"data":[\#(spaced.joined(separator: ","))],"links":{"next":"0123456789abcdef"}}"#)
    #expect(plain.records.count == records.count)
    #expect(digests(plain) == digests(other))
    #expect(plain.records.map(\.id?.range.count) == [3, nil, nil, nil, nil, nil, nil, nil, nil])
    #expect(other.records.map(\.id?.range.count) == plain.records.map(\.id?.range.count))
    #expect(zip(plain.records, records).allSatisfy { $0.extent.range.count == $1.utf8.count })
    let escaped = try page(#"{"data":[{"i\u0064":"t-1"},{"id":"t-\u0031"}],"links":{"next":"0123456789abcdef"}}"#)
    let unescaped = try page(#"{"data":[{"id":"t-1"},{"id":"t-1"}],"links":{"next":"0123456789abcdef"}}"#)
    #expect(digests(escaped).map(\.id) == digests(unescaped).map(\.id))
  }

  @Test(
    "What has no list of records is refused",
    arguments: [
      "", "[]", "{}", #"{"data":null}"#, #"{"data":{}}"#, #"{"data":[]"#, #"{"data":[]}x"#, #"{"data":[],"data":[1]}"#,
      #"{"data":[],"links":{"next":"a"},"links":{}}"#, #"{"data":[],"meta":{"next":"a"},"meta":{"next":null}}"#,
      #"{"data":[],"links":{"next":"a","next":null}}"#,
      #"{"data":[],"links":{},"errors":[{"status":"503"}]}"#, #"{"data":[],"links":{},"errors":{"title":"failed"}}"#,
      "<html></html>", #"{"data":[{"id":"a"},]}"#,
    ])
  func malformed(text: String) {
    #expect(throws: JSONError.self) { try page(text) }
  }

  @Test("A record's id, or a digest where it has none that can be read")
  func identities() throws {
    let records = [
      #"{"id":"a","x":{"id":"inner"}}"#, #"{"id":"\u0061"}"#, #"{"x":1}"#, #"{"id":7}"#, #"{"id":""}"#,
      #"{"id":"a","id":"b"}"#, "5", #"{"id":null}"#, #"{"id":"a","id":7}"#,
    ]
    let digests = digests(try page(#"{"data":[\#(records.joined(separator: ","))],"links":{}}"#))
    let ids = ["a", "a"] + records.dropFirst(2).map { digestIdentity(of: $0.utf8) }
    #expect(digests.map(\.id) == ids.map(RecordDigest.digest))
    #expect(Set(ids).count == 8)
  }

  @Test("White space between a record's tokens does not change its content")
  func content() throws {
    let page = try page(#"{"data":[{"id":"a","b":[1, 2]},{ "id" : "a", "b":[1,2] },{"id":"a","b":[1,3]}],"links":{}}"#)
    let digests = digests(page)
    #expect(page.records.map(\.extent.hasWhitespace) == [true, true, false])
    #expect(digests[0].content == digests[1].content)
    #expect(digests[0].content != digests[2].content)
  }

  @Test("Any two contents that differ are told apart, whatever their lengths")
  func differences() throws {
    let texts = (0..<40).flatMap { count in
      let start = String(repeating: "x", count: count)
      return [start, start + "y", start + "\\u0000"]
    }
    let records = texts.map { #"{"id":"a","b":"\#($0)"}"# }.joined(separator: ",")
    let digests = digests(try page(#"{"data":[\#(records)],"links":{}}"#))
    #expect(Set(digests.map(\.content)).count == Set(texts).count)
    #expect(Set(digests.map(\.id)).count == 1)
  }

  @Test("Every sample of the documented shapes is read", .enabled(if: SharedMaterial.isPresent, "no shared material"))
  func samples() throws {
    func body(_ name: String) throws -> [UInt8] {
      Array(try Data(contentsOf: SharedMaterial.file("admin-api/samples/\(name)")))
    }
    func read(_ name: String, _ list: CollectedList, _ paging: Endpoint.Paging) throws -> Page {
      let page = try Page(list, paging, body: try body(name))
      var builder = SnapshotBuilder()
      for record in page.records {
        var scanner = JSONScanner(page.body, in: record.extent.range)
        let id = try #require(try builder.append(list, &scanner))
        #expect(RecordDigest(record, in: scanner).id == RecordDigest.digest(of: id))
      }
      return page
    }
    let tokens = try read("api-tokens.page1.json", .apiTokens, .linksNext)
    #expect(tokens.records.count == 3 && tokens.continuation == .next(cursor: "eyJwIjoxfQ"))
    #expect(try read("api-tokens.page2-last.json", .apiTokens, .linksNext).continuation == .last)
    #expect(try read("api-tokens.2024-shape-no-scopes.json", .apiTokens, .linksNext).continuation == .last)
    #expect(try read("api-tokens.empty.json", .apiTokens, .linksNext).records.isEmpty)
    #expect(try read("api-keys.page1-last.json", .apiKeys, .linksNext).records.count == 3)
    let policies = try read("policies.org-v1.page1.json", .policies, .metaNext)
    #expect(policies.continuation == .next(cursor: "b3BhcXVl") && policies.nextHost == "api.atlassian.com")
    #expect(try read("policies.org-v1.page2-last.json", .policies, .metaNext).continuation == .last)
    #expect(try read("policies.control-v1.json", .policies, .metaNext).records.count == 2)
    let folder = try SharedMaterial.file("admin-api/samples")
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix(".json") {
      _ = try JSONValue(parsing: try body(file))
    }
  }
}
