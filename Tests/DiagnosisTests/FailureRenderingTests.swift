import Failures
import SMTPSession
import SMTPWire
import Testing

@testable import Diagnosis

@Suite struct FailureRenderingTests {
  private let explanation = Explanation(
    title: "t", cause: "The cause.", next: ["one", "see TARGET"], clause: "RFC 5321")

  private func rendered(_ failure: SessionFailure) -> [String] {
    let text = FailureExplainer.rendered(
      failure: failure, explanation: explanation, target: Target(host: "mx.example", port: 587))
    #expect(text.hasSuffix("\n"))
    return text.split(separator: "\n").map(String.init)
  }

  @Test func `the lines have the promised form`() {
    let failure = SessionFailure(
      .smtp(550), at: .command(.rcpt), "RCPT was refused",
      lines: [WireLine("550-5.1.1 no"), WireLine("550 5.1.1 such user")])
    #expect(
      rendered(failure) == [
        "parley: error [smtp.550]: RCPT was refused", "  server: 550-5.1.1 no", "  server: 550 5.1.1 such user",
        "  cause: The cause. (RFC 5321)", "  next:  one", "  next:  see smtp://mx.example:587",
      ])
  }

  @Test func `without the server's words there are none`() {
    #expect(rendered(SessionFailure(.connEOF, at: .greeting, "closed"))[1] == "  cause: The cause. (RFC 5321)")
  }

  @Test func `many lines are cut and counted`() {
    let lines = (1...40).map { WireLine("250-K\($0)") }
    let shown = rendered(SessionFailure(.protoReplyTooLong, at: .greeting, "x", lines: lines)).filter {
      $0.hasPrefix("  server: ")
    }
    #expect(shown.count == 13)
    #expect(shown.last == "  server: … and 28 more lines")
  }

  @Test func `one line more is one line`() {
    let lines = (1...13).map { WireLine("250-K\($0)") }
    #expect(FailureExplainer.serverLines(lines).last == "  server: … and 1 more line")
    #expect(FailureExplainer.serverLines(lines.dropLast()).count == 12)
  }

  @Test func `a long line is cut and its octets are counted`() throws {
    let line = WireLine([UInt8](repeating: UInt8(ascii: "A"), count: 70_000))
    let shown = try #require(FailureExplainer.serverLines([line]).first)
    #expect(shown.count <= 10 + 300)
    #expect(shown.hasSuffix("… (70000 octets in all)"))
  }

  @Test func `nothing the peer says reaches the terminal as it is`() {
    let evil = Array("550 \u{1B}[2J\u{202E}\u{9B}31m\r250 ok\0\u{7}".utf8) + [0x9B, 0xFF]
    let failure = SessionFailure(.tlsCertHostname, at: .handshake, "for \u{1B}]0;x\u{7}", lines: [WireLine(evil)])
    let text = FailureExplainer.rendered(failure: failure, explanation: explanation, target: nil)
    #expect(text.split(separator: "\n").allSatisfy { isSafe(String($0)) })
    #expect(text.contains("  server: 550 \\x1B[2J"))
    #expect(text.contains("[tls.cert.hostname]: for \\x1B]0;x\\x07"))
  }

  @Test func `a summary without end is cut, too`() {
    let failure = SessionFailure(.tlsCertHostname, at: .handshake, String(repeating: "n", count: 5_000))
    #expect(rendered(failure)[0].count < 400)
  }
}
