import Failures
import SMTPWire
import Testing

@Suite("Replies and their codes")
struct ReplyTests {
  @Test("a reply to send has a hyphen in each line but the last")
  func toSend() {
    #expect(Reply(250, ["a", "b", "c"]).wireOctets == bytes("250-a\r\n250-b\r\n250 c\r\n"))
    #expect(Reply(221, "bye").wireOctets == bytes("221 bye\r\n"))
    #expect(Reply(250, [String]()).wireOctets == bytes("250 \r\n"))
    #expect(Reply(250, ["a", "b"]).texts.map(Array.init) == [bytes("a"), bytes("b")])
  }

  @Test("three digits are a code, nothing else is")
  func codes() {
    #expect(ReplyCode(octets: bytes("250")) == 250)
    #expect(ReplyCode(octets: bytes("007"))?.description == "007")
    for text in ["", "2", "25", "2500", "25a", "+25", "٢٥٠"] { #expect(ReplyCode(octets: bytes(text)) == nil) }
    #expect(ReplyCode(rawValue: -1) == nil && ReplyCode(rawValue: 1_000) == nil)
  }

  @Test("the first digit says how it went")
  func severity() {
    #expect((250 as ReplyCode).isCompletion && !(250 as ReplyCode).isFailure)
    #expect((354 as ReplyCode).severity == .intermediate)
    #expect((450 as ReplyCode).isTransientFailure && (450 as ReplyCode).isFailure)
    #expect((550 as ReplyCode).isFailure && !(550 as ReplyCode).isTransientFailure)
    #expect((50 as ReplyCode).severity == nil && (999 as ReplyCode).severity == nil)
  }

  @Test("2yz accepts, but for the codes that answer one command alone")
  func acceptance() {
    for code in [200, 250, 251, 252, 299] as [ReplyCode] { #expect(code.isAcceptance) }
    for code in [150, 220, 221, 235, 334, 354, 421, 550] as [ReplyCode] { #expect(!code.isAcceptance) }
  }

  @Test("2 to 5, then 0 to 5, is well formed")
  func wellFormed() {
    for code in 0...999 {
      let expected = (200...599).contains(code) && code / 10 % 10 <= 5
      #expect(ReplyCode(rawValue: code)?.isWellFormed == expected, "\(code)")
    }
  }

  @Test(
    "an enhanced status code stands at the beginning of the text",
    arguments: [
      ("2.1.0 Ok", "2.1.0"), ("5.7.1", "5.7.1"), ("4.999.999 x", "4.999.999"), ("5.1.10 x", "5.1.10"),
    ])
  func enhanced(text: String, code: String) {
    #expect(EnhancedStatusCode(prefixOf: bytes(text))?.description == code)
  }

  @Test(
    "what looks like one and is none",
    arguments: [
      "", "Ok", "3.1.0 a", "2.1", "2.1. a", "2..0 a", ".1.0 a", "2.1.0.0 a", "2.1.0a", "2.1.1000 a", "25.1.0 a",
      "02.1.0 a",
      "2.1.0\t", "2.1.0-a", "mail.example.com", "192.0.2.1 a", " 2.1.0 a",
    ])
  func notEnhanced(text: String) {
    #expect(EnhancedStatusCode(prefixOf: bytes(text)) == nil)
  }

  @Test("the names of deviations are those of the messages")
  func names() {
    #expect(Deviation.mixedCodes(first: 250, then: 550).name == .protoMixedCodes)
    #expect(Deviation.plaintextBehindSTARTTLS([]).name == .tlsInjection)
    #expect(Deviation.bareLF.name == .warnBareLF)
  }

  @Test("a warning lets the dialogue go on, and nothing else does")
  func endsDialogue() {
    let all: [Deviation] = [
      .bareLF, .strayCR, .nul, .longReplyLine(octets: 513), .enhancedMismatch(250, EnhancedStatusCode(5, 0, 0)),
      .oddCode(199), .challengeNotBase64, .badCode(line: []), .mixedCodes(first: 250, then: 251),
      .lineTooLong(limit: 1),
      .replyTooLong(lines: 1, octets: 1), .notSMTP(looksLike: nil), .unsolicited([]), .plaintextBehindSTARTTLS([]),
      .unexpectedCode(250),
    ]
    for deviation in all {
      #expect(deviation.endsDialogue != FailureName.warnings.contains(deviation.name), "\(deviation.name)")
    }
    #expect(Set(all.map(\.name)).count == all.count)
    #expect(all.filter(\.breaksBounds).map(\.name) == [.protoLineTooLong, .protoReplyTooLong])
  }
}
