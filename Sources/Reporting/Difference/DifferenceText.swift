import Audit
import Inventory
import Policy

/// A difference for a terminal. Of each kind the first ones are shown; the JSON has all.
struct DifferenceText {
  private let width: Int
  private let palette: Palette
  private(set) var lines: [String] = []

  private static let limit = 25

  init(_ difference: Difference, _ options: ReportOptions) {
    width = max(40, options.width)
    palette = Palette(isColored: options.color)
    switch difference {
    case .reports(let reports): add(reports)
    case .snapshots(let snapshots): add(snapshots)
    }
  }

  private mutating func add(_ difference: ReportDifference) {
    lines.append(palette.paint("Two reports: ", .bold) + difference.numbers)
    addText("organization \(visible(difference.new.organizationID))")
    for (run, verdict) in [(difference.old, difference.oldVerdict), (difference.new, difference.newVerdict)] {
      addText("as of \(run.auditedAt.readable), policy \(visible(run.policyID)): \(verdict.rawValue)")
    }
    for note in difference.notes { addText("note: \(visible(note))") }
    addSection("New", difference.appeared, .red) { (Self.row($0), [visible($0.message)]) }
    addSection("Changed", difference.changed, .yellow) { changed in
      (
        Self.row(changed.new),
        changed.changes.map { "\($0.member.rawValue): from \(visible($0.old)) to \(visible($0.new))" }
      )
    }
    addSection("Resolved", difference.resolved, .green) { (Self.row($0), [visible($0.message)]) }
    addSection("Not known", difference.unknown, .yellow) { (Self.row($0.finding), [visible($0.text)]) }
  }

  private mutating func add(_ difference: SnapshotDifference) {
    lines.append(palette.paint("Two snapshots", .bold) + " of organization \(visible(difference.new.organizationID))")
    addText("collected \(difference.old.collectedAt.readable) and \(difference.new.collectedAt.readable)")
    for note in difference.notes { addText("note: \(visible(note))") }
    for list in difference.lists {
      lines.append("")
      lines.append(palette.paint("\(list.list.title): ", .bold) + list.numbers)
      for remark in list.remarks { addText("note: \(visible(remark))") }
      addSection("Appeared", list.appeared, .yellow) { ($0.text, []) }
      addSection("Vanished", list.vanished, .green) { ($0.text, []) }
      addSection("Changed", list.changed, .yellow) { changed in
        (changed.resource.text, changed.changes.map { $0.text(visible) })
      }
      addSection("In the second snapshot only", list.perhapsAppeared, .dim) { ($0.text, []) }
      addSection("In the first snapshot only", list.perhapsVanished, .dim) { ($0.text, []) }
    }
  }

  private static func row(_ finding: RecordedFinding) -> String {
    "\(finding.severity.rawValue) \(visible(finding.ruleID)), \(finding.resource.text)"
  }

  private mutating func addSection<Element>(
    _ title: String, _ elements: [Element], _ color: Palette.Color, _ content: (Element) -> (String, [String])
  ) {
    guard !elements.isEmpty else { return }
    lines.append("")
    lines.append("  " + palette.paint(title, color))
    for element in elements.prefix(Self.limit) {
      let (head, details) = content(element)
      addText(head, indent: 4)
      for detail in details { addText(detail, indent: 6) }
    }
    if elements.count > Self.limit {
      addText("and \(elements.count - Self.limit) more, which `--report json` has", indent: 4)
    }
  }

  /// Long text is cut, where it would go on for screens.
  private mutating func addText(_ text: String, indent: Int = 2) {
    let width = width - indent
    lines += wrapped(fitted(text, to: 10 * width), to: width).map {
      String(repeating: " ", count: indent) + fitted($0, to: width)
    }
  }
}
