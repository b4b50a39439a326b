import Glibc
import TLSEngine

@testable import Network

extension ContinuousClock.Instant {
  /// Long enough for anything that shall happen.
  static var soon: ContinuousClock.Instant { .now + .seconds(20) }
  /// Short enough for what shall not.
  static var almostNow: ContinuousClock.Instant { .now + .milliseconds(30) }
}

/// A directory for one test, removed with everything in it at the end of its life.
final class TemporaryDirectory: Sendable {
  let path: String

  init() {
    path = "/tmp/parley-net-\(randomBytes(8).map { String($0, radix: 16) }.joined())"
    mkdir(path, 0o700)
  }

  deinit {
    for name in [".lock", "ca.pem", "ca.key", "server.pem", "server.key", "socket"] { unlink("\(path)/\(name)") }
    rmdir(path)
  }
}

/// The two ends of TLS, ready for use.
struct TLSBench {
  let directory = TemporaryDirectory()
  let client: TLSContext
  let server: TLSContext
  let files: TestCertificateFiles

  init() throws {
    files = try TestCertificateAuthority(directory: directory.path).prepare(
      names: ["mail.example.com", "localhost"], addresses: ["127.0.0.1", "::1"])
    client = try TLSContext(.client(trust: .file(files.authority)))
    server = try TLSContext(.server(identity: files.identity))
  }
}

/// Runs `serve` for each connection while `body` talks to it.
func withServer(
  on endpoint: Endpoint = .tcp(host: "127.0.0.1", port: 0), maximumConnections: Int = 100,
  onFull: (@Sendable () -> Void)? = nil,
  serve: @escaping @Sendable (Connection) async -> Void, body: (Endpoint) async throws -> Void
) async throws {
  let listener = try await Listener.start(on: endpoint, maximumConnections: maximumConnections, onFull: onFull)
  async let serving: Void = listener.run(serve)
  do {
    try await body(listener.endpoint)
  } catch {
    listener.stop()
    await serving
    throw error
  }
  listener.stop()
  await serving
}

/// Reads until there are so many bytes, or until the end; nil when it ended otherwise.
func readBytes(_ connection: Connection, count: Int) async -> [UInt8]? {
  var bytes: [UInt8] = []
  while bytes.count < count {
    switch await connection.read(until: .soon) {
    case .bytes(let more): bytes += more
    case .ended(.closed): return bytes
    default: return nil
    }
  }
  return bytes
}

/// Sends back whatever comes.
@Sendable func echo(_ connection: Connection) async {
  while case .bytes(let bytes) = await connection.read(until: .soon) {
    guard await connection.write(bytes, until: .soon) == .written else { return }
  }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
