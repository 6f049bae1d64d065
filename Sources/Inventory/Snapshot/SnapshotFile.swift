package import Files

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
    var decoder = SnapshotDecoder()
    do {
      var reader = try LineReader(path: path)
      while let line = try reader.next() {
        // A last line without its line feed was cut while it was written: what it holds is not to be trusted.
        if reader.isTerminated { try decoder.decode(reader.block, in: line) } else { try decoder.noteCutLine() }
      }
      return try decoder.finish(allowPartial: allowPartial)
    } catch let error as FileError {
      throw .file(error)
    } catch let error as SnapshotError {
      throw .snapshot(error)
    } catch {
      throw .snapshot(.notASnapshot("\(error)"))
    }
  }
}
