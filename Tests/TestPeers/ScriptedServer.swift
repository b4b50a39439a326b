package import Dialogue
import Network
package import SMTPWire
import Synchronization
package import TLSEngine

/// A server on loopback that does what a test says, for each connection the same.
package struct ScriptedServer {
  /// One thing that the server does.
  package enum Step {
    case say(String)
    case bytes([UInt8])
    /// Says the same again and again until the client is gone, or 32 MiB are said.
    case flood([UInt8])
    /// Says each octet by itself.
    case drip(String)
    /// Reads a line and does not look at it.
    case hear
    /// Reads whatever comes next, be it lines or not.
    case take
    /// Says 220 and does a handshake as the server.
    case startTLS(TLSIdentity)
    /// Does a handshake as the server, from the first octet.
    case implicitTLS(TLSIdentity)
    /// Reads lines up to the lone dot.
    case hearMessage
    /// Says nothing until the client is gone.
    case silence
    /// Reads nothing until the server is stopped, and resets.
    case pause
    case close
    case reset
  }

  package let port: Int
  package let heard = Heard()
  package let said = Said()
  private let listener: Listener
  private let serving: Task<Void, Never>

  /// The lines that came from clients.
  package final class Heard: Sendable {
    private let lines = Mutex<[String]>([])
    package func add(_ line: WireLine) { lines.withLock { $0.append(String(decoding: line.octets, as: UTF8.self)) } }
    package var all: [String] { lines.withLock { $0 } }
  }

  /// What was said to clients; of a flood, its first mebibytes.
  package final class Said: Sendable {
    private let octets = Mutex<[UInt8]>([])
    private let over = Atomic(false)
    package func add(_ more: [UInt8]) { octets.withLock { if $0.count < 4 << 20 { $0 += more } } }
    package var all: [UInt8] { octets.withLock { $0 } }
    /// Whether the server is stopped.
    package var isOver: Bool { over.load(ordering: .acquiring) }
    package func end() { over.store(true, ordering: .releasing) }
  }

  package init(_ steps: [Step]) async throws {
    let listener = try await Listener.start(on: .tcp(host: "127.0.0.1", port: 0))
    guard case .tcp(_, let port) = listener.endpoint else { throw ServerFailure() }
    let (heard, said) = (heard, said)
    self.port = port
    self.listener = listener
    serving = Task(executorPreference: TestExecutor.shared) {
      await listener.run { connection in await ScriptedConnection(connection, heard, said).play(steps) }
    }
  }

  package func stop() async {
    said.end()
    listener.stop()
    await serving.value
  }

  package struct ServerFailure: Error {}
}

/// One connection to a scripted server.
private struct ScriptedConnection {
  private let connection: Connection
  private let heard: ScriptedServer.Heard
  private let said: ScriptedServer.Said
  private var framer = LineFramer()

  package init(_ connection: Connection, _ heard: ScriptedServer.Heard, _ said: ScriptedServer.Said) {
    (self.connection, self.heard, self.said) = (connection, heard, said)
  }

  package func play(_ steps: [ScriptedServer.Step]) async {
    var player = self
    for step in steps {
      guard await player.perform(step) else { return }
    }
    while await player.line() != nil {}
  }

  /// Does a step; false when the connection is over.
  private mutating func perform(_ step: ScriptedServer.Step) async -> Bool {
    switch step {
    case .say(let text): return await write(Array((text + "\r\n").utf8))
    case .bytes(let octets): return await write(octets)
    case .drip(let text):
      for octet in Array((text + "\r\n").utf8) { _ = await write([octet]) }
    case .flood(let octets):
      for _ in 0..<(32 << 20) / octets.count { guard await write(octets) else { return false } }
    case .hear: return await line() != nil
    case .take: guard case .bytes = await connection.read(until: .now + .seconds(20)) else { return false }
    case .startTLS(let identity): return await secure(identity, .upgrade(sendingFirst: Array("220 go\r\n".utf8)))
    case .implicitTLS(let identity): return await secure(identity, .implicit)
    case .hearMessage:
      while let line = await line(), line.octets != [UInt8(ascii: ".")] {}
    case .silence: while await line() != nil {}
    case .pause:
      while !said.isOver { try? await Task.sleep(for: .milliseconds(20)) }
      await connection.abort()
      return false
    case .close:
      await connection.close()
      return false
    case .reset:
      await connection.abort()
      return false
    }
    return true
  }

  private func write(_ octets: [UInt8]) async -> Bool {
    said.add(octets)
    return await connection.write(octets, until: .now + .seconds(20)) == .written
  }

  private func secure(_ identity: TLSIdentity, _ mode: TLSStartMode) async -> Bool {
    guard let context = try? TLSContext(.server(identity: identity)) else { return false }
    if case .upgrade(let answer) = mode { said.add(answer) }
    let start = await connection.startTLS(context, mode: mode, until: .now + .seconds(20))
    if case .established = start.outcome { return true }
    return false
  }

  private mutating func line() async -> WireLine? {
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
package final class Events: Sendable {
  private let events = Mutex<[TimedEvent]>([])

  package init() {}
  package func add(_ new: [TimedEvent]) { events.withLock { $0 += new } }
  package var all: [DialogueEvent] { events.withLock { $0.map(\.event) } }

  /// What the server sent, exactly.
  package var received: [UInt8] {
    all.flatMap { event -> [UInt8] in
      switch event {
      case .received(let line): line.wireOctets
      case .event(.injected(let octets)): octets
      default: []
      }
    }
  }

  /// Whether a line of the server's is marked as cut.
  package var isCut: Bool {
    all.contains { event in
      if case .received(let line) = event { line.ending == .none } else { false }
    }
  }

  /// The details of the events with a name.
  package func details(_ wanted: String) -> [String] {
    all.compactMap { event in
      guard case .event(let event) = event, event.name == wanted else { return nil }
      return String(decoding: event.details, as: UTF8.self)
    }
  }

  /// The names of the events that are no lines.
  package var names: [String] {
    all.compactMap { event in
      if case .event(let event) = event { event.name } else { nil }
    }
  }
}

/// An outcome that a test did not expect.
package struct Unmet: Error {
  package let outcome: String
  package init(outcome: String = "another step") { self.outcome = outcome }
}

extension Duration {
  /// For servers that are silent: long enough for what comes before the silence.
  package static let short = Duration.seconds(3)
}
