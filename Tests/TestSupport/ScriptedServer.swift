import Foundation
import Synchronization

/// A server on loopback that does to each request what the test says, below HTTP too.
package final class ScriptedServer: Sendable {
  /// What to do with the connection, in order. Without `close` or `reset` the next request is awaited.
  package enum Step: Sendable {
    case send([UInt8])
    case wait(Double)
    case close
    /// Closes with RST instead of FIN.
    case reset
    /// Keeps the connection open in silence until the server ends.
    case hang

    package static func text(_ text: String) -> Step { .send(Array(text.utf8)) }

    /// A complete answer.
    package static func answer(_ status: String = "200 OK", headers: [String] = [], body: [UInt8] = []) -> Step {
      let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers
      return .send(Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    }
  }

  package let port: UInt16
  private let listener: Int32
  private let script: @Sendable (String) -> [Step]
  private let state = Mutex((requests: [String](), connections: 0, isStopped: false))

  /// The head of each request, in the order of their arrival.
  package var requests: [String] { state.withLock { $0.requests } }
  /// How many connections were opened so far.
  package var connections: Int { state.withLock { $0.connections } }
  package var url: String { "http://127.0.0.1:\(port)" }

  /// `script` gets the head of a request, its first line first.
  package init(script: @escaping @Sendable (String) -> [Step]) throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = self.listener
    let isListening = unsafe withUnsafeMutablePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(listener, address, size) == 0 && listen(listener, 64) == 0
          && getsockname(listener, address, &size) == 0
      }
    }
    guard isListening else { throw POSIXError(.EADDRNOTAVAIL) }
    port = UInt16(bigEndian: address.sin_port)
    self.script = script
    Thread.detachNewThread { [self] in
      // Closed here, by who uses it: else its number could be another server's before this thread notices.
      defer { close(listener) }
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0, !state.withLock({ $0.isStopped }) else { break }
        state.withLock { $0.connections += 1 }
        Thread.detachNewThread { [self] in serve(connection) }
      }
    }
  }

  package func stop() {
    state.withLock { $0.isStopped = true }
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func serve(_ connection: Int32) {
    defer { close(connection) }
    while let head = readHead(connection) {
      state.withLock { $0.requests.append(head) }
      for step in script(head) {
        switch step {
        case .send(let bytes):
          var rest = bytes[...]
          while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
              unsafe send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
          }
        case .wait(let seconds): Thread.sleep(forTimeInterval: seconds)
        case .close: return
        case .reset:
          var option = linger(l_onoff: 1, l_linger: 0)
          unsafe setsockopt(connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
          return
        case .hang:
          // Returns when the client closes.
          _ = readHead(connection)
          return
        }
      }
    }
  }

  private func readHead(_ connection: Int32) -> String? {
    var head: [UInt8] = []
    var byte: UInt8 = 0
    while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      guard unsafe recv(connection, &byte, 1, 0) == 1 else { return nil }
      head.append(byte)
    }
    return String(decoding: head, as: UTF8.self)
  }
}
