import SASL
import Testing

@Suite("A whole pasted login")
struct SASLExchangeDecoderTests {
  private func summary(_ text: String) -> [String] {
    SASLExchangeDecoder(text).entries.map { entry in
      let side = entry.isServer ? "S" : "C"
      switch entry.content {
      case .decoded(let decoder):
        let fields = decoder.fields.map {
          "\($0.name)=\($0.isSecret ? "***" : String(decoding: $0.octets, as: UTF8.self))"
        }
        return "\(entry.number)\(side) " + fields.joined(separator: " ")
      case .failed(let failure): return "\(entry.number)\(side) bad at \(failure.offset)"
      case .plain: return "\(entry.number)\(side) -"
      }
    }
  }

  private static let login = [
    "AUTH LOGIN", "334 VXNlcm5hbWU6", "YWxpY2U=", "334 UGFzc3dvcmQ6", "d29uZGVybGFuZA==", "235 2.7.0 ok",
  ]

  private static let expected = [
    "C ", "S prompt=Username:", "C user=alice", "S prompt=Password:", "C password=***", "S -",
  ]

  @Test(
    "LOGIN's answers are known by their place, however the lines are marked",
    arguments: [
      ["", "", "", "", "", ""], ["C: ", "S: ", "C: ", "S: ", "C: ", "S: "],
      [" -> ", "<-  ", " -> ", "<-  ", " -> ", "<-  "], ["> ", "< ", "> ", "< ", "> ", "< "],
      [" ~> ", "<~  ", " ~> ", "<~  ", " ~> ", "<~  "],
    ])
  func login(marks: [String]) {
    for ending in ["\n", "\r\n"] {
      let text = zip(marks, Self.login).map { $0 + $1 }.joined(separator: ending)
      #expect(summary(text) == Self.expected.enumerated().map { "\($0.offset + 1)\($0.element)" })
    }
  }

  @Test("the mark is counted and left out of the line")
  func mark() {
    let entry = SASLExchangeDecoder("C: AUTH LOGIN\n").entries.first
    #expect(entry?.line == Array("AUTH LOGIN".utf8))
    #expect(entry?.markCount == 3)
  }

  @Test("a session around it does not disturb")
  func around() {
    let text = "EHLO a\n250-AUTH PLAIN\n250 OK\nAUTH PLAIN\n334 \nAGEAYg==\n535 no\n\nMAIL FROM:<a@b>\nQUIT\n221 bye"
    let lines = summary(text)
    #expect(lines[5] == "6C authzid= user=a password=***")
    #expect(lines.filter { $0.hasSuffix("-") }.count == 7)
  }

  @Test("a cancelled login, and a line that is no base64")
  func mistakes() {
    #expect(summary("AUTH CRAM-MD5\n334 PGFAYj4=\n*\n501 aborted") == ["1C ", "2S challenge=<a@b>", "3C -", "4S -"])
    #expect(summary("AUTH PLAIN\n334 \nAG!A").last == "3C bad at 2")
  }
}
