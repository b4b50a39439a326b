import Dialogue
import Network
import SMTPWire
import Synchronization

/// A server on loopback that does what a test says, for each connection the same.
struct ScriptedServer {
  /// One thing that the server does.
  enum Step {
    case say(String)
    case bytes([UInt8])
    /// Says each octet by itself.
    case drip(String)
    /// Reads a line and does not look at it.
    case hear
    /// Reads lines up to the lone dot.
    case hearMessage
    /// Says nothing until the client is gone.
    case silence
    /// Reads nothing for two seconds, and closes.
    case pause
    case close
    case reset
  }

  let port: Int
  let heard = Heard()
  private let listener: Listener
  private let serving: Task<Void, Never>

  /// The lines that came from clients.
  final class Heard: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: WireLine) { lines.withLock { $0.append(String(decoding: line.octets, as: UTF8.self)) } }
    var all: [String] { lines.withLock { $0 } }
  }

  init(_ steps: [Step]) async throws {
    let listener = try await Listener.start(on: .tcp(host: "127.0.0.1", port: 0))
    guard case .tcp(_, let port) = listener.endpoint else { throw ServerFailure() }
    let heard = heard
    self.port = port
    self.listener = listener
    serving = Task { await listener.run { connection in await Self.serve(connection, steps, heard) } }
  }

  func stop() async {
    listener.stop()
    await serving.value
  }

  struct ServerFailure: Error {}

  private static func serve(_ connection: Connection, _ steps: [Step], _ heard: Heard) async {
    var framer = LineFramer()
    for step in steps {
      switch step {
      case .say(let text): await write(Array((text + "\r\n").utf8), connection)
      case .bytes(let octets): await write(octets, connection)
      case .drip(let text):
        for octet in Array((text + "\r\n").utf8) { await write([octet], connection) }
      case .hear: guard await line(connection, &framer, heard) != nil else { return }
      case .hearMessage:
        while let line = await line(connection, &framer, heard), line.octets != [UInt8(ascii: ".")] {}
      case .silence: while await line(connection, &framer, heard) != nil {}
      case .pause:
        try? await Task.sleep(for: .seconds(2))
        return await connection.abort()
      case .close: return await connection.close()
      case .reset: return await connection.abort()
      }
    }
    while await line(connection, &framer, heard) != nil {}
  }

  private static func write(_ octets: [UInt8], _ connection: Connection) async {
    _ = await connection.write(octets, until: .now + .seconds(20))
  }

  private static func line(_ connection: Connection, _ framer: inout LineFramer, _ heard: Heard) async -> WireLine? {
    while true {
      if let line = framer.next() {
        heard.add(line)
        return line
      }
      guard case .bytes(let octets) = await connection.read(until: .now + .seconds(20)) else { return nil }
      framer.append(octets)
    }
  }
}

/// Keeps the events of a conversation.
final class Events: Sendable {
  private let events = Mutex<[TimedEvent]>([])

  func add(_ new: [TimedEvent]) { events.withLock { $0 += new } }
  var all: [DialogueEvent] { events.withLock { $0.map(\.event) } }

  /// What the server sent, exactly.
  var received: [UInt8] {
    all.flatMap { event -> [UInt8] in
      if case .received(let line) = event { line.wireOctets } else { [] }
    }
  }

  /// The names of the events that are no lines.
  var names: [String] {
    all.compactMap { event in
      if case .event(let name, _) = event { name } else { nil }
    }
  }
}
