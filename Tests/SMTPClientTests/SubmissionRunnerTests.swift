import Failures
import SASL
import SMTPClient
import SMTPSession
import SMTPWire
import TestPeers
import Testing

@Suite("Sending a message to servers that behave, and that do not")
struct SubmissionRunnerTests {
  private let start: [ScriptedServer.Step] = [
    .say("220 mail.example.com ESMTP"), .hear, .say("250-mail.example.com\r\n250 HELP"),
  ]

  /// Sends a message to a server that does these steps; waits are short.
  private func send(
    _ steps: [ScriptedServer.Step], message: String = "Subject: x\n\n.hidden\nbody", login: Credentials? = nil,
    events: Events = Events()
  ) async throws -> (outcome: SubmissionOutcome, heard: [String]) {
    let server = try await ScriptedServer(steps)
    var plan = SubmissionPlan(greetingName: "client.example", sender: "a@example.com", recipients: ["b@example.org"])
    if let login { (plan.auth, plan.allowsPlaintextAuth) = (.required(mechanism: "PLAIN", login), true) }
    let options = ConversationOptions(timeouts: SMTPTimeouts(all: .short))
    let runner = SubmissionRunner(
      plan: plan, message: .octets(Array(message.utf8)), target: Target(host: "127.0.0.1", port: server.port),
      options: options, sink: { events.add($0) })
    let outcome = try await withTaskExecutorPreference(TestExecutor.shared) { try await runner.run() }
    await server.stop()
    return (outcome, server.heard.all)
  }

  private var whole: [ScriptedServer.Step] {
    start + [
      .hear, .say("250 2.1.0 Ok"), .hear, .say("250 2.1.5 Ok"), .hear, .say("354 go"), .hearMessage,
      .say("250 2.0.0 queued"),
      .hear, .say("221 2.0.0 Bye"), .close,
    ]
  }

