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

  @Test("a stream that was framed and recorded comes out as it went in")
  func roundTrip() {
    for seed in 1...100 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let stream = Noise.octets(upTo: 500, &numbers)
      var framer = LineFramer(limit: 7)
      framer.append(stream)
      var file: [UInt8] = []
      while let line = framer.next() ?? framer.finish() {
        DialogueWriter.write(TimedEvent(.zero, .received(line)), into: &file)
      }
      #expect(DialogueBytes.sent(by: .server, in: DialogueReader.read(file).dialogue) == stream, "seed \(seed)")
    }
  }
}
