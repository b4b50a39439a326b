import Failures
import Glibc
import Synchronization
import Testing

@testable import Network

/// Whether this machine has an IPv6 loopback address.
let hasIPv6: Bool = {
  let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_in6()
  address.sin6_family = sa_family_t(AF_INET6)
  address.sin6_addr = in6addr_loopback
  return withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
    }
  } == 0
}()

@Suite("making a connection", .timeLimit(.minutes(1))) struct ConnectorTests {
  func failure(_ endpoint: Endpoint, until deadline: ContinuousClock.Instant = .soon) async -> ConnectFailure? {
    do {
      await (try Connection.connect(to: endpoint, until: deadline)).close()
      return nil
    } catch {
      return error
    }
  }

  /// A port where nobody listens.
  func freePort() async throws -> Int {
    let listener = try await Listener.start(on: .tcp(host: "127.0.0.1", port: 0))
    guard case .tcp(_, let port) = listener.endpoint else { return 0 }
    listener.stop()
    await listener.run { _ in }
    return port
  }

  @Test("a port where nobody listens is refused, with the attempt")
  func refused() async throws {
    let port = try await freePort()
    let failure = try #require(await failure(.tcp(host: "127.0.0.1", port: port)))
    #expect(failure.name == .connRefused)
    #expect(failure.attempts.map(\.address) == ["127.0.0.1:\(port)"])
    #expect(failure.attempts.first?.outcome == .failed(.refused))
  }

  @Test("a name that cannot be is unknown", arguments: ["", "no such host", "a\0b"])
  func unknownHost(name: String) async {
    #expect(await failure(.tcp(host: name, port: 25))?.name == .connUnknownHost)
  }

  @Test("a port that cannot be is refused", arguments: [0, -1, 65_536])
  func noPort(port: Int) async {
    #expect(await failure(.tcp(host: "127.0.0.1", port: port))?.name == .connRefused)
  }

  @Test("a UNIX socket that is not there is a failure of the system, one with a long path too")
  func noSocket() async {
    #expect(await failure(.unix(path: "/nowhere/socket"))?.kind == .system(ENOENT))
    #expect(await failure(.unix(path: String(repeating: "x", count: 500)))?.kind == .system(ENAMETOOLONG))
  }

  @Test("a name's addresses are tried in turn and each attempt is told")
  func attempts() async throws {
    try await withServer(serve: echo) { endpoint in
      guard case .tcp(_, let port) = endpoint else { return }
      let told = Mutex<[ConnectAttempt]>([])
      let connection = try await Connection.connect(to: .tcp(host: "localhost", port: port), until: .soon) { attempt in
        told.withLock { $0.append(attempt) }
      }
      let attempts = told.withLock { $0 }
      #expect(attempts.last?.outcome == .connected)
      #expect(attempts.last?.address == "127.0.0.1:\(port)")
      #expect(attempts.dropLast().allSatisfy { $0.outcome != .connected })
      await connection.close()
    }
  }

  @Test("cancelling the task ends the attempt")
  func cancellation() async throws {
    let task = Task { await failure(.tcp(host: "127.0.0.1", port: 9)) }
    task.cancel()
    #expect(await task.value?.name == .cancelled)
  }

  @Test("what the system says is sorted by what can be done about it")
  func kinds() {
    #expect(ConnectFailure.Kind(errno: ENETUNREACH) == .unreachable)
    #expect(ConnectFailure.Kind(errno: EHOSTUNREACH).name == .connUnreachable)
    #expect(ConnectFailure.Kind(errno: ETIMEDOUT).name == .timeoutConnect)
    #expect(ConnectFailure.Kind(errno: EPERM).words == systemWords(EPERM))
  }
}
