import Dialogue
import Failures
import SMTPClient
import SMTPSession
import SMTPWire
import TestPeers
import Testing

/// Servers that speak while the message goes out, and those that take back what they said of it.
@Suite("A message and what is said meanwhile", .serialized)
struct HostileMessageTests {
  /// More than the system keeps for a server that does not read.
  private let large = String(repeating: String(repeating: "0123456789", count: 99) + "\n", count: 16_000)
  private let data = GoodServer.until(4)

  @Test("an acceptance before the final dot is none, and the dot is not sent")
  func acceptedEarly() async throws {
    let steps = data + [.say("354 go"), .hear, .say("250 2.0.0 queued"), .silence]
    for (message, answer) in [("x\n", data + [.say("354 go\r\n250 2.0.0 queued"), .silence]), (large, steps)] {
      let session = try await HostileSession(answer, message: message)
      #expect(session.failure == .protoUnsolicited)
      #expect(session.outcome.failure?.stage == .message)
      #expect(!session.sentMessage)
      session.expectWholeRecording()
    }
  }

  @Test(
    "a refusal before the final dot is taken at its word", arguments: ["552 5.3.4 too big", "421 4.3.2 bye", "451 no"])
  func refusedEarly(words: String) async throws {
    let name = FailureName.smtp(words.prefix(3))
    let lasts: [ScriptedServer.Step] = name == .smtp(552) ? [.silence, .close, .pause] : [.silence]
    for last in lasts {
      let session = try await HostileSession(data + [.say("354 go"), .hear, .say(words), last], message: large)
      #expect(session.failure == name)
      #expect(session.words == words + "\r\n")
      #expect(!session.sentMessage && !session.heard.contains("QUIT"))
    }
  }

  @Test("a refusal that comes in pieces is awaited")
  func refusedInPieces() async throws {
    let pieces = ["354 go\r\n552-5.3.4 too\r\n5", "52 5.3.4 big\r\n"].map { ScriptedServer.Step.bytes(Array($0.utf8)) }
    let session = try await HostileSession(data + pieces + [.silence])
    #expect(session.failure == .smtp(552))
    #expect(session.words == "552-5.3.4 too\r\n552 5.3.4 big\r\n")
    session.expectWholeRecording()
  }

  @Test("a server that floods the message's way does not fill our memory", arguments: ["250 x\r\n", "x"])
  func flooded(unit: String) async throws {
    let flood = Array(String(repeating: unit, count: 65_536 / unit.utf8.count).utf8)
    let session = try await HostileSession(data + [.say("354 go"), .flood(flood)], message: large)
    #expect(session.failure == .protoUnsolicited)
    session.expectBoundedRecording(512 << 10)
  }

  @Test(
    "a refusal that comes for QUIT takes the acceptance back",
    arguments: [
      [.say("250 ok"), .hear, .say("554 5.7.1 no"), .silence], [.say("250 ok\r\n554 5.7.1 no"), .silence],
    ] as [[ScriptedServer.Step]])
  func takenBack(steps: [ScriptedServer.Step]) async throws {
    let session = try await HostileSession(GoodServer.until(GoodServer.dot) + steps)
    #expect(session.failure == .protoDesync)
    #expect(session.outcome.failure?.isDeliveryUncertain == true)
  }

  @Test(
    "whatever else comes for QUIT, the message is delivered",
    arguments: [
      [.say("250 ok")], [.say("500 what")], [.bytes([0xFF, 0x00, 0x0D, 0x0A])],
      [.flood([UInt8](repeating: 0x41, count: 65_536))],
      [.flood(Array(String(repeating: "221-x\r\n", count: 5_000).utf8))], [.silence],
    ] as [[ScriptedServer.Step]])
  func goodbye(steps: [ScriptedServer.Step]) async throws {
    let session = try await HostileSession(GoodServer.until(GoodServer.dot + 1) + steps, waits: .short)
    #expect(session.failure == nil)
    #expect(session.outcome.final?.code == 250)
  }

  @Test("LMTP: each recipient's answer is awaited, and a refusal among them counts")
  func lmtp() async throws {
    for (answers, name) in [("250 a\r\n250 b", nil), ("250 a\r\n452 b", .smtp(452)), ("250 a", .deliveryUncertain)]
      as [(String, FailureName?)]
    {
      let start: [ScriptedServer.Step] = [
        .say("220 hi"), .hear, .say("250 hi"), .hear, .say("250 ok"), .hear, .say("250 ok"),
      ]
      let steps =
        start + [.hear, .say("250 ok"), .hear, .say("354 go"), .hearMessage, .say(answers), .hear, .say("221 bye")]
      let session = try await HostileSession(
        steps, waits: .short,
        plan: {
          $0.isLMTP = true
          $0.envelope.recipients.append(.init("c@example.org"))
        })
      #expect(session.failure == name)
    }
  }
}
