import Audit
import Files
import Inventory
import Policy

/// A difference for programs, lossless; `docs/schemas/diff-1.schema.json` describes it. Within a schema version members
/// are only added.
enum DifferenceJSON {
  private static let schemaVersion = 1

  static func write(_ difference: Difference, to writer: inout some ByteWriter & ~Copyable) throws {
    var json = JSONWriter()
    try json.object { json in
      json.integer("schemaVersion", schemaVersion)
      switch difference {
      case .reports(let reports): try write(reports, &json, to: &writer)
      case .snapshots(let snapshots): try write(snapshots, &json, to: &writer)
      }
    }
    json.newline()
    try writer.write(json.bytes)
  }

  private static func write(
    _ difference: ReportDifference, _ json: inout JSONWriter, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    json.string("kind", "reports")
    json.string("organizationId", difference.new.organizationID)
    for (name, run, verdict) in [
      ("old", difference.old, difference.oldVerdict), ("new", difference.new, difference.newVerdict),
    ] {
      json.object(name) { json in
        json.string("collectedAt", run.collectedAt.text)
        json.string("auditedAt", run.auditedAt.text)
        json.object("policy") { json in
          json.string("id", run.policyID)
          json.string("digest", run.policyDigest)
        }
        json.string("verdict", verdict.rawValue)
      }
    }
    json.strings("notes", difference.notes)
    try json.lines("appeared", difference.appeared, to: &writer) { $1.recordedFinding($0) }
    try json.lines("resolved", difference.resolved, to: &writer) { $1.recordedFinding($0) }
    try json.lines("unknown", difference.unknown, to: &writer) { unknown, json in
      json.recordedFinding(unknown.finding)
      json.string("in", unknown.isInNew ? "new" : "old")
      json.string("reason", unknown.reason)
    }
    try json.lines("changed", difference.changed, to: &writer) { changed, json in
      json.recordedFinding(changed.new)
      json.array("changes") { json in
        for change in changed.changes {
          json.object { json in
            json.string("member", change.member.rawValue)
            json.string("old", change.old)
            json.string("new", change.new)
          }
        }
      }
    }
    json.integer("unchanged", difference.unchanged)
  }

  private static func write(
    _ difference: SnapshotDifference, _ json: inout JSONWriter, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    json.string("kind", "snapshots")
    json.string("organizationId", difference.new.organizationID)
    for (name, header) in [("old", difference.old), ("new", difference.new)] {
      json.object(name) { json in
        json.string("collectedAt", header.collectedAt.text)
        json.string("toolVersion", header.toolVersion)
      }
    }
    json.boolean("complete", difference.isComplete)
    json.strings("notes", difference.notes)
    try json.array("lists") { json in
      for list in difference.lists {
        json.startLine()
        try json.object { json in try write(list, &json, to: &writer) }
      }
    }
  }

  private static func write(
    _ list: ListDifference, _ json: inout JSONWriter, to writer: inout some ByteWriter & ~Copyable
  ) throws {
    json.string("list", list.list.rawValue)
    json.object("oldCoverage") { list.oldCoverage.write(to: &$0) }
    json.object("newCoverage") { list.newCoverage.write(to: &$0) }
    try json.lines("appeared", list.appeared, to: &writer) { $1.resource("resource", $0) }
    try json.lines("vanished", list.vanished, to: &writer) { $1.resource("resource", $0) }
    try json.lines("perhapsAppeared", list.perhapsAppeared, to: &writer) { $1.resource("resource", $0) }
    try json.lines("perhapsVanished", list.perhapsVanished, to: &writer) { $1.resource("resource", $0) }
    try json.lines("changed", list.changed, to: &writer) { changed, json in
      json.resource("resource", changed.resource)
      json.array("changes") { json in for change in changed.changes { json.object { $0.change(change) } } }
    }
    json.integer("unchanged", list.unchanged)
    json.array("unreadable") { json in
      for (field, count) in list.unreadable.sorted(by: { $0.key < $1.key }) {
        json.object { json in
          json.string("field", field)
          json.integer("records", count)
        }
      }
    }
    json.integer("duplicates", list.duplicates)
  }
}

extension JSONWriter {
  fileprivate mutating func change(_ change: RecordChange) {
    string("field", change.field)
    string("kind", change.kind.rawValue)
    for (name, values) in [("old", change.old), ("new", change.new)] {
      if let values { strings(name, values) } else { string(name, nil) }
    }
  }

  /// An array of objects, each on a line of its own and written at once: there can be a million.
  fileprivate mutating func lines<Element>(
    _ name: String, _ elements: [Element], to writer: inout some ByteWriter & ~Copyable,
    _ body: (Element, inout JSONWriter) -> Void
  ) throws {
    startLine()
    try array(name) { json in
      for element in elements {
        json.startLine()
        json.object { body(element, &$0) }
        try writer.write(json.bytes)
        json.bytes.removeAll(keepingCapacity: true)
      }
    }
    startLine()
  }
}
