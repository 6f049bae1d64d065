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
  /// What it does, in one line.
  package var summary: String {
    switch self {
    case .rateLimit: "some requests get 429 once or more, with X-RateLimit-Reset"
    case .rateLimitSeconds: "the same, with Retry-After in seconds"
    case .rateLimitDate: "the same, with Retry-After as an HTTP date"
    case .rateLimitBare: "the same, without any hint"
    case .serverError: "some requests get 500, 502 or 503, up to three times in a row"
    case .htmlError: "some requests get 502 with a page for people, up to three times in a row"
    case .badJSON: "some answers are cut in the middle of their JSON, once each"
    case .stall: "some answers stop after their headers, once each"
    case .truncate: "some answers end before their announced length, once each"
    case .reset: "some connections are reset during the answer, once each"
    case .latency: "every answer takes 20 to 200 ms longer"
    case .slowBody: "some answers come in ten pieces within a second"
    case .outage: "after the first page of each list, every request for it gets 503"
    case .wrongShape: "the token list is JSON, but holds no records where they should be"
    case .hugeBody: "the token list is larger than any client should take"
    case .emptyNotFound: "the policy list gets 404 without a body"
    case .redirect: "the token list redirects to another port, which records what it receives"
    case .keysRefused: "the key's scopes don't open the key list"
    case .policiesRefused: "the key's scopes don't open the policy list"
    case .keyExpiresMidway: "the key is refused from the second page of each list on"
    case .foreignNext: "links to next pages name another port, which records what it receives"
    case .cursorLoop: "the last page of each list leads back to the first"
    case .endlessPages: "the last page of each list comes again and again, each time with another cursor"
    case .duplicatePage: "the first page of each list comes twice"
    case .changedDuplicate: "the first page of each list comes twice, with one record changed"
    case .missingPage: "the second page of the token list is left out"
    case .emptyPage: "after the first page of each list comes one without records"
    case .withoutLinks: "pages don't say whether another follows"
    case .wrongCount: "the count of tokens is 3 higher than their number"
    case .countRefused: "counts are refused"
    case .drift: "one token vanishes and two appear while the list is read"
    case .missingRecord: "one token is counted and never listed"
    case .absentScopes: "one token's scopes are not reported"
    case .malformedDate: "one token's expiry is no date"
    case .irregularFields: "fields are null, of another type, or have values that nobody documented"
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
