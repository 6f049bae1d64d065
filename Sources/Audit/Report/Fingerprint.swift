package import Policy

/// The identity of a finding across runs: organization, rule, kind and id of the resource, percent-encoded and joined
/// by slashes; nothing that changes by itself.
package enum Fingerprint {
  package static func make(organization: String, rule: String, kind: ResourceKind, id: String) -> String {
    [organization, rule, kind.rawValue, id].map(percentEncoded).joined(separator: "/")
  }
}
