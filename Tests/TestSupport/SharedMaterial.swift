package import Foundation

/// The folder of conformance material that lies beside the repository where the project is developed, and nowhere
/// else: a suite that needs it is disabled without it and says so.
package enum SharedMaterial {
  /// `TOKENREEVE_SHARED`, else the folder `shared` beside the repository; nil when there is none.
  package static let folder: URL? = {
    let beside = URL(filePath: #filePath).deletingLastPathComponent()  // TestSupport
      .deletingLastPathComponent()  // Tests
      .deletingLastPathComponent()  // the repository
      .deletingLastPathComponent().appending(path: "shared")
    let folder = ProcessInfo.processInfo.environment["TOKENREEVE_SHARED"].map { URL(filePath: $0) } ?? beside
    return FileManager.default.fileExists(atPath: folder.appending(path: "admin-api").path) ? folder : nil
  }()

  package static var isPresent: Bool { folder != nil }

  /// A file or folder of the material.
  package static func file(_ path: String) throws -> URL {
    guard let folder else { throw Missing() }
    return folder.appending(path: path)
  }

  /// The words of a disabled suite.
  package static let skipReason = "the shared conformance material is not beside the repository"

  package struct Missing: Error, CustomStringConvertible {
    package var description: String { SharedMaterial.skipReason }
  }
}
