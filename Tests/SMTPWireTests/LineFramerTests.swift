import SMTPWire
import Testing

@Suite("Cutting a stream into lines")
struct LineFramerTests {
  private func lines(_ pieces: [[UInt8]], limit: Int = 100) -> [WireLine] {
    var framer = LineFramer(limit: limit)
    var lines: [WireLine] = []
    for piece in pieces {
      framer.append(piece)
      while let line = framer.next() { lines.append(line) }
    }
    while let line = framer.finish() { lines.append(line) }
    return lines
  }

  @Test("each line keeps its octets and says how it ended")
  func endings() {
    #expect(
      lines([bytes("a\r\nb\n\r\n\n\rc\r\r\nd\0\r\ne")]) == [
        WireLine("a"), WireLine(bytes("b"), ending: .bareLF), WireLine(""), WireLine([], ending: .bareLF),
        WireLine(bytes("\rc\r")), WireLine([0x64, 0]), WireLine(bytes("e"), ending: .none),
      ])
  }

  @Test("however the stream is cut, the lines are the same")
  func pieces() {
    let stream = bytes("220 a\r\n250-b\n250 c\r\r\n\r\n12345678901234567890\r\nend\r")
    let whole = lines([stream], limit: 8)
    for feeding in feedings(of: stream) { #expect(lines(feeding, limit: 8) == whole) }
  }

  @Test("a line at the limit is whole, one octet more is cut", arguments: ["\r\n", "\n", ""])
  func limit(ending: String) {
    let mark: WireLine.Ending = ending == "\r\n" ? .crlf : ending == "\n" ? .bareLF : .none
    #expect(lines([bytes("12345" + ending)], limit: 5) == [WireLine(bytes("12345"), ending: mark)])
    #expect(
      lines([bytes("123456" + ending)], limit: 5)
        == [WireLine(bytes("12345"), ending: .none), WireLine(bytes("6"), ending: mark)])
  }

  @Test("a carriage return at the limit belongs to the line feed behind it")
  func returnAtLimit() {
    #expect(
      lines([bytes("12345\r"), bytes("\nx")], limit: 5) == [WireLine("12345"), WireLine(bytes("x"), ending: .none)])
    #expect(
      lines([bytes("12345\rx\r\n")], limit: 5)
        == [WireLine(bytes("12345"), ending: .none), WireLine(bytes("\rx"))])
    #expect(
      lines([bytes("12345\r")], limit: 5) == [
        WireLine(bytes("12345"), ending: .none), WireLine(bytes("\r"), ending: .none),
      ])
  }

  @Test("no octet is lost, and no line exceeds the limit")
  func lossless() {
    for seed in 1...500 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let stream = numbers.octets(upTo: 300, of: "abc\r\n\r\n")
      let limit = Int.random(in: 1...12, using: &numbers)
      let whole = lines([stream], limit: limit)
      #expect(whole.flatMap(\.wireOctets) == stream, "seed \(seed)")
      #expect(whole.allSatisfy { $0.octets.count <= limit }, "seed \(seed)")
      #expect(lines(stream.map { [$0] }, limit: limit) == whole, "seed \(seed)")
    }
  }

  @Test("octets that are no lines can be looked at and taken out")
  func takeOctets() {
    var framer = LineFramer()
    framer.append(bytes("a\r\nbcd\r\ne\r\n"))
    #expect(framer.next() == WireLine("a"))
    #expect(framer.bufferedCount == 8)
    #expect(Array(framer.peek(upTo: 2)) == bytes("bc"))
    #expect(framer.takeOctets(upTo: 2) == bytes("bc"))
    #expect(framer.next() == WireLine("d"))
    #expect(framer.takeOctets() == bytes("e\r\n"))
    #expect(
      framer.takeOctets().isEmpty && framer.peek(upTo: 5).isEmpty && framer.next() == nil && framer.finish() == nil)
  }

  @Test("what was given out is forgotten")
  func memory() {
    var framer = LineFramer(limit: 1_000)
    for _ in 0..<1_000 {
      framer.append(Array(repeating: 0x61, count: 998) + bytes("\r\n"))
      #expect(framer.next()?.octets.count == 998)
    }
    #expect(framer.bufferedCount == 0)
  }
}
