/// What can go wrong on request, by the name that `--fault` takes.
package enum Fault: String, CaseIterable, Sendable {
  // What passes when the request is sent again.
  case rateLimit = "rate-limit"
  case rateLimitSeconds = "rate-limit-seconds"
  case rateLimitDate = "rate-limit-date"
  case rateLimitBare = "rate-limit-bare"
  case serverError = "server-error"
  case htmlError = "html-error"
  case badJSON = "bad-json"
  case stall
  case truncate
  case reset

  // What slows down.
  case latency
  case slowBody = "slow-body"

  // What stays wrong.
  case outage
  case wrongShape = "wrong-shape"
  case hugeBody = "huge-body"
  case emptyNotFound = "empty-404"
  case redirect
  case keysRefused = "keys-refused"
  case policiesRefused = "policies-refused"
  case keyExpiresMidway = "key-expires-midway"

  // Paging and counts.
  case foreignNext = "foreign-next"
  case cursorLoop = "cursor-loop"
  case endlessPages = "endless-pages"
  case duplicatePage = "duplicate-page"
  case changedDuplicate = "changed-duplicate"
  case missingPage = "missing-page"
  case emptyPage = "empty-page"
  case withoutLinks = "without-links"
  case wrongCount = "wrong-count"
  case countRefused = "count-refused"
  case drift

  // Records.
  case missingRecord = "missing-record"
  case absentScopes = "absent-scopes"
  case malformedDate = "malformed-date"
  case irregularFields = "irregular-fields"
}

extension Fault {
  /// What it does, in one line of a terminal.
  package var summary: String {
    switch self {
    case .rateLimit: "some requests get 429, with X-RateLimit-Reset"
    case .rateLimitSeconds: "some requests get 429, with Retry-After: seconds"
    case .rateLimitDate: "some requests get 429, with Retry-After: an HTTP date"
    case .rateLimitBare: "some requests get 429, without any hint"
    case .serverError: "some requests get 500, 502, 503, in a row of up to 3"
    case .htmlError: "some requests get 502 with HTML, in a row of up to 3"
    case .badJSON: "some answers are cut in the middle of their JSON, once"
    case .stall: "some answers stop after their headers, once"
    case .truncate: "some answers end before their announced length, once"
    case .reset: "some connections are reset during the answer, once"
    case .latency: "every answer takes 20 to 200 ms longer"
    case .slowBody: "some answers come in ten pieces within a second"
    case .outage: "after the first page of each list, pages get 503"
    case .wrongShape: "the token list is JSON without a list of records"
    case .hugeBody: "the token list has 80 MiB"
    case .emptyNotFound: "the policy list gets 404 without a body"
    case .redirect: "the token list redirects to a port that records"
    case .keysRefused: "the key's scopes don't open the key list"
    case .policiesRefused: "the key's scopes don't open the policy list"
    case .keyExpiresMidway: "after the first page of each list, pages get 401"
    case .foreignNext: "links to next pages name a port that records"
    case .cursorLoop: "the last page of each list leads back to the first"
    case .endlessPages: "the last page comes again under ever new cursors"
    case .duplicatePage: "the first page of each list comes twice"
    case .changedDuplicate: "the first page comes twice, one record changed"
    case .missingPage: "the second page of the token list is left out"
    case .emptyPage: "the second page of each list has no records"
    case .withoutLinks: "pages don't say whether another follows"
    case .wrongCount: "the count of tokens is 3 higher than their number"
    case .countRefused: "counts are refused"
    case .drift: "one token vanishes and two appear between pages"
    case .missingRecord: "one token is counted and never listed"
    case .absentScopes: "one token's scopes are not reported"
    case .malformedDate: "one token's expiry is no date"
    case .irregularFields: "fields are null, of another type, or undocumented"
    }
  }

  /// Faults that pass when a request is sent again, in the order in which they come when one request meets several.
  static let passing: [Fault] = [
    .rateLimit, .rateLimitSeconds, .rateLimitDate, .rateLimitBare, .serverError, .htmlError, .badJSON, .stall,
    .truncate, .reset,
  ]

  /// Faults between pages: they need more than one, so pages are kept small while one of these is on.
  var needsPages: Bool {
    switch self {
    case .outage, .keyExpiresMidway, .foreignNext, .cursorLoop, .endlessPages, .duplicatePage, .changedDuplicate,
      .missingPage, .emptyPage, .withoutLinks, .drift:
      true
    default: false
    }
  }

  /// Faults below HTTP, which a forwarder before the server brings about.
  var isBelowHTTP: Bool {
    switch self {
    case .stall, .slowBody, .truncate, .reset: true
    default: false
    }
  }

  /// Faults that point at another place, where nothing should ever arrive.
  var pointsElsewhere: Bool { self == .redirect || self == .foreignNext }
}
