import SMTPSession
import Testing

@testable import Diagnosis

@Suite struct ExplanationTests {
  private let explanation = Explanation(
    title: "t", cause: "The HOST stays.",
    next: ["smtps://HOST:465, or TARGET", "HOSTNAME is no placeholder", "(HOST)"], clause: "")

  @Test func `the target and its host are filled in`() throws {
    let filled = explanation.addressed(to: try Target("smtp://mail.example.com:2525"))
    #expect(
      filled.next == [
        "smtps://mail.example.com:465, or smtp://mail.example.com:2525", "HOSTNAME is no placeholder",
        "(mail.example.com)",
      ])
    #expect(filled.cause == "The HOST stays.")
  }

  @Test func `an IPv6 address stands in brackets`() throws {
    #expect(
      explanation.addressed(to: try Target("[2001:db8::1]:25")).next[0]
        == "smtps://[2001:db8::1]:465, or smtp://[2001:db8::1]:25")
  }

  @Test func `what acts on a terminal is escaped`() {
    let target = Target(host: "a\u{1B}[2Jb", port: 25)
    #expect(explanation.addressed(to: target).next[2] == "(a\\x1B[2Jb)")
  }

  @Test func `without a target nothing changes`() {
    #expect(explanation.addressed(to: nil) == explanation)
  }
}
