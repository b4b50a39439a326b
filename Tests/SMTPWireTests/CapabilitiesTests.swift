import SMTPWire
import Testing

@Suite("What a server offers")
struct CapabilitiesTests {
  private func capabilities(_ texts: String...) -> Capabilities {
    Capabilities(Reply(250, ["mail.example.com Hello"] + texts))
  }

  @Test("keywords are read in any case, with their parameters")
  func keywords() {
    let offered = capabilities("SIZE 10240000", "starttls", "AUTH PLAIN  login")
    #expect(offered.greeting == bytes("mail.example.com Hello"))
    #expect(offered.keywords.map(\.name) == ["SIZE", "STARTTLS", "AUTH"])
    #expect(offered.offers("StartTLS") && offered.offers("SIZE") && !offered.offers("DSN"))
    #expect(offered.parameters(of: "auth") == ["PLAIN", "login"])
    #expect(offered.parameters(of: "starttls") == [])
    #expect(offered.parameters(of: "DSN") == nil)
  }

  @Test("the first line names the server and offers nothing")
  func firstLine() {
    #expect(!Capabilities(Reply(250, ["STARTTLS", "DSN"])).offers("STARTTLS"))
    #expect(Capabilities(Reply(250, "STARTTLS")).keywords.isEmpty)
    #expect(Capabilities.none.keywords.isEmpty)
  }

  @Test("mechanisms of all AUTH lines, the old form too, each once")
  func mechanisms() {
    let offered = capabilities("AUTH PLAIN login", "AUTH=LOGIN CRAM-MD5", "AUTH SCRAM-SHA-256")
    #expect(offered.mechanisms == ["PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256"])
    #expect(capabilities("AUTH").mechanisms == [])
    #expect(capabilities("AUTH PLA\u{131}N login").mechanisms == ["LOGIN"])
    #expect(capabilities("AUTH P\u{1B}[1m PLAIN;X \(String(repeating: "A", count: 21)) LOGIN").mechanisms == ["LOGIN"])
  }

  @Test(
    "the greatest size",
    arguments: [
      ("SIZE 1000", 1000), ("SIZE 0", nil), ("SIZE", nil), ("SIZE many", nil), ("SIZE -1", nil),
      ("SIZE 99999999999999999999999999", nil), ("SIZE 5 x", 5),
    ] as [(String, Int?)])
  func size(text: String, size: Int?) {
    #expect(capabilities(text).maximumSize == size)
    #expect(capabilities().maximumSize == nil)
  }

  @Test("octets that are no text do no harm")
  func noise() {
    let lines = [
      WireLine("250-a"), WireLine([0x32, 0x35, 0x30, 0x2D, 0xFF, 0x61, 0x20, 0xC3]), WireLine("250-"), WireLine("250"),
    ]
    let offered = Capabilities(Reply(code: 250, lines: lines))
    #expect(offered.keywords.map(\.name) == ["?A"])
    #expect(offered.keywords[0].parameters == ["\u{FFFD}"])
    #expect(offered.keywords[0].text == [0xFF, 0x61, 0x20, 0xC3])
  }
}