  @Test("a whole session succeeds, and the message goes out with its dots doubled")
  func success() async throws {
    let (outcome, heard) = try await send(whole)
    #expect(outcome.failure == nil)
    #expect(
      heard == [
        "EHLO client.example", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.org>", "DATA", "Subject: x", "",
        "..hidden", "body", ".",
        "QUIT",
      ])
  }

  @Test(
    "a password that the server sends back reaches neither events nor failures",
    arguments: ["wonderland", "AGFsaWNlAHdvbmRlcmxhbmQ=", "d29uZGVybGFuZA==", "AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ="])
  func echo(said: String) async throws {
    let events = Events()
    let (outcome, _) = try await send(
      [
        .say("220 \(said)"), .hear, .say("250-mail.example.com\r\n250 AUTH PLAIN"), .hear,
        .say("535-5.7.8 \(said)\r\n535 5.7.8 not \(said)!"), .hear, .say("221 \(said)"), .close,
      ],
      login: Credentials(user: "alice", password: "wonderland"), events: events)
    let told = [events.received, outcome.failure?.lines.flatMap(\.wireOctets) ?? []].map {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(
      outcome.failure?.name.description == "smtp.535" && told[1].contains("535 5.7.8 not") && told[1].contains("***"))
    for text in told {
      for face in ["wonderland", "d29uZGVy", "b25kZXJs"] { #expect(!text.contains(face), "\(text)") }
    }
  }

  @Test("replies in packets of one octet are replies")
  func drip() async throws {
    let steps: [ScriptedServer.Step] =
      [.drip("220 mail.example.com"), .hear, .drip("250-mail.example.com\r\n250 HELP")] + whole.dropFirst(3)
    #expect(try await send(Array(steps)).outcome.failure == nil)
  }

  @Test(
    "each fault has its name",
    arguments: [
      ("no greeting", [.silence], .timeoutBanner),
      ("closed at once", [.close], .connEOF),
      ("reset at once", [.reset], .connReset),
      ("another protocol", [.say("* OK IMAP4rev1 ready"), .silence], .protoNotSMTP),
      ("refused", [.say("554 5.7.1 no"), .hear, .close], .smtp(554)),
      ("silence after EHLO", [.say("220 hi"), .hear, .silence], .timeoutReply),
      ("half a reply, then silence", [.say("220 hi"), .hear, .say("250-a"), .silence], .timeoutReply),
      (
        "half a reply, then the end", [.say("220 hi"), .hear, .bytes(Array("250-a\r\n250 b".utf8)), .close], .connEOF
      ),
      ("mixed codes", [.say("220 hi"), .hear, .say("250-a\r\n550 b"), .silence], .protoMixedCodes),
      ("no code", [.say("220 hi"), .hear, .say("hello"), .silence], .protoBadCode),
      (
        "answers before questions", [.say("220 hi"), .hear, .say("250 a\r\n250 ok\r\n250 ok"), .silence],
        .protoUnsolicited
      ),
      ("a line without an end", [.bytes([UInt8](repeating: 0x41, count: 100_000)), .silence], .protoLineTooLong),
      ("shutting down", [.say("220 hi"), .hear, .say("421 4.3.2 bye"), .close], .smtp(421)),
    ] as [(String, [ScriptedServer.Step], FailureName)])
  func faults(what: String, steps: [ScriptedServer.Step], name: FailureName) async throws {
    let (outcome, heard) = try await send(steps)
    #expect(outcome.failure?.name == name, "\(what)")
    #expect(!heard.contains { $0.hasPrefix("MAIL") }, "\(what)")
  }

  @Test("without an answer to the final dot, nobody knows whether the message was accepted")
  func uncertain() async throws {
    let head = Array(whole.prefix(whole.count - 4))
    for ending: [ScriptedServer.Step] in [
      [.silence], [.close], [.reset], [.bytes(Array("250 2.0.0 Ok: que".utf8)), .close],
    ] {
      let outcome = try await send(head + ending).outcome
      #expect(outcome.failure?.name == .deliveryUncertain)
      #expect(outcome.failure?.isDeliveryUncertain == true)
    }
  }

  @Test("no answer to QUIT is no failure")
  func missingBye() async throws {
    #expect(try await send(Array(whole.prefix(whole.count - 2)) + [.silence]).outcome.failure == nil)
    #expect(try await send(Array(whole.prefix(whole.count - 2)) + [.close]).outcome.failure == nil)
  }

  @Test("what came is recorded to the last octet, also where it was cut")
  func recording() async throws {
    let events = Events()
    let bytes = Array("220 hi\r\n".utf8)
    _ = try await send(
      [.bytes(bytes), .hear, .bytes(Array("250-a\n250-\u{1B}[2J\0\r\n250-cut".utf8)), .close], events: events)
    #expect(events.received == bytes + Array("250-a\n250-\u{1B}[2J\0\r\n250-cut".utf8))
    #expect(events.names.contains("failed"))
  }

  @Test("what is wrong with a reply that can be understood is noted, and the session goes on")
  func deviations() async throws {
    let events = Events()
    let steps: [ScriptedServer.Step] = [.bytes(Array("220 hi\n".utf8))] + whole.dropFirst()
    #expect(try await send(Array(steps), events: events).outcome.failure == nil)
    #expect(events.names.contains("deviation"))
  }

  @Test("a server that stops reading does not hold us for ever")
  func stopsReading() async throws {
    let message = String(repeating: String(repeating: "0123456789", count: 99) + "\n", count: 20_000)
    let server: [ScriptedServer.Step] = start + [.hear, .say("250 ok"), .hear, .say("250 ok"), .hear, .say("354 go")]
    // The server reads nothing more: it sleeps on a line that the client will never send.
    let outcome = try await send(server + [.pause], message: message).outcome
    #expect(outcome.failure?.name == .timeoutWrite)
  }
}
