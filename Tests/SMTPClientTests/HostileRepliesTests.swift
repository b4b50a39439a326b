import Failures
import SMTPClient
import SMTPSession
import SMTPWire
import TestPeers
import Testing

/// Servers whose replies are no replies, too long, or not where they belong.
@Suite("Replies that hurt", .serialized)
struct HostileRepliesTests {
  @Test("no greeting: the client says nothing first, and names what is missing")
  func noGreeting() async throws {
    let session = try await HostileSession([.silence], waits: .short)
    #expect(session.failure == .timeoutBanner)
    #expect(session.heard.isEmpty && session.events.received.isEmpty)
  }

  @Test(
    "a greeting without a line end is cut at the limit, however much comes", arguments: [0x41, 0x00, 0x0D] as [UInt8])
  func endlessLine(octet: UInt8) async throws {
    let session = try await HostileSession([.flood([UInt8](repeating: octet, count: 65_536))])
    #expect(session.failure == .protoLineTooLong)
    session.expectBoundedRecording(256 << 10)
    #expect(session.heard.isEmpty)
  }

  @Test("a reply without an end is cut at the limit", arguments: [0, 1, 2, 5])
  func endlessReply(stage: Int) async throws {
    let line = stage == 0 ? "220-hello\r\n" : "250-hello\r\n"
    let session = try await HostileSession(
      GoodServer.until(stage) + [.flood(Array(String(repeating: line, count: 1_000).utf8))])
    #expect(session.failure == .protoReplyTooLong)
    session.expectBoundedRecording(2 << 20)
  }

  @Test("lines of one reply with different codes are no success at any stage", arguments: 0..<6)
  func mixedCodes(stage: Int) async throws {
    let codes = ["220", "250", "250", "250", "354", "250"]
    let session = try await HostileSession(GoodServer.until(stage) + [.say("\(codes[stage])-a\r\n550 b"), .silence])
    #expect(session.failure == .protoMixedCodes)
    #expect(session.words == "\(codes[stage])-a\r\n550 b\r\n")
    session.expectWholeRecording()
  }

  @Test("bare line feeds are noted, and the message is delivered")
  func bareLineFeeds() async throws {
    let steps = GoodServer.stages.flatMap { $0 }.map { step -> ScriptedServer.Step in
      if case .say(let text) = step { .bytes(Array((text.replacing("\r\n", with: "\n") + "\n").utf8)) } else { step }
    }
    let session = try await HostileSession(steps)
    #expect(session.failure == nil)
    #expect(session.events.details("deviation").contains { $0.hasPrefix("warn.bare_lf") })
    session.expectWholeRecording()
  }

  @Test(
    "NUL, octets that are not UTF-8, and terminal sequences come through whole",
    arguments: [
      [0x00, 0x41], [0xFF, 0xFE, 0x80], [0x1B, 0x5D, 0x30, 0x3B, 0x78, 0x07, 0x9B, 0x32, 0x4A],
    ] as [[UInt8]])
  func oddOctets(octets: [UInt8]) async throws {
    let odd = octets + Array("\r\n".utf8)
    let steps = GoodServer.until(2) + [.bytes(Array("550 ".utf8) + odd), .hear, .say("221 bye"), .close]
    let session = try await HostileSession(steps)
    #expect(session.failure == .smtp(550))
    #expect(session.outcome.failure?.lines.first?.octets == Array("550 ".utf8) + octets)
    session.expectWholeRecording()
  }

  @Test(
    "a server that speaks another protocol is told, also when it ends no line",
    arguments: [
      ("* OK IMAP4rev1\r\n", "IMAP"), ("SSH-2.0-x\r\n", "SSH"), ("+OK POP3", "POP3"),
      ("\u{15}\u{3}\u{1}\0\u{2}\u{2}(", "TLS"),
      ("HTTP/1.1 400 no\r\n", "HTTP"), ("J\0\0\0\n8.0.33\0", "SMTP"),
    ])
  func otherProtocols(words: String, name: String) async throws {
    let session = try await HostileSession([.bytes(Array(words.utf8)), .silence], waits: .short)
    #expect(session.failure == .protoNotSMTP)
    #expect(session.outcome.failure?.summary.contains(name) == true)
    session.expectWholeRecording()
    #expect(session.heard.isEmpty)
  }

  @Test("an answer that comes before its question ends the session", arguments: 0..<5)
  func ahead(stage: Int) async throws {
    guard case .say(let answer)? = GoodServer.stages[stage].last else { throw Unmet(outcome: "no answer") }
    let session = try await HostileSession(GoodServer.until(stage) + [.say(answer + "\r\n250 2.0.0 fake"), .silence])
    #expect(session.failure == .protoUnsolicited)
    #expect(session.words.hasSuffix("250 2.0.0 fake\r\n"))
    #expect(!session.sentMessage)
    session.expectWholeRecording()
  }

  @Test(
    "a person's session goes on after what answers nothing, but not for ever", arguments: ["250 x\r\n", "what\r\n"])
  func strays(line: String) async throws {
    let flood = Array(String(repeating: line, count: 2_000).utf8)
    let server = try await ScriptedServer([.say("220 hi"), .flood(flood)])
    let events = Events()
    let target = Target(host: "127.0.0.1", port: server.port)
    let conversation = Conversation(target: target, options: ConversationOptions(), sink: { events.add($0) })
    let failure = await #expect(throws: SessionFailure.self) {
      try await conversation.connect()
      while true { _ = try await conversation.nextReply() }
    }
    await conversation.close()
    await server.stop()
    #expect(failure?.name == (line == "what\r\n" ? .protoBadCode : .protoUnsolicited))
    #expect(events.details("deviation").count <= 1_001)
    #expect(events.received.count < 1 << 20)
  }

  @Test("a session as a whole has a deadline")
  func total() async throws {
    let session = try await HostileSession(
      GoodServer.until(2) + [.silence],
      options: {
        $0.timeouts = SMTPTimeouts(all: .seconds(60))
        $0.timeouts.total = .short
      })
    #expect(session.failure == .timeoutTotal)
  }
}
