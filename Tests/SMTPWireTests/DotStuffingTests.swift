import SMTPWire
import Testing

@Suite("Dot-stuffing")
struct DotStuffingTests {
  private func encoded(_ pieces: [[UInt8]]) -> [UInt8] {
    var encoder = DotStuffEncoder()
    let text = pieces.flatMap { encoder.encode($0) }
    return text + encoder.finish()
  }

  private func decoded(_ pieces: [[UInt8]], requiresCRLF: Bool = false) -> (
    text: [UInt8], rest: [UInt8], isFinished: Bool
  ) {
    var decoder = DotStuffDecoder(requiresCRLF: requiresCRLF)
    var text: [UInt8] = []
    var rest: [UInt8] = []
    for piece in pieces { rest += piece.dropFirst(decoder.decode(piece, into: &text)) }
    return (text, rest, decoder.isFinished)
  }

  @Test(
    "a dot that begins a line is doubled, and line endings become CRLF",
    arguments: [
      ("", ".\r\n"), ("a", "a\r\n.\r\n"), ("a\r\n", "a\r\n.\r\n"), (".", "..\r\n.\r\n"),
      ("a\n.b\r.c\r\n..", "a\r\n..b\r\n..c\r\n...\r\n.\r\n"),
      ("\r\r\n", "\r\n\r\n.\r\n"), ("\n", "\r\n.\r\n"), ("a\r", "a\r\n.\r\n"), ("a.b", "a.b\r\n.\r\n"),
    ])
  func encode(text: String, expected: String) {
    for feeding in feedings(of: bytes(text)) { #expect(encoded(feeding) == bytes(expected)) }
  }

  @Test("an encoder can be used again")
  func reuse() {
    var encoder = DotStuffEncoder()
    _ = encoder.encode(bytes("a"))
    _ = encoder.finish()
    #expect(encoder.encode(bytes(".")) == bytes(".."))
  }

  @Test("the lone dot ends the message, and what follows stays")
  func decode() {
    let stream = bytes("a\r\n..b\r\n.c\r\n\r\n.\r\nQUIT\r\n")
    for feeding in feedings(of: stream) {
      let result = decoded(feeding)
      #expect(result.text == bytes("a\n.b\nc\n\n"))
      #expect(result.rest == bytes("QUIT\r\n"))
      #expect(result.isFinished)
    }
  }

  @Test("a bare LF ends a line and is counted")
  func bareLF() {
    var decoder = DotStuffDecoder()
    var text: [UInt8] = []
    #expect(decoder.decode(bytes("a\nb\r\n\n.\nMAIL"), into: &text) == 8)
    #expect(text == bytes("a\nb\n\n"))
    #expect(decoder.isFinished && decoder.bareLineFeeds == 3)
  }

  @Test("where CRLF is required, no other dot ends the message")
  func required() {
    for end in ["a\n.\n", "a\n.\r\n", "a\r\n.\n", "a\r.\r\n", "\n.\r\n"] {
      #expect(!decoded([bytes(end)], requiresCRLF: true).isFinished, "\(end.debugDescription)")
      #expect(decoded([bytes(end + "b\r\n.\r\nX")], requiresCRLF: true).rest == bytes("X"), "\(end.debugDescription)")
    }
    #expect(decoded([bytes("a\r\n.\r\n")], requiresCRLF: true).isFinished)
    #expect(decoded([bytes(".\r\n")], requiresCRLF: true).isFinished)
  }

  @Test("a carriage return that ends nothing is text")
  func strayReturn() {
    #expect(decoded([bytes("a\rb\r\r\n.\rc\r\n.\r\n")]).text == bytes("a\rb\r\n\rc\n"))
    #expect(!decoded([bytes("a\r.\r\n")]).isFinished)
  }

  @Test("any text comes back with its lines ended by LF")
  func roundTrip() {
    for seed in 1...500 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let text = numbers.octets(upTo: 80, of: "..a\r\n\r\n")
      let wire = encoded([text])
      var plain = DotStuffEncoder()
      #expect(plain.encode(text) + plain.finish() == wire)
      let result = decoded([wire + bytes("X")])
      #expect(result.isFinished && result.rest == bytes("X"), "seed \(seed)")
      #expect(result.text == Self.lines(of: text), "seed \(seed)")
      #expect(decoded(wire.map { [$0] }).text == result.text, "seed \(seed)")
      #expect(decoded([wire], requiresCRLF: true).text == result.text, "seed \(seed)")
    }
  }

  @Test("noise is decoded the same however it is cut, and at most doubled")
  func noise() {
    for seed in 1...300 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let stream = numbers.octets(upTo: 40, of: ".\r\na")
      for requiresCRLF in [false, true] {
        let whole = decoded([stream], requiresCRLF: requiresCRLF)
        #expect(whole.text.count <= stream.count)
        for feeding in feedings(of: stream) {
          let cut = decoded(feeding, requiresCRLF: requiresCRLF)
          #expect(cut.text == whole.text && cut.isFinished == whole.isFinished, "seed \(seed)")
        }
      }
    }
  }

  /// The text with each CRLF, CR and LF made LF, the last line ended; said in another way than the encoder says it.
  private static func lines(of text: [UInt8]) -> [UInt8] {
    var plain: [UInt8] = []
    for (index, octet) in text.enumerated() {
      if octet == 0x0A, index > 0, text[index - 1] == 0x0D { continue }
      plain.append(octet == 0x0D ? 0x0A : octet)
    }
    if let last = plain.last, last != 0x0A { plain.append(0x0A) }
    return plain
  }
}
