import Dialogue
import SMTPWire
import Testing

@Suite("Comparing a reply with the one expected")
struct ReplyExpectationTests {
  /// The verdict on a reply to EHLO, or to NOOP, after a greeting; nil when it is as expected.
  private func verdict(
    _ expected: String, _ came: String, _ level: MatchLevel, to command: String = "NOOP", recorded: Bool = true
  ) -> String? {
    let lines = expected.split(separator: "/").map { "S: \($0)\n" }.joined()
    let script = (recorded ? "* clock x\n" : "") + "S: 220 a\nC: \(command)\n" + lines
    let cues: [Rehearsal.Cue] = [.reply("220 a"), .reply(came.split(separator: "/").joined(separator: " / "))]
    let (did, failure) = Rehearsal(level: level).play(script, cues)
    return failure?.sentence ?? (did.last == "finished" ? nil : did.last)
  }

  @Test("the code of the whole reply is compared at each level", arguments: MatchLevel.allCases)
  func code(level: MatchLevel) {
    #expect(verdict("250", "250-a/250 b", level, recorded: false) == nil)
    #expect(verdict("2yz", "251 b", level, recorded: false) == nil)
    #expect(verdict("250|251", "251 b", level, recorded: false) == nil)
    #expect(
      verdict("250|25z", "260 b", level, recorded: false) == "The reply to NOOP is 260 where 250|25z was expected.")
    #expect(verdict("250 a", "550 a", level) == "The reply to NOOP is 550 where 250 was expected.")
  }

  @Test("level code compares the class of the enhanced status code")
  func enhancedClass() {
    #expect(verdict("250 2.1.0 Ok", "250 2.1.5 Fine", .code) == nil)
    #expect(verdict("250 2.1.0 Ok", "250 fine", .code) == nil)
    #expect(
      verdict("550 5.7.1 No", "550 4.7.1 No", .code) == "The reply to NOOP bears 4.7.1 where 5.7.1 was expected.")
  }

  @Test("an enhanced status code that stands alone in a script is expected as it is")
  func enhancedAlone() {
    #expect(verdict("550 5.7.1", "550 5.7.1 Relaying denied", .code, recorded: false) == nil)
    #expect(
      verdict("550 5.7.1", "550 5.1.1 No such user", .code, recorded: false)
        == "The reply to NOOP bears 5.1.1 where 5.7.1 was expected.")
    #expect(
      verdict("550 5.7.1", "550 no", .text, recorded: false)
        == "The reply to NOOP bears no enhanced status code where 5.7.1 was expected.")
  }

  @Test("level code wants each keyword that EHLO had, in any order, whatever its parameters")
  func capabilities() {
    let recorded = "250-a/250-SIZE 10/250-AUTH PLAIN LOGIN/250 STARTTLS"
    #expect(verdict(recorded, "250-b/250-starttls/250-AUTH=LOGIN/250-SIZE 20/250 DSN", .code, to: "EHLO x") == nil)
    #expect(verdict(recorded, "250-b/250 SIZE 10", .code, to: "EHLO x") == "The server does not offer AUTH, STARTTLS.")
    #expect(verdict(recorded, "250-b/250 SIZE 10", .code, to: "HELP") == nil)
    #expect(verdict("250 a", "250-b/250 SIZE 10", .code, to: "EHLO x") == nil)
  }

  @Test("level text compares all words that do not vary by nature")
  func text() {
    #expect(verdict("250 2.0.0 Ok: queued as 4F2A1B3C5D", "250 2.0.0 Ok: queued as 9ZXCVB", .text) == nil)
    #expect(verdict("250 2.0.0 Ok", "250 2.0.0 ok", .text) == "The reply to NOOP has another text.")
    #expect(verdict("250-a/250 b", "250 b", .text) == "The reply to NOOP has 1 line where 2 were expected.")
    #expect(verdict("250-x/250 SIZE 1", "250-y/250 SIZE 1", .text, to: "EHLO z") == nil)
    #expect(
      verdict("250-x/250 SIZE 1", "250-y/250 SIZE 2", .text, to: "EHLO z") == "The reply to EHLO has another text.")
    #expect(verdict("2yz Ok", "251 Ok", .text, recorded: false) == nil)
  }

  @Test("level exact compares each octet, a bare code of a recording too")
  func exact() {
    #expect(verdict("250 a", "250 a", .exact) == nil)
    #expect(verdict("250 a ", "250 a", .exact) == "The reply to NOOP has another text.")
    #expect(verdict("250", "250 a", .exact) == "The reply to NOOP has another text.")
    #expect(verdict("250 a\\n", "250 a", .exact) == "The reply to NOOP has another line ending.")
    #expect(
      verdict("250-a/250 b", "250-a/250-b/250 c", .exact) == "The reply to NOOP has 3 lines where 2 were expected.")
    #expect(verdict("2yz a", "251 a", .exact, recorded: false) == nil)
  }

  @Test("a line that is no reply is never met by one")
  func noReply() {
    #expect(
      verdict("hello", "250 hello", .code) == "The reply to NOOP is 250 where a line that is no reply was expected.")
  }

  @Test("a pattern among the lines of a reply must match it")
  func patternWithin() {
    let script = "S: 220\nC: EHLO a\nS: 250-a\nS~ SIZE \\d{3}\nS: 250 DSN\n"
    #expect(Rehearsal().play(script, [.reply("220 a"), .reply("250-a / 250-SIZE 100 / 250 DSN")]).failure == nil)
    #expect(
      Rehearsal().play(script, [.reply("220 a"), .reply("250-a / 250-SIZE 1 / 250 DSN")]).failure?.sentence
        == "No line of the reply to EHLO matches SIZE \\d{3}.")
  }

  @Test("a variable in an expected text has its value")
  func variables() {
    let script = "S: 220\nC: VRFY ${user}\nS: 250 <${user}>\n"
    let rehearsal = Rehearsal(level: .text, variables: ["user": bytes("alice")])
    #expect(rehearsal.play(script, [.reply("220 a"), .reply("250 <alice>")]).failure == nil)
    #expect(
      rehearsal.play(script, [.reply("220 a"), .reply("250 <bob>")]).failure?.sentence
        == "The reply to VRFY has another text.")
  }
}
