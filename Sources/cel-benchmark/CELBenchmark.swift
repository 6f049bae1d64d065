import CEL
import Foundation

/// Measures conditions over records: compiled from CEL, and the same written by hand in Swift.
///
/// Usage: `cel-benchmark RECORDS RUNS [FOLDER]`. Prints one JSON object: for each condition, evaluations a second of
/// both, the fastest of the runs, and how many records were true. With a folder, writes records and conditions there
/// for `scripts/benchmark/condition_peers.py`, which measures other implementations on the same.
@main
enum CELBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3, let count = Int(arguments[1]), let runs = Int(arguments[2]) else {
      throw Failure("usage: cel-benchmark RECORDS RUNS [FOLDER]")
    }
    let records = Record.make(count, seed: 1)
    let now = Record.timestamp(Record.now)
    if arguments.count > 3 { try write(records, now, to: URL(filePath: arguments[3])) }

    var environment = Environment()
    environment.declare(object: RecordObject.type)
    environment.declare(object: UserObject.type)
    environment.declare(variable: "token", .object("token"))
    environment.declare(variable: "now", .timestamp)
    // Both go over the same objects, so that what memory costs is the same.
    let objects = records.map { RecordObject(record: $0) }
    let values = objects.map { Value.object($0) }
    var lines: [String] = []
    for condition in conditions {
      let program = try environment.compile(condition.text, expecting: .bool)
      // As an audit does: the values of the variables are there once, only the record changes.
      var bindings: [Value] = [.null, .timestamp(now)]
      let compiled = try fastest(runs) {
        var holding = 0
        for value in values {
          bindings[0] = value
          if try program.evaluateBool(bindings) { holding += 1 }
        }
        return holding
      }
      let handwritten = fastest(runs) {
        var holding = 0
        for object in objects where condition.handwritten(object.record, now) { holding += 1 }
        return holding
      }
      guard compiled.holding == handwritten.holding else {
        throw Failure("\(condition.name): CEL finds \(compiled.holding), Swift \(handwritten.holding)")
      }
      lines.append(
        """
        "\(condition.name)": {"true": \(compiled.holding), \
        "cel": \(Double(count) / compiled.seconds), "swift": \(Double(count) / handwritten.seconds)}
        """)
    }
    print("{\n  " + lines.joined(separator: ",\n  ") + "\n}")
  }

  private static func fastest(_ runs: Int, _ body: () throws -> Int) rethrows -> (holding: Int, seconds: Double) {
    var result = (holding: 0, seconds: Double.infinity)
    for _ in 0..<runs {
      let start = ContinuousClock.now
      let holding = try body()
      let elapsed = (ContinuousClock.now - start) / .seconds(1)
      result = (holding, min(result.seconds, elapsed))
    }
    return result
  }

  private static func write(_ records: [Record], _ now: Timestamp, to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let lines = records.map { $0.json + "\n" }.joined()
    try Data(lines.utf8).write(to: folder.appending(path: "records.jsonl"))
    let list = conditions.map { ["name": $0.name, "text": $0.text] }
    let document: [String: Any] = ["now": now.text, "conditions": list]
    try JSONSerialization.data(withJSONObject: document, options: [.sortedKeys, .prettyPrinted])
      .write(to: folder.appending(path: "conditions.json"))
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }
}
