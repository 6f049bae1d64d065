import FlyingFox
import FlyingSocks

/// An HTTP server on a port of 127.0.0.1.
struct LoopbackListener: Sendable {
  let port: UInt16
  private let server: HTTPServer
  private let task: Task<Void, any Error>

  /// - Parameter port: 0 for any that is free.
  static func start(port: UInt16, _ handler: some HTTPHandler) async throws -> LoopbackListener {
    let server = HTTPServer(
      address: try .inet(ip4: "127.0.0.1", port: port), timeout: 600,
      pool: PromptSocketPool(base: HTTPServer.defaultPool()),
      logger: .disabled, handler: handler)
    // A port that can't be used ends `run` at once, and nothing else tells.
    let (outcomes, outcome) = AsyncStream.makeStream(of: Bool.self)
    let task = Task {
      defer { outcome.yield(false) }
      try await server.run()
    }
    Task {
      try await server.waitUntilListening()
      outcome.yield(true)
    }
    var isListening = false
    for await first in outcomes {
      isListening = first
      break
    }
    guard isListening, case .ip4(_, let port) = await server.listeningAddress else {
      task.cancel()
      throw SandboxError.portUnavailable(port)
    }
    return LoopbackListener(port: port, server: server, task: task)
  }

  func stop() async {
    await server.stop()
    task.cancel()
    _ = await task.result
  }
}
