package import Files
import Synchronization

/// The snapshot file: reading it back.
package enum SnapshotFile {
  /// Why a snapshot file could not be read.
  package enum Failure: Error, Sendable {
    case file(FileError)
    case snapshot(SnapshotError)
  }

  /// Reads the whole file.
  ///
  /// - Parameter allowPartial: take a file without its trailer for what it holds, every list partial.
  package static func read(_ path: String, allowPartial: Bool) throws(Failure) -> Snapshot {
    let reading = try SnapshotReading(path)
    reading.decode()
    return try reading.finish(allowPartial: allowPartial)
  }

  /// The same with several blocks of the file decoded at the same time, which makes no difference to the result.
  ///
  /// - Parameter blockSize: bytes of a block.
  package static func read(
    _ path: String, allowPartial: Bool, jobs: Int, blockSize: Int = 1 << 20
  ) async throws(Failure) -> Snapshot {
    let reading = try SnapshotReading(path, blockSize: blockSize)
    await withTaskGroup(of: Void.self) { group in
      for _ in 1...max(1, jobs) { group.addTask { @concurrent in reading.decode() } }
    }
    return try reading.finish(allowPartial: allowPartial)
  }
}

/// A file that is read block by block, decoded by several tasks and put together in its order.
private final class SnapshotReading: Sendable {
  private let source: Mutex<Source>
  private let vocabulary: TokenVocabularyBuilder
  private let assembly: Mutex<Assembly>

  private struct Source: ~Copyable {
    var reader: LineBlockReader
    var count = 0
    var isEnded = false
    var failure: FileError?
  }

  private struct Assembly {
    var decoder: SnapshotDecoder
    /// Blocks that came before their turn.
    var waiting: [Int: DecodedBlock] = [:]
    var next = 0
    var failure: SnapshotError?
  }

  init(_ path: String, blockSize: Int = 1 << 20) throws(SnapshotFile.Failure) {
    vocabulary = TokenVocabularyBuilder()
    assembly = Mutex(Assembly(decoder: SnapshotDecoder(vocabulary: vocabulary)))
    do throws(FileError) {
      source = Mutex(Source(reader: try LineBlockReader(path: path, size: blockSize)))
    } catch {
      throw .file(error)
    }
  }

  /// Decodes blocks until there are no more, or nothing more is to be read.
  func decode() {
    var reader = UsualTokenReader(vocabulary: vocabulary)
    var decoder = TokenDecoder(vocabulary: vocabulary)
    while let (index, block) = nextBlock() { add(TokenLine.read(block, &reader, &decoder), at: index) }
  }

  /// The next block and its place; nil when there is no more, or nothing more is to be read.
  private func nextBlock() -> (index: Int, block: LineBlock)? {
    source.withLock { source in
      guard !source.isEnded else { return nil }
      do throws(FileError) {
        if let block = try source.reader.next() {
          source.count += 1
          return (source.count - 1, block)
        }
      } catch {
        source.failure = error
      }
      source.isEnded = true
      return nil
    }
  }

  private func add(_ block: DecodedBlock, at index: Int) {
    let isDamaged = assembly.withLock { assembly in
      assembly.waiting[index] = block
      while let block = assembly.waiting.removeValue(forKey: assembly.next) {
        assembly.next += 1
        guard assembly.failure == nil else { continue }
        do throws(SnapshotError) { try assembly.decoder.append(block) } catch { assembly.failure = error }
      }
      return assembly.failure != nil
    }
    if isDamaged { source.withLock { $0.isEnded = true } }
  }

  func finish(allowPartial: Bool) throws(SnapshotFile.Failure) -> Snapshot {
    let (decoder, failure) = assembly.withLock { ($0.decoder, $0.failure) }
    if let failure { throw .snapshot(failure) }
    if let failure = source.withLock({ $0.failure }) { throw .file(failure) }
    assembly.withLock { $0 = Assembly(decoder: SnapshotDecoder()) }
    do throws(SnapshotError) {
      return try decoder.finish(allowPartial: allowPartial)
    } catch {
      throw .snapshot(error)
    }
  }
}

extension SnapshotDecoder {
  /// Takes the lines of a block.
  fileprivate mutating func append(_ block: DecodedBlock) throws(SnapshotError) {
    for part in block.parts {
      switch part {
      case .tokens(let segment): try append(segment)
      case .line(let bytes): try decode(bytes, in: 0..<bytes.count)
      case .cutLine: try noteCutLine()
      }
    }
  }
}
