import Failures
import SMTPClient
import SMTPSession
import SMTPWire
import TestPeers
import Testing

/// What came of sending one message to a server that does what a test says.
///
/// Waits are long where nothing is waited for in vain, so that a busy machine changes nothing.
struct HostileSession {
  let outcome: SubmissionOutcome
  /// The lines that the server got.
  let heard: [String]
  /// What the server said; of a flood, its beginning.
  let said: [UInt8]
  let events: Events

  /// The stable name of the failure; nil after a success.
  var failure: FailureName? { outcome.failure?.name }
  /// Whether the message went out whole.
  var sentMessage: Bool { heard.contains(".") }
  /// The server's words that come with the failure.
  var words: String {
    String(decoding: outcome.failure?.lines.flatMap(\.wireOctets) ?? [], as: UTF8.self)
  }

  init(
    _ steps: [ScriptedServer.Step], waits: Duration = .seconds(30), message: String = "Subject: x\n\nbody\n",
    scheme: Target.Scheme = .smtp,
    plan change: (inout SubmissionPlan) -> Void = { _ in },
    options adjust: (inout ConversationOptions) -> Void = { _ in }
  ) async throws {
    let server = try await ScriptedServer(steps)
    var plan = SubmissionPlan(greetingName: "client.example", sender: "a@example.com", recipients: ["b@example.org"])
    change(&plan)
    var options = ConversationOptions(timeouts: SMTPTimeouts(all: waits))
    adjust(&options)
    let events = Events()
    let runner = SubmissionRunner(
      plan: plan, message: .octets(Array(message.utf8)),
      target: Target(scheme: scheme, host: "127.0.0.1", port: server.port), options: options, sink: { events.add($0) })
    outcome = try await withTaskExecutorPreference(TestExecutor.shared) { try await runner.run() }
    await server.stop()
    (heard, said, self.events) = (server.heard.all, server.said.all, events)
  }

  /// Expects the recording to hold exactly what the server said.
  func expectWholeRecording(_ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(events.received == said, comment, sourceLocation: sourceLocation)
  }

  /// Expects the recording to hold the beginning of what the server said, and no more than `limit` octets.
  func expectBoundedRecording(_ limit: Int, sourceLocation: SourceLocation = #_sourceLocation) {
    let received = events.received
    #expect(!received.isEmpty && received.count <= limit, sourceLocation: sourceLocation)
    #expect(said.starts(with: received.prefix(said.count)), sourceLocation: sourceLocation)
  }
}

/// The steps of a server that behaves, one list for each of the client's.
enum GoodServer {
  static let stages: [[ScriptedServer.Step]] = [
    [.say("220 mail.example.com ESMTP")], [.hear, .say("250-mail.example.com\r\n250 HELP")],
    [.hear, .say("250 2.1.0 Ok")],
    [.hear, .say("250 2.1.5 Ok")], [.hear, .say("354 go")], [.hearMessage, .say("250 2.0.0 queued")],
    [.hear, .say("221 2.0.0 Bye"), .close],
  ]
  /// The names of the stages, for what a test says.
  static let names = ["the greeting", "EHLO", "MAIL", "RCPT", "DATA", "the final dot", "QUIT"]
  /// The stage of the final dot.
  static let dot = 5

  /// All up to a stage, of which the server only reads the client's part.
  static func until(_ stage: Int) -> [ScriptedServer.Step] {
    stages[..<stage].flatMap { $0 } + stages[stage].prefix { if case .say = $0 { false } else { true } }
  }
}
