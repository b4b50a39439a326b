import Glibc
import MTACore
import Network
import SASL
import SMTPSession

/// One session's connection to Dovecot's auth service.
struct DovecotAuthRunner {
  /// What Dovecot can do, as it said at first.
  private(set) var offers: [SASLMechanismOffer] = []
  private let endpoint: Endpoint
  private var connection: Connection?
  private var machine = DovecotAuthMachine(process: 0)

  /// Dovecot may wait before it refuses, and ask others; Postfix waits so long.
  private static let patience: Duration = .seconds(100)

  /// Makes a runner that has not connected; a socket that is no `inet:HOST:PORT` is a path, within `directory` unless it
  /// begins with a slash.
  init(socket: String, directory: String) {
    let parts = socket.split(separator: ":")
    if parts.count == 3, parts[0] == "inet", let port = Int(parts[2]) {
      endpoint = .tcp(host: String(parts[1]), port: port)
    } else {
      endpoint = .unix(path: socket.hasPrefix("/") ? socket : directory + "/" + socket)
    }
  }

  /// Connects and learns the mechanisms; gives the reason where that fails.
  mutating func open() async -> String? {
    let deadline = ContinuousClock.now + .seconds(10)
    do {
      let connection = try await Connection.connect(to: endpoint, until: deadline)
      self.connection = connection
      machine = DovecotAuthMachine(process: Int(getpid()))
      _ = await connection.write(machine.greeting, until: deadline)
    } catch {
      return "cannot connect to \(endpoint): \(error.words)"
    }
    switch await next(until: deadline) {
    case .ready(let offers)?:
      self.offers = offers
      return nil
    case .broken(let words)?: return await fail("\(endpoint) does not speak Dovecot's auth protocol: \(words)")
    default: return await fail("\(endpoint) gave no mechanisms")
    }
  }

  /// Hands a message of the client's on and waits for the answer.
  mutating func ask(_ message: SASLForward, _ facts: DovecotAuthFacts) async -> SASLServerStep {
    // A login that begins can begin again: the service may have been restarted since the last one.
    if case .begin = message, connection != nil, let step = await attempt(message, facts) { return step }
    if connection == nil, await open() != nil { return Self.lost("Can't connect to authentication server") }
    return await attempt(message, facts) ?? Self.lost("Connection lost to authentication server")
  }

  /// The answer; nil, and no connection any more, where none came.
  private mutating func attempt(_ message: SASLForward, _ facts: DovecotAuthFacts) async -> SASLServerStep? {
    let deadline = ContinuousClock.now + Self.patience
    if let connection, let octets = machine.send(message, facts),
      await connection.write(octets, until: deadline) == .written, case .step(let step)? = await next(until: deadline)
    {
      return step
    }
    await close()
    return nil
  }

  /// Ends the connection.
  mutating func close() async {
    await connection?.close()
    connection = nil
  }

  private static func lost(_ words: String) -> SASLServerStep { .failed(SASLFailure(words, isTemporary: true)) }

  private mutating func fail(_ words: String) async -> String {
    await close()
    return words
  }

  /// The next thing that Dovecot says; nil at the end, and after the deadline.
  private mutating func next(until deadline: ContinuousClock.Instant) async -> DovecotAuthMachine.Event? {
    while let connection, case .bytes(let octets) = await connection.read(until: deadline) {
      if let event = machine.receive(octets).first { return event }
    }
    return nil
  }
}
