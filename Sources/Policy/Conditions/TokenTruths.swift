package import CEL
import Inventory
import Synchronization

/// What conditions on tokens are of all tokens of a snapshot, at one instant: each is evaluated once, for whatever asks.
package final class TokenTruths: Sendable {
  let tokens: TokenTable
  let now: Instant
  private let known = Mutex<[ObjectIdentifier: Known]>([:])

  private let labelHashes = Mutex<LabelHashes?>(nil)

  private struct Known {
    /// Kept, so that its identity stays its own.
    let condition: ElementCondition
    let truths: Truths
  }

  init(_ tokens: TokenTable, now: Instant) {
    self.tokens = tokens
    self.now = now
  }

  /// The condition for each token, in the order of the snapshot.
  func truths(of condition: ElementCondition, _ bindings: [Value]) -> Truths {
    if let known = known.withLock({ $0[ObjectIdentifier(condition)] }) { return known.truths }
    // Not under the lock: the condition may itself ask for another one.
    var memory = condition.program.memory()
    let segments = tokens.segments.indices.map { segment in
      condition.program.evaluate(TokenColumns(tokens, segment: segment, now: now), bindings, &memory)
    }
    return note(segments, of: condition)
  }

  /// Notes what a condition is of all tokens, segment by segment.
  @discardableResult
  package func note(_ segments: [Truths], of condition: ElementCondition) -> Truths {
    let truths = Truths(joining: segments)
    known.withLock { $0[ObjectIdentifier(condition)] = Known(condition: condition, truths: truths) }
    return truths
  }

  /// The tokens' labels, for counting different ones.
  func labels() -> LabelHashes {
    labelHashes.withLock { known in
      if let known { return known }
      let made = LabelHashes(of: tokens)
      known = made
      return made
    }
  }
}
