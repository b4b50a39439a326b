import Dialogue
import SMTPWire
import Testing

@Suite("The octets that a side sent")
struct DialogueBytesTests {
  private let text = dialogue(
    "S: 220 a\nC: EHLO b\\n\nS: 250-x\\z\nS: y\n# note\nC: AUTH PLAIN ${auth.plain}\nS: \\${a}\\x00\n* injected 250 z\\r\\n\n> quit\nS~ x\n"
  )

  @Test("the server's, what stood behind STARTTLS included")
  func server() {
    #expect(DialogueBytes.sent(by: .server, in: text) == bytes("220 a\r\n250-xy\r\n${a}\0\r\n250 z\r\n"))
  }

  @Test("the client's, with secrets as their variables")
  func client() {
    #expect(DialogueBytes.sent(by: .client, in: text) == bytes("EHLO b\nAUTH PLAIN ${auth.plain}\r\n"))
  }

  @Test("the streams of both sides, framed and recorded as they came, come out as they went in")
  func roundTrip() {
    for seed in 1...200 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      var (sent, framers) = ([[UInt8](), []], [LineFramer(limit: 7), LineFramer(limit: 1000)])
      var file: [UInt8] = []
      for turn in 0..<12 {
        let side = Int.random(in: 0...1, using: &numbers)
        let piece = Noise.octets(upTo: 120, &numbers)
        sent[side] += piece
        framers[side].append(piece)
        while let line = framers[side].next() { record(line, side, turn, &file) }
      }
      for side in 0...1 { while let line = framers[side].finish() { record(line, side, 12, &file) } }
      let reading = DialogueReader.read(file)
      #expect(DialogueBytes.sent(by: .client, in: reading.dialogue) == sent[0], "seed \(seed)")
      #expect(DialogueBytes.sent(by: .server, in: reading.dialogue) == sent[1], "seed \(seed)")
      #expect(reading.dialogue.source == file && reading.diagnostics.isEmpty, "seed \(seed)")
    }
  }

  private func record(_ line: WireLine, _ side: Int, _ turn: Int, _ file: inout [UInt8]) {
    let event = side == 0 ? DialogueEvent.sent(OutgoingLine(line.octets, ending: line.ending)) : .received(line)
    DialogueWriter.write(TimedEvent(.milliseconds(turn), event), into: &file)
  }
}
