import Dialogue
import Failures
import SMTPClient
import SMTPSession
import SMTPWire
import Synchronization
import TestPeers
import Testing

@Suite("Recording before looking")
struct ConversationRecordingTests {
  private func converse(
    _ steps: [ScriptedServer.Step], events: Events, unfinished: @escaping @Sendable (TimedEvent) -> Void = { _ in },
    _ body: (Conversation) async throws -> Void
  ) async throws {
    let server = try await ScriptedServer(steps)
    var options = ConversationOptions(timeouts: SMTPTimeouts(all: .short))
    options.onUnfinishedLine = unfinished
    let conversation = Conversation(
      target: Target(host: "127.0.0.1", port: server.port), options: options, sink: { events.add($0) })
    try await withTaskExecutorPreference(TestExecutor.shared) { try await body(conversation) }
    await conversation.close()
    await server.stop()
  }

  @Test("what has arrived is recorded whole before the first of it is looked at")
  func ahead() async throws {
    let events = Events()
    try await converse([.bytes(Array("220 hi\r\n250 stray\r\n".utf8)), .silence], events: events) { conversation in
      try await conversation.connect()
      #expect(try await conversation.reply().reply.code == 220)
      #expect(events.received == Array("220 hi\r\n250 stray\r\n".utf8))
    }
  }

  @Test("a line that has not ended is told at once, and comes as cut when it never ends")
  func unfinished() async throws {
    let events = Events()
    let told = Told()
    try await converse([.bytes(Array("220 ha".utf8)), .silence], events: events, unfinished: { told.add($0) }) {
      conversation in
      try await conversation.connect()
      do {
        _ = try await conversation.reply()
        Issue.record("half a greeting was a reply")
      } catch {
        #expect((error as? SessionFailure)?.name == .timeoutBanner)
      }
      #expect(told.lines.last == WireLine(Array("220 ha".utf8), ending: .none))
      #expect(events.all.contains(.received(WireLine(Array("220 ha".utf8), ending: .none))))
      #expect(events.names.suffix(1) == ["timeout"])
    }
  }

  @Test("an attempt to connect and a name that nobody knows are in the recording")
  func unknownHost() async throws {
    let events = Events()
    let conversation = Conversation(
      target: Target(host: "nobody.invalid", port: 25),
      options: ConversationOptions(timeouts: SMTPTimeouts(all: .short)),
      sink: { events.add($0) })
    await #expect(throws: SessionFailure.self) { try await conversation.connect() }
    #expect(events.names == ["connecting", "connect-failed"])
    #expect(events.details("connect-failed").first?.hasPrefix("nobody.invalid:25 ") == true)
  }
}

/// Keeps what was told of lines that had not ended.
private final class Told: Sendable {
  private let events = Mutex<[TimedEvent]>([])

  func add(_ event: TimedEvent) { events.withLock { $0.append(event) } }

  var lines: [WireLine] {
    events.withLock { $0 }.compactMap { if case .received(let line) = $0.event { line } else { nil } }
  }
}
