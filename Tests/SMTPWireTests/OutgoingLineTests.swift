import SMTPWire
import Testing

@Suite("Lines with secrets")
struct OutgoingLineTests {
  private let line = OutgoingLine(
    [.octets(bytes("AUTH PLAIN ")), .secret(Secret(name: "auth.plain", octets: bytes("AGEAaHVzaA==")))], ending: .crlf)

  @Test("the wire has the octets")
  func wire() {
    #expect(line.wireOctets == bytes("AUTH PLAIN AGEAaHVzaA==\r\n"))
    #expect(line.hasSecret)
    #expect(!OutgoingLine("NOOP").hasSecret)
    #expect(OutgoingLine(bytes("a"), ending: .bareLF).wireOctets == bytes("a\n"))
  }

  @Test("people see how long a secret is, or its name where the octets are not known")
  func masked() {
    #expect(line.masked == "AUTH PLAIN ‹secret 12 chars›")
    #expect(OutgoingLine([.secret(Secret(name: "password", octets: []))]).masked == "‹secret password›")
    #expect(OutgoingLine("a\u{1B}").masked == "a\\x1B")
  }

  @Test("no description of a line or a secret has the octets")
  func descriptions() {
    var dumped = ""
    dump(line, to: &dumped)
    let numbers = Array(bytes("AGEA")).map(String.init).joined(separator: ", ")
    for text in ["\(line)", String(reflecting: line), dumped, String(reflecting: line.parts)] {
      #expect(!text.contains("AGEA") && !text.contains(numbers))
      #expect(text.contains("auth.plain"))
    }
  }
}
