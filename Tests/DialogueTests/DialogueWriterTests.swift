import Dialogue
import SMTPWire
import Testing

@Suite("Writing what happened")
struct DialogueWriterTests {
  private func written(_ event: DialogueEvent, at time: Duration = .milliseconds(13)) -> String {
    String(decoding: DialogueWriter.line(TimedEvent(time, event)), as: UTF8.self)
  }

  @Test("the head names the version, the target and the instant")
  func head() {
    let head = DialogueWriter.recordingHead(target: "smtp://mail.example.com:587", clock: "2026-11-22T19:34:05.123Z")
    #expect(
      String(decoding: head, as: UTF8.self)
        == "# parley 1\n* target smtp://mail.example.com:587\n* clock 2026-11-22T19:34:05.123Z\n")
  }

  @Test("a target cannot begin a second line")
  func headInjection() {
    let head = DialogueWriter.recordingHead(target: "a\nC: QUIT", clock: "b")
    #expect(String(decoding: head, as: UTF8.self) == "# parley 1\n* target a\\nC: QUIT\n* clock b\n")
  }

  @Test("each kind has its mark, and the time three decimals")
  func kinds() {
    #expect(written(.sent(OutgoingLine("EHLO a"))) == "0.013 C: EHLO a\n")
    #expect(written(.received(WireLine("250 ok")), at: .seconds(12)) == "12.000 S: 250 ok\n")
    #expect(written(.event(.closed(by: .peer, ""))) == "0.013 * closed by peer\n")
    #expect(written(.event(.reset(""))) == "0.013 * reset\n")
    #expect(written(.note("hello"), at: .microseconds(1_999)) == "0.001 # hello\n")
  }

  @Test("an empty line has no blank at its end")
  func emptyLines() {
    #expect(written(.received(WireLine(""))) == "0.013 S:\n")
    #expect(written(.sent(OutgoingLine(""))) == "0.013 C:\n")
  }

  @Test("every ending but CRLF is written")
  func endings() {
    #expect(written(.received(WireLine(bytes("250 ok"), ending: .bareLF))) == "0.013 S: 250 ok\\n\n")
    #expect(written(.received(WireLine(bytes("250 o"), ending: .none))) == "0.013 S: 250 o\\z\n")
    #expect(written(.sent(OutgoingLine(bytes(""), ending: .none))) == "0.013 C: \\z\n")
  }

  @Test("a line feed at the end of a line's text is not its ending")
  func lineFeedWithin() {
    #expect(written(.sent(OutgoingLine(bytes("a\nb")))) == "0.013 C: a\\nb\n")
    #expect(written(.sent(OutgoingLine(bytes("a\n")))) == "0.013 C: a\\x0A\n")
    #expect(written(.received(WireLine(bytes("a\n")))) == "0.013 S: a\\x0A\n")
  }

  @Test("a secret is its variable, and a dollar sign no variable")
  func secrets() {
    let secret = Secret(name: "auth.plain", octets: bytes("AGEAYg=="))
    let line = OutgoingLine([.octets(bytes("AUTH PLAIN ")), .secret(secret)])
    #expect(written(.sent(line)) == "0.013 C: AUTH PLAIN ${auth.plain}\n")
    #expect(written(.received(WireLine("250 ${auth.plain}"))) == "0.013 S: 250 \\${auth.plain}\n")
  }

  @Test("what is written is read as it happened, whatever it was")
  func roundTrip() {
    for seed in 1...300 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let events = (0..<30).map { _ in Noise.event(&numbers) }
      var file: [UInt8] = []
      for event in events { DialogueWriter.write(event, into: &file) }
      let reading = DialogueReader.read(file)
      #expect(reading.dialogue.events == events, "seed \(seed)")
      #expect(reading.diagnostics.isEmpty, "seed \(seed): \(reading.diagnostics)")
      #expect(reading.dialogue.source == file, "seed \(seed)")
    }
  }
}
