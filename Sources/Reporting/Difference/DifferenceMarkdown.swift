import Audit
import Inventory
import Policy

/// A difference in GitHub's dialect of Markdown. Of each kind the first ones are shown; the JSON has all.
struct DifferenceMarkdown {
  private(set) var section = MarkdownSection()

  private static let limit = 200

  init(_ difference: Difference) {
    switch difference {
    case .reports(let reports): add(reports)
    case .snapshots(let snapshots): add(snapshots)
    }
  }

  private mutating func add(_ difference: ReportDifference) {
    section.paragraph("# tokenreeve: what changed between two reports")
    section.paragraph("\(difference.numbers).")
    section.table(
      ["Organization \(markdownCode(difference.new.organizationID))", "As of", "Policy", "Verdict"],
      [("first", difference.old, difference.oldVerdict), ("second", difference.new, difference.newVerdict)]
    ) { [$0.0, $0.1.auditedAt.readable, markdownCode($0.1.policyID), $0.2.rawValue] }
    section.bullets(difference.notes.map(markdownProse))
    let header = ["Severity", "Rule", "Resource", "Label", "Owner"]
    add("New", header + ["Finding"], difference.appeared) { Self.cells($0) + [markdownCode($0.message)] }
    add("Changed", header + ["What"], difference.changed) { changed in
      Self.cells(changed.new) + [
        changed.changes.map { "\($0.member.rawValue): from \(markdownCode($0.old)) to \(markdownCode($0.new))" }
          .joined(separator: "; ")
      ]
    }
    add("Resolved", header + ["Finding"], difference.resolved) { Self.cells($0) + [markdownCode($0.message)] }
    add("Not known", header + ["Why"], difference.unknown) { Self.cells($0.finding) + [markdownCode($0.text)] }
  }

  private mutating func add(_ difference: SnapshotDifference) {
    section.paragraph("# tokenreeve: what changed between two snapshots")
    section.paragraph(
      "Organization \(markdownCode(difference.new.organizationID)), collected "
        + "\(difference.old.collectedAt.readable) and \(difference.new.collectedAt.readable).")
    section.bullets(difference.notes.map(markdownProse))
    for list in difference.lists {
      section.paragraph("## \(list.list.title.prefix(1).uppercased() + list.list.title.dropFirst())")
      section.paragraph("\(list.numbers).")
      section.bullets(list.remarks.map(markdownProse))
      let header = ["Resource", "Label", "Owner"]
      add("Appeared", header, list.appeared) { Self.cells($0) }
      add("Vanished", header, list.vanished) { Self.cells($0) }
      add("Changed", header + ["What"], list.changed) { changed in
        Self.cells(changed.resource) + [changed.changes.map { $0.text { markdownCode($0) } }.joined(separator: "; ")]
      }
      add("In the second snapshot only", header, list.perhapsAppeared) { Self.cells($0) }
      add("In the first snapshot only", header, list.perhapsVanished) { Self.cells($0) }
    }
  }

  private mutating func add<Element>(
    _ title: String, _ header: [String], _ elements: [Element], _ cells: (Element) -> [String]
  ) {
    guard !elements.isEmpty else { return }
    section.paragraph("### \(title)")
    section.table(header, elements, limit: Self.limit, cells)
  }

  private static func cells(_ finding: RecordedFinding) -> [String] {
    [finding.severity.rawValue, markdownCode(finding.ruleID)] + cells(finding.resource)
  }

  private static func cells(_ resource: ResourceName) -> [String] {
    [
      "\(resource.kind.rawValue) \(markdownCode(resource.id))", resource.label.map { markdownCode($0) } ?? "",
      resource.owner.map { markdownCode($0.text) } ?? "",
    ]
  }
}
