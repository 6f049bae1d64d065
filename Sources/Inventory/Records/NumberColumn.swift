/// Numbers of a segment's tokens, each in one, two or four bytes, whichever is enough for all of them. A number is 0 or
/// more, or one of the two that stand for absent and unknown.
enum NumberColumn: Sendable {
  // What is narrowed is two more than the number, so that absent is 0 and unknown is 1.
  case bytes([UInt8])
  case halves([UInt16])
  case words([Int32])

  init(_ numbers: [Int32]) {
    let greatest = numbers.reduce(0, max)
    if greatest <= Int32(UInt8.max) - 2 {
      self = .bytes(numbers.map { UInt8(truncatingIfNeeded: Self.narrowed($0)) })
    } else if greatest <= Int32(UInt16.max) - 2 {
      self = .halves(numbers.map { UInt16(truncatingIfNeeded: Self.narrowed($0)) })
    } else {
      self = .words(numbers)
    }
  }

  subscript(index: Int) -> Int32 {
    switch self {
    case .bytes(let bytes): Self.widened(Int32(bytes[index]))
    case .halves(let halves): Self.widened(Int32(halves[index]))
    case .words(let words): words[index]
    }
  }

  var numbers: [Int32] {
    switch self {
    case .bytes(let bytes): bytes.map { Self.widened(Int32($0)) }
    case .halves(let halves): halves.map { Self.widened(Int32($0)) }
    case .words(let words): words
    }
  }

  @inline(__always)
  private static func narrowed(_ number: Int32) -> Int32 { number < 0 ? number &- .min : number &+ 2 }

  @inline(__always)
  private static func widened(_ number: Int32) -> Int32 { number < 2 ? number &+ .min : number &- 2 }
}
