import Dialogue
import SMTPWire
import Testing

@Suite("Recording a message without its text")
struct DataEliderTests {
  /// The sum and the number of all octets, in place of a digest.
  private struct Sum: OctetDigest {
    var value: UInt8 = 0
    var count = 0
    mutating func update(_ octets: [UInt8]) {
      value = octets.reduce(value) { $0 &+ $1 }
      count += octets.count
    }
    mutating func finish() -> [UInt8] { [value, UInt8(truncatingIfNeeded: count)] }
  }

  private func elided(_ text: String, keeping: Int) -> [String] {
    var elider = DataElider(keeping: keeping) { Sum() }
    var events = dialogue(text).events.flatMap { elider.pass($0) }
    events += elider.finish(at: .zero)
    return events.map { String(decoding: DialogueWriter.line($0).dropFirst(6).dropLast(), as: UTF8.self) }
  }

  private let session = """
    S: 220 a
    C: DATA
    S: 354 go
    C: a
    C: bc
    C: ..d
    C: .
    S: 250 ok
    C: QUIT
    """

  @Test("lines up to a number of octets stay, the rest is told by its digest and size")
  func data() {
    #expect(
      elided(session, keeping: 7) == [
        "S: 220 a", "C: DATA", "S: 354 go", "C: a", "C: bc", "* elided sha256=d705 octets=5", "C: .", "S: 250 ok",
        "C: QUIT",
      ])
    #expect(elided(session, keeping: 0)[3].hasSuffix(" octets=12"))
    #expect(elided(session, keeping: 12) == session.split(separator: "\n").map(String.init))
  }

  @Test("a chunk is left out too, and what follows it is recorded")
  func chunk() {
    #expect(
      elided("S: 220 a\nC: BDAT 5\nC: abc\nC: BDAT 3 LAST\nC: abc\\z\nC: QUIT\n", keeping: 0) == [
        "S: 220 a", "C: BDAT 5", "* elided sha256=3d05 octets=5", "C: BDAT 3 LAST", "* elided sha256=2603 octets=3",
        "C: QUIT",
      ])
  }

  @Test("a session that ends within a message tells what was left out so far")
  func cut() {
    #expect(
      elided("S: 220 a\nC: DATA\nS: 354 go\nC: a\n", keeping: 0).last == "* elided sha256=7803 octets=3")
    #expect(
      elided("S: 220 a\nC: DATA\nS: 354 go\nC: a\n* closed by peer\n", keeping: 0).suffix(2) == [
        "* elided sha256=7803 octets=3", "* closed by peer",
      ])
  }

  @Test("two messages, and a command that looks like one")
  func several() {
    let lines = elided(session + "\nS: 221 x\nC: DATA\nS: 354 go\nC: zz\nC: .\nS: 250 ok\n", keeping: 3)
    #expect(lines.filter { $0.contains("elided") }.map { $0.suffix(9) } == ["octets=9", "octets=4"].map { " " + $0 })
    #expect(elided("S: 220 a\nC: DATA\nS: 503 no\nC: NOOP\n", keeping: 0).last == "C: NOOP")
  }

  @Test("a script says that octets are missing")
  func note() {
    let script = DialogueScript(dialogue("S: 220\nC: DATA\nS: 354\n* elided sha256=00 octets=5\nC: .\nS: 250\n"))
    #expect(!script.hasErrors)
    #expect(script.diagnostics.map(\.severity) == [.note])
    #expect(script.diagnostics.first?.message.contains("these 5 octets were left out") == true)
  }

  @Test("a recording that ends within a message says so")
  func ends() {
    let text = "* clock 2026-11-22T19:34:05Z\nS: 220 a\nC: DATA\nS: 354 go\nC: a\n"
    #expect(
      DialogueReader.read(bytes(text)).diagnostics.first?.message
        == "the recording ends here: the rest of the message, its final dot, the reply, and how the connection ended, are missing"
    )
    #expect(DialogueReader.read(bytes(text + "C: .\n")).diagnostics.first?.message.contains("final dot") == false)
  }
}
