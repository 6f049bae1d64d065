import FlyingFox
import FlyingSocks

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Stands between a client and the server on loopback and does to an answer's bytes what no HTTP server does: stops in
/// the middle, ends too soon, resets the connection. A header of the answer says what; it is not passed on.
struct Forwarder: Sendable {
  static let faultHeader = "X-Sandbox-Fault"

  let port: UInt16
  private let listener: Socket
  private let task: Task<Void, any Error>

  /// - Parameters:
  ///   - port: 0 for any that is free.
  ///   - server: the port of the server behind.
  static func start(port: UInt16, server: UInt16) async throws -> Forwarder {
    let listener: Socket
    do {
      listener = try Socket(domain: AF_INET)
      try listener.setValue(true, for: .localAddressReuse)
      try listener.bind(to: .inet(ip4: "127.0.0.1", port: port))
      try listener.listen()
    } catch {
      throw SandboxError.portUnavailable(port)
    }
    guard case .ip4(_, let port) = try listener.sockname() else { throw SandboxError.portUnavailable(port) }
    let pool = PromptSocketPool(base: HTTPServer.defaultPool())
    try await pool.prepare()
    let socket = try AsyncSocket(socket: listener, pool: pool)
    let task = Task {
      try await withThrowingDiscardingTaskGroup { group in
        group.addTask { try await pool.run() }
        for try await client in socket.sockets {
          group.addTask { await forward(client, to: server, pool) }
        }
      }
    }
    return Forwarder(port: port, listener: listener, task: task)
  }

  func stop() async {
    task.cancel()
    try? listener.close()
    _ = await task.result
  }

  private static func forward(_ client: AsyncSocket, to port: UInt16, _ pool: PromptSocketPool) async {
    defer { try? client.close() }
    guard let server = try? await AsyncSocket.connected(to: .inet(ip4: "127.0.0.1", port: port), pool: pool) else {
      return
    }
    defer { try? server.close() }
    var (requests, answers) = (HeadReader(socket: client), HeadReader(socket: server))
    // Ends when either side closes the connection, or an answer's fault does.
    while let request = try? await requests.head(), (try? await server.write(Data(request))) != nil,
      let answer = try? await Answer(from: &answers), await deliver(answer, to: client)
    {}
  }

  /// Passes an answer on. False when the connection is at its end.
  private static func deliver(_ answer: Answer, to client: AsyncSocket) async -> Bool {
    do {
      try await client.write(Data(answer.head))
      switch answer.fault {
      case .stall:
        // Returns when the client closes.
        _ = try? await client.read()
        return false
      case .truncate:
        try await client.write(Data(answer.body.prefix(answer.body.count / 2)))
        return false
      case .reset:
        try await client.write(Data(answer.body.prefix(answer.body.count / 2)))
        try client.socket.setValue(0, for: LingerOption())
        return false
      case .slowBody:
        let pieces = 10
        for piece in 0..<pieces {
          try await Task.sleep(for: .milliseconds(100))
          let range = answer.body.count * piece / pieces..<answer.body.count * (piece + 1) / pieces
          try await client.write(Data(answer.body[range]))
        }
        return true
      default:
        try await client.write(Data(answer.body))
        return true
      }
    } catch {
      return false
    }
  }

  /// An answer of the server behind, whole.
  private struct Answer {
    var head: [UInt8]
    var body: [UInt8]
    var fault: Fault?

    init(from reader: inout HeadReader) async throws {
      let lines = String(decoding: try await reader.head(), as: UTF8.self).split(separator: "\r\n")
      func value(_ name: String) -> String? {
        lines.first { $0.lowercased().hasPrefix(name.lowercased() + ": ") }
          .map { String($0.dropFirst(name.count + 2)) }
      }
      fault = value(Forwarder.faultHeader).flatMap(Fault.init)
      body = try await reader.bytes(value("Content-Length").flatMap { Int($0) } ?? 0)
      let kept = lines.filter { !$0.lowercased().hasPrefix(Forwarder.faultHeader.lowercased()) }
      head = Array((kept.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
  }

  /// Reads messages off a connection.
  private struct HeadReader {
    let socket: AsyncSocket
    private var buffer: [UInt8] = []

    init(socket: AsyncSocket) { self.socket = socket }

    /// Everything up to the empty line that ends a message's head.
    mutating func head() async throws -> [UInt8] {
      let end = Array("\r\n\r\n".utf8)
      while true {
        if let start = buffer.indices.first(where: { buffer[$0...].starts(with: end) }) {
          defer { buffer.removeFirst(start + end.count) }
          return Array(buffer[..<(start + end.count)])
        }
        buffer += try await socket.read(atMost: 4096)
      }
    }

    mutating func bytes(_ count: Int) async throws -> [UInt8] {
      while buffer.count < count { buffer += try await socket.read(atMost: 4096) }
      defer { buffer.removeFirst(count) }
      return Array(buffer[..<count])
    }
  }
}

/// SO_LINGER: with 0 seconds, closing resets the connection.
private struct LingerOption: SocketOption {
  var name: Int32 { SO_LINGER }
  func makeValue(from value: linger) -> Int32 { value.l_linger }
  func makeSocketValue(from seconds: Int32) -> linger { linger(l_onoff: 1, l_linger: seconds) }
}
