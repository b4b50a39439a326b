import Dialogue
import SMTPWire
import Testing

@Suite("Reading a dialogue file")
struct DialogueReaderTests {
  private let recording = bytes(
    """
    # parley 1
    * target smtp://mail.example.com:587
    * clock 2026-11-22T19:34:05.123Z
    0.013 * connected 192.0.2.25:587
    0.026 S: 220 mail.example.com ESMTP Postfix
    0.027 C: EHLO client.example
    0.040 S: 250-mail.example.com
    0.040 S: 250 STARTTLS
    0.041 C: AUTH PLAIN ${auth.plain}
    0.054 S: 535 5.7.8 no \\x1B[31m\\n
    0.055 * closed by us

    """)

  @Test("the parts of a recording")
  func parts() {
    let reading = DialogueReader.read(recording)
    #expect(reading.diagnostics.isEmpty)
    let dialogue = reading.dialogue
    #expect(dialogue.target == "smtp://mail.example.com:587")
    #expect(dialogue.clock == "2026-11-22T19:34:05.123Z")
    #expect(dialogue.isRecording)
    #expect(dialogue.lines.count == 11)
    #expect(dialogue.lines[4].time == .milliseconds(26))
    #expect(dialogue.events.count == 11)
    #expect(
      dialogue.events[4] == TimedEvent(.milliseconds(26), .received(WireLine("220 mail.example.com ESMTP Postfix"))))
    #expect(
      dialogue.events[9].event == .received(WireLine(bytes("535 5.7.8 no \u{1B}[31m"), ending: .bareLF)))
    #expect(dialogue.events[10].event == .event(.closed(by: .us, "")))
  }

  @Test("pieces of any size make the same dialogue")
  func pieces() {
    let whole = DialogueReader.read(recording)
    var byteByByte = DialogueReader()
    for octet in recording { byteByByte.append([octet]) }
    #expect(byteByByte.finish() == whole)
    for cut in recording.indices {
      var reader = DialogueReader()
      reader.append(Array(recording[..<cut]))
      reader.append(Array(recording[cut...]))
      #expect(reader.finish() == whole, "cut at \(cut)")
    }
  }

  @Test("a recording cut at any octet can be read, loses nothing before the cut, and has no errors")
  func everyCut() {
    for cut in 0...recording.count {
      let part = Array(recording[..<cut])
      let reading = DialogueReader.read(part)
      #expect(reading.dialogue.source == part, "cut at \(cut)")
      #expect(!reading.hasErrors, "cut at \(cut): \(reading.diagnostics)")
    }
  }

  @Test(
    "a recording that was cut says what it lacks",
    arguments: [
      (
        "0.1 C: MAIL FROM:<a@example.com>\n",
        "the recording ends here: the reply, and how the connection ended, are missing"
      ),
      ("0.1 S: 250-a\n", "the recording ends here: the reply's last lines, and how the connection ended, are missing"),
      ("0.1 S: 250 a\n", "the recording ends here: how the connection ended is missing"),
      ("0.1 S: 250 a\n0.2 * closed by peer\n0.2", "the file was cut here, before the line's text"),
      ("0.1 S: 250 a\n0.2 * closed by peer\n0.2 # rem", "the file ends within this line: its rest is missing"),
      ("0.1 * closed by peer\n0.2 C: a\\x4", "the file was cut here, within an escape or a variable"),
    ])
  func missing(rest: String, note: String) {
    let reading = DialogueReader.read(bytes("* clock 2026-11-22T19:34:05Z\n" + rest))
    #expect(reading.diagnostics.first?.message == note)
    #expect(reading.diagnostics.allSatisfy { $0.severity == .note })
  }

  @Test("any octets at all are kept, and read without harm")
  func noise() {
    for seed in 1...300 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let file = Noise.octets(upTo: 600, &numbers)
      var reader = DialogueReader()
      for octet in file { reader.append([octet]) }
      let reading = DialogueReader.read(file)
      #expect(reading.dialogue.source == file, "seed \(seed)")
      #expect(reader.finish() == reading, "seed \(seed)")
      #expect(reading.dialogue.events.count <= reading.dialogue.lines.count)
      for diagnostic in reading.diagnostics {
        #expect(diagnostic.column >= 1 && diagnostic.column <= diagnostic.source.count + 1, "seed \(seed)")
      }
    }
  }

  @Test("line ends of either kind, a byte order mark and a missing last line end are kept and change nothing")
  func lineEnds() {
    let plain = DialogueReader.read(bytes("S: 220\nC: EHLO a\n"))
    for text in ["S: 220\r\nC: EHLO a\r\n", "\u{FEFF}S: 220\nC: EHLO a", "S: 220\r\nC: EHLO a\n"] {
      let reading = DialogueReader.read(bytes(text))
      #expect(reading.diagnostics.isEmpty)
      #expect(reading.dialogue.events == plain.dialogue.events)
      #expect(reading.dialogue.source == bytes(text))
    }
  }

  @Test("an example from an RFC is a dialogue, blanks before its marks and all")
  func fromRFC() {
    let text = "      S: 220 foo.com Simple Mail Transfer Service Ready\n      C: EHLO bar.com\n\n      S: 250 HELP\n"
    let reading = DialogueReader.read(bytes(text))
    #expect(reading.diagnostics.isEmpty)
    #expect(reading.dialogue.lines.map(\.kind) == [.server, .client, .blank, .server])
  }

  @Test("all mistakes are found at once, each with its place")
  func mistakes() {
    let text = "S: 220\nX: what\nC: a\\qb\nC: ${oh no}\nC:EHLO\n0.5\nC: a\u{1B}b\nC: a\\zb\nC: \\xG0\n* e \\q\n"
    let found = DialogueReader.read(bytes(text)).diagnostics
    #expect(found.map(\.line) == [2, 3, 4, 5, 6, 7, 8, 9, 10])
    #expect(found.map(\.column) == [1, 5, 4, 1, 4, 5, 5, 4, 5])
    #expect(found.allSatisfy { $0.severity == .error })
    #expect(found[0].message.contains("expected C: S: * # > or S~"))
    #expect(found[5].message == "a control character is written \\x1B")
  }

  @Test("a dollar sign without a brace is a dollar sign")
  func dollar() {
    let reading = DialogueReader.read(bytes("C: costs $5\n"))
    #expect(reading.diagnostics.isEmpty)
    #expect(reading.dialogue.lines[0].content.octets == bytes("costs $5"))
  }

  @Test("a file of a later version is not played", arguments: ["2", "10", "x", ""])
  func laterVersion(version: String) {
    let reading = DialogueReader.read(bytes("# parley \(version)\nS: 220\n"))
    #expect(reading.hasErrors)
    #expect(reading.diagnostics[0].column == 10)
  }

  @Test("the version of this format is known, and a later remark is no version")
  func thisVersion() {
    #expect(DialogueReader.read(bytes("# parley 1\n# parley 2 is not out\n")).diagnostics.isEmpty)
  }

  @Test("a file that is no dialogue gives a bounded number of diagnostics")
  func bounded() {
    let reading = DialogueReader.read(Array(repeating: bytes("nonsense\n"), count: 5_000).flatMap(\.self))
    #expect(reading.diagnostics.count == DialogueReader.maximumDiagnostics)
    #expect(reading.dialogue.lines.count == 5_000)
  }

  @Test("a line without a time happened when the line before it did")
  func times() {
    let events = dialogue("C: a\n1.5 C: b\nC: c\n99.123456789 C: d\n").events
    #expect(events.map(\.time) == [.zero, .milliseconds(1500), .milliseconds(1500), .nanoseconds(99_123_456_789)])
  }

  @Test(
    "what looks like a time and is none is a mistake",
    arguments: ["1. C: a", ".5 C: a", "12345678901 C: a", "1.0123456789 C: a", "-1 C: a"])
  func badTimes(line: String) {
    #expect(DialogueReader.read(bytes(line + "\n")).hasErrors)
  }
}
