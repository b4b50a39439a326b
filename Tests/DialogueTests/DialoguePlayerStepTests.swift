import Dialogue
import SMTPWire
import Testing

@Suite("Playing the steps of a script")
struct DialoguePlayerStepTests {
  private func did(_ script: String, _ cues: [Rehearsal.Cue]) -> [String] { Rehearsal().play(script, cues).did }

  @Test("starttls says EHLO again, and before it where the script has not")
  func starttls() {
    #expect(
      did(
        "S: 220\nC: EHLO me\nS: 250\n> starttls\n",
        [.reply("220 a"), .reply("250 a"), .reply("220 a"), .reply("250 a")]) == [
          "connect", "await greeting", "send EHLO me", "await EHLO", "send STARTTLS", "await STARTTLS", "handshake",
          "send EHLO me", "await EHLO", "finished",
        ])
    #expect(
      did("> starttls\n", [.reply("220 a"), .reply("250 a"), .reply("220 a"), .reply("250 a")]) == [
        "connect", "await greeting", "send EHLO ${ehlo}", "await EHLO", "send STARTTLS", "await STARTTLS", "handshake",
        "send EHLO ${ehlo}", "await EHLO", "finished",
      ])
  }

  @Test("starttls fails when it is refused, unless the script expects that")
  func starttlsRefused() {
    let cues: [Rehearsal.Cue] = [.reply("220 a"), .reply("250 a"), .reply("454 no"), .reply("250 a")]
    #expect(
      did("C: EHLO me\nS: 250\n> starttls\nC: NOOP\nS: 250\n", cues).last
        == "failed 3: The reply to STARTTLS is 454 where 220 was expected.")
    #expect(
      did("C: EHLO me\nS: 250\n> starttls\nS: 4yz\nC: NOOP\nS: 250\n", cues).suffix(3) == [
        "send NOOP", "await NOOP", "finished",
      ])
  }

  @Test("a failed handshake is told with its reason")
  func handshake() {
    let cues: [Rehearsal.Cue] = [.reply("220 a"), .reply("250 a"), .reply("220 a"), .failed("expired\u{1B}")]
    #expect(did("C: EHLO me\nS: 250\n> starttls\n", cues).last == "failed 3: The TLS handshake failed: expired\\x1B")
  }

  @Test("tls begins the handshake before the greeting")
  func tls() {
    #expect(did("> tls\nS: 220\n", [.reply("220 a")]) == ["connect", "handshake", "await greeting", "finished"])
  }

  @Test("tls behind a raw STARTTLS is the one handshake that its 220 asks for")
  func tlsBehindSTARTTLS() {
    let cues: [Rehearsal.Cue] = [.reply("220 a"), .reply("220 go"), .reply("250 b")]
    for lines in ["S: 220\n", ""] {
      #expect(
        did("> raw \"STARTTLS\\r\\n\"\n" + lines + "> tls\nC: EHLO me\nS: 250\n", cues) == [
          "connect", "await greeting", "send STARTTLS", "await STARTTLS", "handshake", "send EHLO me", "await EHLO",
          "finished",
        ])
    }
  }

  @Test("auth and message end in a reply, which is a success unless the script says what")
  func replies() {
    let begin = "S: 220\n"
    #expect(
      did(begin + "> auth plain\n> message mail.eml\n", [.reply("220 a"), .reply("235 a"), .reply("250 a")]) == [
        "connect", "await greeting", "auth PLAIN", "message mail.eml", "finished",
      ])
    #expect(
      did(begin + "> auth\n", [.reply("220 a"), .reply("535 5.7.8 no")]).last
        == "failed 2: The reply to AUTH is 535 5.7.8 where 2yz was expected.")
    #expect(did(begin + "> auth\nS: 535\n", [.reply("220 a"), .reply("535 5.7.8 no")]).last == "finished")
    #expect(did(begin + "> auth\nS~ 5\\.7\\.8\n", [.reply("220 a"), .reply("535 5.7.8 no")]).last == "finished")
    #expect(
      did(begin + "> auth\nS~ 5\\.7\\.9\n", [.reply("220 a"), .reply("535 5.7.8 no")]).last
        == "failed 3: No line of the reply to AUTH matches the expression.")
    #expect(
      did(begin + "> message\nS: 554\n", [.reply("220 a"), .reply("250 a")]).last
        == "failed 3: The reply to the message is 250 where 554 was expected.")
    #expect(
      did(begin + "> auth\n", [.reply("220 a"), .failed("no mechanism")]).last
        == "failed 2: The step failed: no mechanism")
  }

  @Test("replies still to come are read before a step")
  func quiet() {
    #expect(
      did("C: EHLO a\n> auth\n", [.reply("220 a"), .reply("250 a"), .reply("235 a")]) == [
        "connect", "await greeting", "send EHLO a", "await EHLO", "auth any", "finished",
      ])
  }

  @Test("wait, drop, reset, connect and quit")
  func connections() {
    let script = "> connect\nS: 220\n> wait 1.5\n> drop\n> connect\nS: 220\n> reset\n> connect\n> quit\n"
    #expect(
      did(script, [.reply("220 a"), .reply("220 b"), .reply("220 c"), .reply("221 d")]) == [
        "connect", "await greeting", "wait 1.5 seconds", "close", "connect", "await greeting", "reset", "connect",
        "await greeting", "send QUIT", "await QUIT", "finished",
      ])
  }

  @Test("quit can be expected to be answered otherwise")
  func quit() {
    #expect(did("> quit\nS: 500\n", [.reply("220 a"), .reply("500 what")]).last == "finished")
    #expect(
      did("> quit\n", [.reply("220 a"), .reply("500 what")]).last
        == "failed 1: The reply to QUIT is 500 where 2yz was expected.")
  }

  @Test("a pattern matches the next reply, and the last one once all have come")
  func patterns() {
    let ehlo = "S: 220\nC: EHLO a\n"
    let cues: [Rehearsal.Cue] = [.reply("220 a"), .reply("250-a / 250-SIZE 10 / 250 DSN")]
    #expect(did(ehlo + "S~ ^250[- ]SIZE \\d+$\nS~ DSN\n", cues).last == "finished")
    #expect(did(ehlo + "S: 250\nS~ SIZE\nS~ ^250 DSN\n", cues).last == "finished")
    #expect(
      did(ehlo + "S: 250\nS~ SIZE\nS~ STARTTLS\n", cues).last
        == "failed 5: No line of the reply to EHLO matches the expression.")
    #expect(
      did("S~ ^220\nC: MAIL\nC: RCPT\nS~ ^250\nS~ ^550\n", [.reply("220 a"), .reply("250 a"), .reply("550 a")]).last
        == "finished")
  }
}
