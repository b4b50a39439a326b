import MailAddress
import Testing

struct AddressLineReaderTests {
  static func lines(_ chunks: [[UInt8]]) -> [String] {
    var reader = AddressLineReader()
    var lines: [String] = []
    func take(_ line: Span<UInt8>, _ isTruncated: Bool) {
      lines.append(line.indices.map { String(UnicodeScalar(line[$0])) }.joined() + (isTruncated ? "…" : ""))
    }
    for chunk in chunks { reader.feed(chunk.span, take) }
    reader.finish(take)
    return lines
  }

  @Test("lines are the same whole, octet by octet and cut at every place")
  func isIndifferentToCuts() {
    let text = Array("a@b\r\n\nc\rd\n\r\nlast".utf8)
    let expected = ["a@b", "", "c\rd", "", "last"]
    #expect(Self.lines([text]) == expected)
    #expect(Self.lines(text.map { [$0] }) == expected)
    for cut in 0...text.count { #expect(Self.lines([Array(text[..<cut]), Array(text[cut...])]) == expected) }
  }

  @Test("a last line needs no line end, and nothing is no line")
  func endsAnywhere() {
    #expect(Self.lines([Array("a".utf8)]) == ["a"])
    #expect(Self.lines([Array("a\n".utf8)]) == ["a"])
    #expect(Self.lines([]).isEmpty)
  }

  @Test("a line beyond the limit is cut and says so")
  func cutsLongLines() {
    let chunk = [UInt8](repeating: 0x61, count: AddressLineReader.limit / 2)
    let lines = Self.lines([chunk, chunk, [0x62], Array("\nnext\n".utf8)])
    #expect(lines.count == 2)
    #expect(lines.first?.utf8.count == AddressLineReader.limit + 3)
    #expect(lines.last == "next")
  }

  /// Octets of a stream, and where the whole lines in them are.
  static let streams: [(octets: String, lines: Range<Int>)] = [
    ("", 0..<0), ("a", 1..<1), ("a\n", 2..<2), ("a\nb", 2..<2), ("a\nb\n", 2..<4), ("\n\n", 1..<2),
    ("a\nb\nc\nd", 2..<6),
  ]

  @Test("what stands before and behind the whole lines belongs to others", arguments: streams)
  func findsWholeLines(_ text: String, _ expected: Range<Int>) {
    let octets = Array(text.utf8)
    let lines = AddressLineReader.wholeLines(in: octets.span)
    #expect(lines == expected)
  }

  @Test("parts of lines are whole lines, all of them, and not too small")
  func sharesOut() {
    let lines = (0..<5_000).flatMap { Array("user\($0)@host.net\n".utf8) }
    for count in 1...9 {
      let parts = AddressLineReader.parts(of: lines.span, count)
      #expect(parts.count == count)
      #expect(parts.first?.lowerBound == 0 && parts.last?.upperBound == lines.count)
      for (part, next) in zip(parts, parts.dropFirst()) { #expect(part.upperBound == next.lowerBound) }
      #expect(parts.allSatisfy { lines[$0.upperBound - 1] == 10 })
    }
    let few = Array(lines.prefix(9_000))
    let parts = AddressLineReader.parts(of: few.span, 4)
    #expect(parts.count == 2)
  }
}
