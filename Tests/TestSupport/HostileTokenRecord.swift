/// Token records as nobody documents them: members missing, null, of another type, twice, unheard of, with escapes and
/// white space, dates at the ends of what a date can be. Much of it is in order, so that one odd member is seen too.
package struct HostileTokenRecord {
  package let json: String

  /// Names that people and scope lists repeat, so that values are shared between records.
  private static let people = [
    #"{"id":"u1","orgId":"o","name":"Ada Park","email":"ada.park@example.com"}"#,
    #"{"id":"u1","orgId":"o","name":"Renamed","email":"ada.park@example.com"}"#,
    #"{"id":"u2","orgId":"o","name":"Bo Lind","email":"team@example.com"}"#,
    #"{"orgId":"o","id":"u2","email":"team@example.com","name":"Bo Lind"}"#,
    #"{"id":"u\u0033","name":"Chidi \"C\" Dorn"}"#, #"{"id":"u3"}"#, #"{"id":""}"#, #"{"id":null}"#, #"{"id":7}"#, "{}",
    #"{"id":"u4","email":"svc@example.com","extra":[1]}"#, #"{"id":"u4","id":"u5"}"#, #"{"id":"u5","name":7}"#,
    #"{"name":"Nobody","email":"ATATT3xFfGF0abcdefgh@example.com"}"#, #"{ "id" : "u6" }"#, #"{"id":"e\u0301"}"#,
    #"{"id":"\u00e9"}"#, "{\"id\":\"é\"}", "null", "7", #""u1""#, "[]",
    #"{"id":"712020:8b7511b0-dc22-4038-91ff-6fa13f11ebb9","orgId":"o","name":"Uma","email":"uma@example.com"}"#,
    #"{"id":"712020:8b7511b0-dc22-4038-91ff-6fa13f11ebb9","orgId":"o","name":"Uma","email":"uma2@example.com"}"#,
    #"{"id":"712020:8b7511b0-dc22-4038-91ff-6fa13f11ebba","orgId":"p","name":"Uma","email":"uma@example.com"}"#,
    #"{"id":"712021:8b7511b0-dc22-4038-91ff-6fa13f11ebb9","orgId":"o","name":"Uma","email":"uma@example.com"}"#,
    #"{"id":"712020:8B7511B0-DC22-4038-91FF-6FA13F11EBB9","orgId":"o","name":"Uma","email":"uma@example.com"}"#,
    #"{"id":"8b7511b0-dc22-4038-91ff-6fa13f11ebb9","name":"Uma \u0041"}"#,
    #"{"id":"712020:8b7511b0-dc22-4038-91ff-6fa13f11ebb9","orgId":"o","name":"U\u006da","email":"uma@example.com"}"#,
    #"{"id":"712020:8b7511b0-dc22-4038-91ff-6fa13f11ebb9","name":7}"#,
    #"{"id":"ug:8b7511b0-dc22-4038-91ff-6fa13f11ebbg"}"#, #"{"name":"Nobody"}"#, #"{"orgId":"o"}"#,
  ]
  private static let scopes = [
    "[]", "[ ]", #"["read:jira-work"]"#, #"["read:jira-work","write:jira-work"]"#,
    #"["read:jira-work", "write:jira-work"]"#,
    #"["write:jira-work","write:page:confluence","write:repository:bitbucket"]"#,
    #"["manage:org"]"#, #"["brew:coffee:kitchen"]"#, #"["delete:everything:confluence",""]"#, #"["read:\u006airra"]"#,
    #"["write:webhook:jira","read:page:confluence"]"#, #"["read:jira-work",null]"#, #"[7]"#, #""read:jira-work""#,
    "null", "{}", #"["admin:workspace:bitbucket"]"#,
    #"["read:jira-work","read:page:confluence","read:repository:bitbucket"]"#,
  ]
  private static let labels = [
    #""jira export 1""#, #""deploy""#, #""deploy""#, #""""#, #""my token""#, #""old: ATATT3xFfGF0abcdefgh""#, "null",
    "7", #""jenkins""#, #""a\"b\\c\n\u0000""#, "\"é 漢字 😀\"", #""\ud83d\ude00 \ud800""#, #""x""#,
  ]
  private static let statuses = [
    #""ALLOWED""#, #""ALLOWED""#, #""ALLOWED""#, #""ALLOWED""#, #""BLOCKED""#, #""BLOC\u212aED""#, #""blocked""#,
    "null",
    "7", #""\u0042LOCKED""#,
  ]
  private static let oddIDs = ["null", "7", #""""#, #""t\u002d1""#, #""74df0720-452f-44c4-82f3-6f20e02d0dc""#]
  /// Ids that nothing else has than the records of this index.
  private static func ids(_ index: Int) -> [String] {
    let digits = String(repeating: "0", count: 6 - String(index).count) + String(index)
    let uuid = "74df0720-452f-44c4-82f3-6f20e0\(digits)"
    return [
      "t-\(index)", uuid, uuid, uuid.uppercased(), uuid + "0", "x" + uuid.dropFirst(), uuid.replacing("-", with: "_"),
    ]
    .map { "\"\($0)\"" }
  }
  private static let oddDates = [
    "null", "7", #""""#, #""soon""#, #""2026-02-30T00:00:00Z""#, #""2026-05-01t00:00:00z""#, #""0001-01-01T00:00:00Z""#,
    #""9999-12-31T23:59:59.999Z""#, #""2262-04-11T23:47:16.854Z""#, #""2262-04-11T23:47:16.855Z""#,
    #""1677-09-21T00:12:43.145Z""#, #""2026-03-01T00:00:00.250+02:00""#, #""2026-03-01T00:00:00.2504Z""#,
    #""2026-12-31T23:59:60Z""#, #""2026-03-0\u0031T00:00:00Z""#, #""2026-13-01T00:00:00.000Z""#,
    #""2026-03-01T24:00:00.000Z""#, #""2026-03-01T00:00:00,000Z""#, #""1969-12-31T23:59:59.999Z""#,
    #""2026-03-01T00:00:00.000z""#, #""2026-03-01T00:00:00.123456Z""#, #""2026-03-01T00:00:00.5-09:30""#,
    #""2026-03-01T00:00:00.Z""#, #""2026-03-01T00:00:00+24:00""#, #""0001-01-01T00:00:00+01:00""#,
    #""9999-12-31T23:59:59-01:00""#, #""2026-03-01T00:00:00.123456789012Z""#, #""2026-03-01T00:00:00Zx""#,
    #""20a6-03-01T00:00:00.000Z""#, #""0000-03-01T00:00:00.000Z""#,
  ]

  /// - Parameters:
  ///   - index: makes the id, so that records can be told apart.
  ///   - dates: texts of dates around the instant of an audit.
  package init(_ index: Int, dates: [String], _ random: inout SeededRandom) {
    func date(_ random: inout SeededRandom) -> String {
      random.oneIn(6) ? random.pick(Self.oddDates) : "\"\(random.pick(dates))\""
    }
    var members = [
      ("id", random.oneIn(12) ? random.pick(Self.oddIDs) : random.pick(Self.ids(index))),
      ("label", random.pick(Self.labels)), ("status", random.pick(Self.statuses)), ("createdAt", date(&random)),
      ("expiresAt", date(&random)), ("lastActiveAt", date(&random)), ("user", random.pick(Self.people)),
      ("scopes", random.pick(Self.scopes)),
    ].filter { _ in !random.oneIn(8) }
    if random.oneIn(10) { members.append(("unheardOf", random.pick(["1.5e3", #"{"a":[null,"x"]}"#, "false"]))) }
    if random.oneIn(12), let member = members.randomElement(using: &random) { members.append(member) }
    if random.oneIn(3) { members.shuffle(using: &random) }
    let (colon, comma) = random.oneIn(12) ? (" : ", " , ") : (":", ",")
    let record = "{" + members.map { "\"\($0)\"\(colon)\($1)" }.joined(separator: comma) + "}"
    json = random.oneIn(60) ? random.pick(["[]", "null", "{}", #""t""#]) : record
  }
}
