import AdminHub
import Inventory
import Synchronization

/// Progress on standard error: a line that is rewritten on a terminal, sparse lines elsewhere, none with `--quiet`.
final class ProgressDisplay: Sendable {
  private struct State {
    var records: [CollectedList: Int] = [:]
    var expected: [CollectedList: Int] = [:]
    var finished: Set<CollectedList> = []
    var lastLine: ContinuousClock.Instant?
    var isLineOpen = false
  }

  private let console: Console
  private let isTerminal: Bool
  private let state = Mutex(State())

  init(console: Console) {
    self.console = console
    isTerminal = Console.standardErrorIsTerminal && !console.isVerbose
  }

  func show(_ event: CollectionEvent) {
    guard !console.isQuiet else { return }
    state.withLock { state in
      switch event {
      case .page(let list, let records, let expected):
        state.records[list] = records
        state.expected[list] = expected
        showCounts(&state)
      case .waiting(let list, let milliseconds, let until, let reason):
        // Short retries are nothing to read about.
        guard milliseconds >= 1000 else { return }
        let seconds = (milliseconds + 500) / 1000
        showLine(
          "\(list?.title ?? "all lists"): waiting \(seconds) s, until \(until.clockText) UTC: \(reason)", &state)
      case .restarted(let list, let reason):
        state.records[list] = 0
        showLine("\(list.title): read from the beginning, since it can't be taken up where it was: \(reason)", &state)
      case .finished(let list, let coverage):
        state.finished.insert(list)
        let reason = coverage.reason.map { ": \($0)" } ?? ""
        showLine("\(list.title): \(coverage.records) records, \(coverage.stateText)\(reason)", &state)
      }
    }
  }

  /// Ends the line that is being rewritten.
  func finish() {
    state.withLock { state in
      if state.isLineOpen { console.clearLine() }
      state.isLineOpen = false
    }
  }

  private func showCounts(_ state: inout State) {
    let now = ContinuousClock.now
    let pause: Duration = isTerminal ? .milliseconds(80) : .seconds(10)
    guard let last = state.lastLine else {
      state.lastLine = now
      return
    }
    guard now - last >= pause else { return }
    state.lastLine = now
    let parts = CollectedList.allCases.compactMap { list -> String? in
      guard let records = state.records[list], !state.finished.contains(list) else { return nil }
      let expected = state.expected[list].map { $0 > 0 ? " of \($0)" : "" } ?? ""
      return "\(list.title) \(records)\(expected)\(bar(records, state.expected[list]))"
    }
    let text = "collecting " + parts.joined(separator: ", ")
    if isTerminal {
      console.rewriteLine(text)
      state.isLineOpen = true
    } else {
      console.note(text)
    }
  }

  private func bar(_ records: Int, _ expected: Int?) -> String {
    guard isTerminal, let expected, expected > 0 else { return "" }
    let filled = min(16, records * 16 / expected)
    return " [" + String(repeating: "#", count: filled) + String(repeating: ".", count: 16 - filled) + "]"
  }

  private func showLine(_ text: String, _ state: inout State) {
    if state.isLineOpen { console.clearLine() }
    state.isLineOpen = false
    console.note(text)
  }
}

extension Console {
  fileprivate func rewriteLine(_ text: String) { raw("\r\u{1B}[2K" + text.prefix(Console.width(of: 2) - 1)) }
  fileprivate func clearLine() { raw("\r\u{1B}[2K") }
}
