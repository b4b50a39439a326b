import Dialogue
import SMTPWire
import Testing

@Suite("Folding what varies by nature")
struct VolatileTextTests {
  private func folded(_ text: String, to command: String = "NOOP", code: ReplyCode = 250, line: Int = 0) -> String {
    let context = VolatileText.Context(awaited: .command(Command(command)), code: code)
    return String(decoding: VolatileText.fold(bytes(text), in: context, line: line), as: UTF8.self)
  }

  @Test(
    "what varies",
    arguments: [
      ("2.0.0 Ok: queued as 4F2A1B3C5D", "2.0.0 Ok: queued as ‹id›"),
      ("2.0.0 Ok: queued as 4Zgq3x1Jtzz9vR", "2.0.0 Ok: queued as ‹id›"),
      ("OK id=1tEXMP-0005Ab-2Q", "OK ‹id›"),
      ("2.0.0 OK 1732304045 d2e1a72fcca58-7de4b1e2f3asi12 - gsmtp", "2.0.0 OK 1732304045 ‹id› - gsmtp"),
      ("2.6.0 <20261122193405.12345@mail.example.com> Queued", "2.6.0 <‹message-id›> Queued"),
      ("mx.example.com closing", "‹host› closing"),
      ("client [192.0.2.1] blocked", "client [‹address›] blocked"),
      ("client [2001:db8::1] blocked", "client [‹address›] blocked"),
      ("ready; Sun, 22 Nov 2026 19:34:05 +0000 (UTC)", "ready; ‹date›"),
      ("at 2026-11-22T19:34:05.123Z now", "at ‹date› now"),
      ("Sun Nov 22 19:34:05 2026 and 10:00:00", "‹date› and ‹date›"),
    ])
  func volatile(text: String, expected: String) {
    #expect(folded(text) == expected)
  }

  @Test(
    "what stays",
    arguments: [
      "2.1.0 Ok", "SIZE 10240000", "AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-256-PLUS", "8BITMIME",
      "ENHANCEDSTATUSCODES", "5.1.1 <bob@example.com>: Recipient address rejected", "2.0.0 Bye",
      "5.7.8 Error: e.g. may 5",
      "", " ", "ok  twice", "End data with <CR><LF>.<CR><LF>", "<>",
    ])
  func stays(text: String) {
    #expect(folded(text) == text)
  }

  @Test("the server's name is folded where it stands, dots or not")
  func hostFirst() {
    #expect(folded("localhost Hello", to: "EHLO a") == "‹host› Hello")
    #expect(folded("PIPELINING", to: "EHLO a", line: 1) == "PIPELINING")
    #expect(folded("mail Service not available", code: 421) == "‹host› Service not available")
    #expect(folded("4.7.0 mail Error", code: 421) == "4.7.0 mail Error")
  }

  @Test("a challenge is folded, a prompt is not")
  func challenges() {
    #expect(folded("PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UuZXhhbXBsZS5jb20+", code: 334) == "‹challenge›")
    #expect(folded("VXNlcm5hbWU6", code: 334) == "VXNlcm5hbWU6")
  }

  @Test("any octets can be folded")
  func noise() {
    for seed in 1...200 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let text = Noise.octets(upTo: 120, &numbers)
      let context = VolatileText.Context(awaited: .greeting, code: 334)
      let once = VolatileText.fold(text, in: context, line: 1)
      #expect(VolatileText.fold(text, in: context, line: 1) == once)
    }
  }
}
