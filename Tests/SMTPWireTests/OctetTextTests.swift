import SMTPWire
import Testing

@Suite("Octets as safe text")
struct OctetTextTests {
  @Test(
    "what is seen stays, what is unseen is escaped",
    arguments: [
      ("plain ~", "plain ~"), ("é日本🎉", "é日本🎉"), ("a\\b", "a\\\\b"), ("\r\n\t\0", "\\r\\n\\t\\0"),
      ("\u{1B}[1m\u{7F}", "\\x1B[1m\\x7F"),
      ("\u{9B}31m", "\\xC2\\x9B31m"), ("\u{202E}x", "\\xE2\\x80\\xAEx"), ("\u{200B}", "\\xE2\\x80\\x8B"),
      ("\u{2028}", "\\xE2\\x80\\xA8"), ("\u{E000}", "\\xEE\\x80\\x80"),
      ("a\u{301}\u{301}\u{301}", "a\u{301}\u{301}\\xCC\\x81"),
      ("\u{FEFF}", "\\xEF\\xBB\\xBF"), ("$", "$"), ("", ""),
    ])
  func escape(text: String, expected: String) {
    #expect(OctetText.readable(bytes(text)) == expected)
  }

  @Test(
    "octets that are not UTF-8 are escaped one by one",
    arguments: [
      ([0xFF], "\\xFF"), ([0xC3], "\\xC3"), ([0xC0, 0x80], "\\xC0\\x80"), ([0xE0, 0x80, 0x80], "\\xE0\\x80\\x80"),
      ([0xED, 0xA0, 0x80], "\\xED\\xA0\\x80"), ([0xF4, 0x90, 0x80, 0x80], "\\xF4\\x90\\x80\\x80"),
      ([0xF0, 0x9F, 0x8E], "\\xF0\\x9F\\x8E"),
      ([0x80, 0x41], "\\x80A"), ([0xC3, 0x41], "\\xC3A"),
    ] as [([UInt8], String)])
  func notUTF8(octets: [UInt8], expected: String) {
    #expect(OctetText.readable(octets) == expected)
  }

  @Test("a dollar sign is escaped where it may begin a variable")
  func dollar() {
    #expect(OctetText.escape(bytes("${a}"), dollar: true) == bytes("\\${a}"))
    #expect(OctetText.escape(bytes("${a}")) == bytes("${a}"))
  }

  @Test("an escaped text is safe, and comes back without loss")
  func roundTrip() throws {
    for seed in 1...500 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let octets = numbers.octets(upTo: 60, of: "\\x41$é\u{202E}\u{301}\u{301}日\r\n")
      for dollar in [false, true] {
        let text = OctetText.escape(octets, dollar: dollar)
        #expect(try OctetText.unescape(text) == octets, "seed \(seed)")
        let string = String(validating: text, as: UTF8.self)
        let isSafe = string?.unicodeScalars.allSatisfy { ![.control, .format].contains($0.properties.generalCategory) }
        #expect(isSafe == true, "seed \(seed)")
      }
    }
  }

  @Test("slices and collections without storage of their own are escaped alike")
  func collections() {
    let octets = bytes("a\u{1B}é\u{FFFF}")
    #expect(OctetText.escape(octets[1...]) == OctetText.escape(Array(octets[1...])))
    #expect(OctetText.escape(octets.lazy.map { $0 }) == OctetText.escape(octets))
  }

  @Test(
    "an escape that does not exist says where",
    arguments: [
      ("\\", 0), ("a\\", 1), ("ab\\q", 2), ("\\x", 0), ("\\x4", 0), ("\\x4g", 0), ("é\\N", 2), ("\\\\\\", 2),
    ])
  func badEscape(text: String, offset: Int) {
    let error = #expect(throws: OctetText.BadEscape.self) { try OctetText.unescape(bytes(text)) }
    #expect(error?.offset == offset)
  }

  @Test("hexadecimal digits of either case are read")
  func hexadecimal() throws {
    #expect(try OctetText.unescape(bytes("\\xaF\\x00")) == [0xAF, 0])
  }
}
