package import Dialogue
import Failures
package import Network
package import SMTPClient
import SMTPSession
import SMTPWire
package import TLSEngine

/// How playing a script as the server ended.
package enum ServerScriptOutcome: Sendable {
  /// The client said all that it should; in lenient order, these lines of the script were never said.
  case passed(unplayed: [Int])
  case failed(ServerPlayerFailure)
}

/// Plays a dialogue as the server for live clients; it never opens a connection itself.
package actor ServerScriptRunner {
  private var player: DialogueServerPlayer
  private let listener: Listener
  private let tls: TLSConfiguration
  private let patience: Duration
  private var log: EventLog
  private var framer = LineFramer()
  private var connection: Connection?
  private var leave: AsyncStream<Void>.Continuation?
  /// What is written together with whatever comes next: the 220 of STARTTLS must go out in the step that begins TLS.
  private var held: [UInt8] = []

  /// Makes a runner for a listener that nobody serves yet; each wait lasts at most `patience`.
  package init(
    script: DialogueScript, options: ServerPlayerOptions, listener: Listener, tls: TLSConfiguration, patience: Duration,
    sink: @escaping EventSink
  ) {
    player = DialogueServerPlayer(script, options: options)
    self.listener = listener
    self.tls = tls
    self.patience = patience
    log = EventLog(start: .now, sink: sink)
  }

  /// Serves clients until the script is played or one of them leaves it.
  package func run() async -> ServerScriptOutcome {
    let (arrivals, arrived) = AsyncStream.makeStream(of: Arrival.self)
    let listener = listener
    let serving = Task {
      await listener.run { connection in
        let (stay, leave) = AsyncStream.makeStream(of: Void.self)
        arrived.yield(Arrival(connection: connection, leave: leave))
        for await _ in stay {}
      }
    }
    let outcome = await play(arrivals)
    listener.stop()
    leave?.finish()
    arrived.finish()
    await serving.value
    return outcome
  }

  private struct Arrival: Sendable {
    let connection: Connection
    let leave: AsyncStream<Void>.Continuation
  }

  private func play(_ arrivals: AsyncStream<Arrival>) async -> ServerScriptOutcome {
    var iterator = arrivals.makeAsyncIterator()
    var action = player.start()
    while true {
      switch action {
      case .finished:
        await finish()
        return .passed(unplayed: player.unplayed)
      case .failed(let failure):
        await finish()
        return .failed(failure)
      case .accept:
        await finish()
        guard let arrival = await iterator.next(isolation: self) else { return .passed(unplayed: player.unplayed) }
        take(arrival)
        action = player.receive(.done)
      default: action = player.receive(await perform(action))
      }
    }
  }

  private func take(_ arrival: Arrival) {
    connection = arrival.connection
    leave = arrival.leave
    framer = LineFramer()
    log.note(.connected(arrival.connection.remoteAddress))
    log.flush()
  }

  private func finish() async {
    _ = await flush()
    if let connection { await connection.finish(until: .now + .seconds(1)) }
    leave?.finish()
    connection = nil
    log.flush()
  }

  private func perform(_ action: ServerPlayerAction) async -> ServerPlayerInput {
    if case .send(let lines, _) = action {
      held += lines.flatMap(\.wireOctets)
      for line in lines { log.note(.received(line)) }
      return .done
    }
    if case .startTLS = action { return await startTLS() }
    if let ended = await flush() { return ended }
    switch action {
    case .awaitLine(let isSecret): return await line(isSecret: isSecret)
    case .awaitOctets(let count): return await octets(count)
    case .expectClose: return await line(isSecret: false)
    case .wait(let duration): try? await Task.sleep(for: duration)
    case .close: await connection?.close()
    case .reset: await connection?.abort()
    default: break
    }
    return .done
  }

  /// Writes what is held; what it gives back says that it could not be written.
  private func flush() async -> ServerPlayerInput? {
    log.flush()
    guard let connection, !held.isEmpty else { return nil }
    defer { held = [] }
    switch await connection.write(held, until: .now + patience) {
    case .written: return nil
    case .ended(let end): return Self.input(end)
    case .timedOut, .cancelled: return .timeout
    }
  }

  private func line(isSecret: Bool) async -> ServerPlayerInput {
    let deadline = ContinuousClock.now + patience
    while true {
      if let line = framer.next() {
        log.note(.sent(isSecret ? Self.masked(line) : ClientSession.markedCommand(line.octets, ending: line.ending)))
        return .line(line)
      }
      if let ended = await read(until: deadline) { return ended }
    }
  }

  private func octets(_ count: Int) async -> ServerPlayerInput {
    let deadline = ContinuousClock.now + patience
    while framer.bufferedCount == 0 {
      if let ended = await read(until: deadline) { return ended }
    }
    let octets = framer.takeOctets(upTo: count)
    log.note(.sent(OutgoingLine(octets, ending: .none)))
    return .octets(octets)
  }

  private func read(until deadline: ContinuousClock.Instant) async -> ServerPlayerInput? {
    guard let connection else { return .closed }
    switch await connection.read(until: deadline) {
    case .bytes(let octets): framer.append(octets)
    case .ended(let end):
      // A dialogue is told from the client's side.
      log.note(.closed(by: .us, end.name == .connReset ? ", with a reset" : ""))
      return Self.input(end)
    case .timedOut, .cancelled: return .timeout
    }
    return nil
  }

  private func startTLS() async -> ServerPlayerInput {
    log.flush()
    guard let connection else { return .closed }
    defer { held = [] }
    framer = LineFramer()
    do {
      let context = try TLSContext(tls)
      let start = await connection.startTLS(context, mode: .upgrade(sendingFirst: held), until: .now + patience)
      guard case .established(let facts, _) = start.outcome else { return .failed("the TLS handshake did not succeed") }
      log.note(.tls(facts.summary()))
      log.flush()
      return .done
    } catch {
      return .failed(error.words)
    }
  }

  private static func masked(_ line: WireLine) -> OutgoingLine {
    OutgoingLine([.secret(Secret(name: "auth.response", octets: line.octets))], ending: line.ending)
  }

  private static func input(_ end: ConnectionEnd) -> ServerPlayerInput {
    end.name == .connReset ? .reset : .closed
  }
}
