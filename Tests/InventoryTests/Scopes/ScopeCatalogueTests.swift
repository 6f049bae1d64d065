import Foundation
import Inventory
import TestSupport
import Testing

struct ScopeCatalogueTests {
  let catalogue = ScopeCatalogue.builtIn

  @Test func everyScopeOfTheCatalogueIsKnownAndClassified() {
    #expect(catalogue.all.count == 490)
    for scope in catalogue.all {
      #expect(scope.known)
      #expect(catalogue.scope(named: scope.name) == scope)
      #expect(scope.access.map { ["read", "write", "delete", "manage", "admin", "refresh"].contains($0) } == true)
      #expect(scope.family.map { ["jira", "confluence", "bitbucket", "admin", "platform"].contains($0) } == true)
      #expect(scope.privileged != nil)
      #expect(scope.deletes != nil)
      if scope.access == "delete" { #expect(scope.deletes == true, "\(scope.name)") }
      if scope.access == "read" { #expect(scope.deletes == false && scope.privileged == false, "\(scope.name)") }
    }
  }

  /// Ways in which the access of a scope reads in plain words.
  private static let verbs = [
    "read": ["Read", "View", "Search", "Download", "Check"],
    "delete": ["Delete", "Remove", "Revoke", "Take away", "Cancel", "Reset", "Unsubscribe"],
    "admin": ["Administer", "Read and change"], "refresh": ["Get new access"],
  ]

  @Test func everyScopeIsDescribedInPlainWords() throws {
    for scope in catalogue.all {
      let summary = try #require(scope.summary, "\(scope.name)")
      #expect((10...100).contains(summary.count), "\(scope.name): \(summary)")
      #expect(summary.first?.isUppercase == true && summary.last?.isLetter == true, "\(scope.name): \(summary)")
      #expect(!summary.contains(":") && !summary.contains("  "), "\(scope.name): \(summary)")
      if let verbs = Self.verbs[scope.access ?? ""] {
        #expect(verbs.contains { summary.hasPrefix($0) }, "\(scope.name): \(summary)")
      } else {
        #expect(!["Read ", "Delete "].contains { summary.hasPrefix($0) } || summary.hasPrefix("Read and change"))
      }
      if scope.deletes == true, scope.access != "delete" {
        #expect(summary.contains("delete") || summary.contains("remove"), "\(scope.name): \(summary)")
      }
    }
    #expect(catalogue.scope(named: "read:new-thing:jira").summary == nil)
  }

  @Test(.enabled(if: SharedMaterial.isPresent, "\(SharedMaterial.skipReason)"))
  func theCatalogueSaysWhatTheDocumentationSays() throws {
    let text = try String(contentsOf: SharedMaterial.file("admin-api/scopes.tsv"), encoding: .utf8)
    let rows = text.split(separator: "\n").dropFirst().map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rows.count == catalogue.all.count)
    for row in rows {
      let scope = catalogue.scope(named: row[0])
      #expect(scope.known && scope.product == row[1] && scope.access == row[3], "\(row[0])")
      #expect(scope.privileged == (row[4] == "yes"), "\(row[0])")
      #expect(scope.deletes == (row[5] == "yes" || row[3] == "delete"), "\(row[0])")
    }
  }

  @Test(arguments: [
    ("write:jira-work", "jira", "write", false, true),
    ("write:board-scope.admin:jira-software", "jira", "write", true, false),
    ("readonly:content.attachment:confluence", "confluence", "read", false, false),
    ("validate:jql:jira", "jira", "read", false, false), ("send:notification:jira", "jira", "write", false, false),
    ("admin:repository:bitbucket", "bitbucket", "admin", true, false),
    ("read:tokens:admin", "admin", "read", false, false),
    ("write:tokens:admin", "admin", "write", true, false), ("manage:org", "platform", "manage", true, false),
  ])
  func knownTraps(_ name: String, _ family: String, _ access: String, _ privileged: Bool, _ deletes: Bool) {
    let scope = catalogue.scope(named: name)
    #expect(scope.known)
    #expect(scope.family == family)
    #expect(scope.access == access)
    #expect(scope.privileged == privileged)
    #expect(scope.deletes == deletes)
  }

  @Test(
    arguments: [
      ("read:new-thing:jira", "jira", "read", false, false),
      ("write:new-thing:confluence", "confluence", "write", false, nil),
      ("delete:new-thing:jira-software", "jira", "delete", false, true),
      ("manage:new-thing:jira", "jira", "manage", true, nil),
      ("admin:new-thing:bitbucket", "bitbucket", "admin", true, nil),
      ("write:new-thing:admin", "admin", "write", true, nil),
      ("delete:new-thing:admin", "admin", "delete", true, true),
      ("read:new-thing.admin:jira", "jira", "read", false, false),
      ("read:servicedesk-new", "jira", "read", false, false), ("read:jira-new", "jira", "read", false, false),
      ("write:new-thing:rovo", nil, "write", false, nil), ("read:new-thing", nil, "read", false, false),
    ] as [(String, String?, String, Bool, Bool?)])
  func aNewScopeIsClassifiedByItsName(
    _ name: String, _ family: String?, _ access: String, _ privileged: Bool, _ deletes: Bool?
  ) {
    let scope = catalogue.scope(named: name)
    #expect(!scope.known)
    #expect(scope.family == family)
    #expect(scope.access == access)
    #expect(scope.privileged == privileged)
    #expect(scope.deletes == deletes)
  }

  @Test(arguments: [
    "", ":", "::", "grant", "read", "grant:new-thing:jira", "READ:new-thing:jira", " read:new-thing:jira", ":read:jira",
  ])
  func whatNeitherCatalogueNorNameExplainsIsUnknown(_ name: String) {
    let scope = catalogue.scope(named: name)
    #expect(!scope.known)
    #expect(scope.access == nil)
    #expect(scope.privileged == nil)
    #expect(scope.deletes == nil)
  }

  @Test func theProductOfAnUnknownVerbIsStillTold() {
    #expect(catalogue.scope(named: "grant:new-thing:jira").family == "jira")
    #expect(catalogue.scope(named: "grant").family == nil)
    #expect(catalogue.scope(named: "grant:new-thing:admin").family == "admin")
    #expect(catalogue.scope(named: "new-thing:admin").family == nil)
  }
}
