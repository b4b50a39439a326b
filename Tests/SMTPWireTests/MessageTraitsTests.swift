import SMTPWire
import Testing

@Suite struct MessageTraitsTests {
  private func traits(_ pieces: [[UInt8]]) -> MessageTraits {
    var traits = MessageTraits()
    for piece in pieces { traits.receive(piece) }
    return traits
  }

  @Test(
    arguments: [
      ("", false, false, 0), ("A: b\r\n\r\nc\r\n", false, false, 4), ("A: é\r\n\r\nc\r\n", true, true, 5),
      ("A: b\r\n\r\né\r\n", true, false, 4), ("A: b\n\né", true, false, 4), ("\r\né\r\n", true, false, 2),
      ("A: b\r\n \r\né\r\n", true, true, 4), ("a\rbc\r\r\né", true, false, 2), ("a\r", false, false, 1),
      ("A: é", true, true, 5), (".a\n..\n", false, false, 2),
    ])
  func `octets beyond ASCII are told by their place, and lines without their ends, however the text is cut`(
    text: String, isEightBit: Bool, hasUTF8Header: Bool, longestLine: Int
  ) {
    let octets = Array(text.utf8)
    let whole = traits([octets])
    #expect(whole.isEightBit == isEightBit)
    #expect(whole.hasUTF8Header == hasUTF8Header)
    #expect(whole.longestLine == longestLine)
    #expect(traits(octets.map { [$0] }) == whole)
    for cut in 0...octets.count { #expect(traits([Array(octets[..<cut]), Array(octets[cut...])]) == whole) }
    // What is sent has the final dot besides, and one more for each line that begins with one.
    var encoder = DotStuffEncoder()
    let sent = encoder.encode(octets) + encoder.finish()
    let doubled = text.split(whereSeparator: \.isNewline).count { $0.hasPrefix(".") }
    #expect(whole.size == sent.count - 3 - doubled)
  }
}
