import Dialogue
import SMTPWire
import Testing

@Suite("What a failed expectation tells")
struct PlayerFailureTests {
  @Test("the line of the script, what it expects, what came, and a sentence")
  func failure() throws {
    let script = "# a\nS: 220\nC: RCPT TO:<a@example.com>\nS: 250 2.1.5 Ok\n"
    let failure = try #require(
      Rehearsal().play(script, [.reply("220 a"), .reply("550 5.1.1 <a@example.com>: no")]).failure)
    #expect(failure.number == 4)
    #expect(failure.expected == ["S: 250 2.1.5 Ok"])
    #expect(failure.got == [WireLine("550 5.1.1 <a@example.com>: no")])
    #expect(failure.level == .code)
    #expect(failure.sentence == "The reply to RCPT is 550 5.1.1 where 250 was expected.")
  }

  @Test(
    "the end of the connection",
    arguments: [
      (Rehearsal.Cue.closed, "The server closed the connection where the reply to NOOP was expected."),
      (.reset, "The server reset the connection where the reply to NOOP was expected."),
      (.timeout, "The server was silent for too long where the reply to NOOP was expected."),
    ])
  func ended(cue: Rehearsal.Cue, sentence: String) throws {
    let failure = try #require(Rehearsal().play("S: 220\nC: NOOP\nS: 250\n", [.reply("220 a"), cue]).failure)
    #expect(failure.sentence == sentence)
    #expect(failure.number == 3)
    #expect(failure.expected == ["S: 250"])
    #expect(failure.got.isEmpty)
  }

  @Test("a connection that cannot be opened")
  func noConnection() throws {
    let failure = try #require(Rehearsal().play("S: 220\n", [.failed("refused")]).failure)
    #expect(failure.sentence == "The attempt to connect failed: refused")
  }

  @Test("all lines of an expected reply are shown, and nothing in them acts on a terminal")
  func manyLines() throws {
    let script = "S: 220\nC: EHLO a\nS: 250-a\nS: 250-\u{202E}SIZE\nS: 250 DSN\n"
    let failure = try #require(Rehearsal().play(script, [.reply("220 a"), .reply("250-a / 250 DSN")]).failure)
    #expect(failure.expected == ["S: 250-a", "S: 250-\\xE2\\x80\\xAESIZE", "S: 250 DSN"])
    #expect(failure.number == 3)
    #expect(failure.sentence == "The server does not offer \\xE2\\x80\\xAESIZE.")
  }

  @Test("nothing is played after a failure")
  func ends() {
    var player = DialoguePlayer(DialogueScript(dialogue("S: 220\n")))
    _ = player.start()
    _ = player.receive(.done)
    guard case .failed = player.receive(.timeout) else {
      Issue.record("a silent server is no failure")
      return
    }
    #expect(player.receive(.replied(Reply(220, "a"))) == .finished)
  }
}
