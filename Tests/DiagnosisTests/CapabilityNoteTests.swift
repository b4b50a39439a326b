import SMTPSession
import SMTPWire
import Testing

@testable import Diagnosis

@Suite struct CapabilityNoteTests {
  private func note(_ keyword: String, _ session: ClientSession, used: Set<String> = []) -> CapabilityNote? {
    CapabilityNotes.notes(for: session, used: used).first { $0.keyword.hasPrefix(keyword) }
  }

  @Test(arguments: [
    ("36700160", "35 MiB limit"), ("0", "no limit named"), ("10240000", "9.7 MiB limit"), ("512", "512 octets limit"),
    ("2048", "2 KiB limit"), ("99999999999999999999999", "a limit that is no number"),
    ("-1", "a limit that is no number"),
    ("3221225472", "3 GiB limit"),
  ])
  func `SIZE is said in units`(size: String, word: String) {
    let session = session("S: 220 a", "C: EHLO b", "S: 250-a", "S: 250 SIZE \(size)")
    #expect(note("SIZE", session)?.word == word)
  }

  @Test(arguments: [
    ("MAILMAX=10 RCPTMAX=100 RCPTDOMAINMAX=2", "at most 10 messages, 100 recipients, 2 domains"),
    ("rcptmax=999999", "at most 999999 recipients"), ("RCPTMAX=1 XMAX=3 Y", "at most 1 recipient"),
    ("RCPTMAX=0", "offered"), ("RCPTMAX=01", "offered"), ("RCPTMAX=1000000", "offered"), ("RCPTMAX=-1", "offered"),
    ("RCPTMAX=", "offered"), ("RCPTMAX", "offered"), ("RCPTMAX=1x", "offered"), ("", "offered"),
  ])
  func `LIMITS is said in words, and what is malformed is passed over`(limits: String, word: String) {
    let session = session("S: 220 a", "C: EHLO b", "S: 250-a", "S: 250 LIMITS \(limits)")
    #expect(note("LIMITS", session)?.word == word)
  }

  @Test func `used, offered and missing are told apart`() {
    let session = session("S: 220 a", "C: EHLO b", "S: 250-a", "S: 250-PIPELINING", "S: 250 8BITMIME")
    #expect(note("PIPELINING", session, used: ["PIPELINING"])?.standing == .used)
    #expect(note("8BITMIME", session)?.standing == .offered)
    #expect(note("STARTTLS", session)?.standing == .missing)
    #expect(note("8BITMIME", session)?.clause == "RFC 6152")
    #expect(note("REQUIRETLS", session) == nil)
  }

  @Test func `what is gone after TLS is said, and STARTTLS is not missed there`() {
    let session = session(
      "S: 220 a", "C: EHLO b", "S: 250-a", "S: 250-STARTTLS", "S: 250 DSN", "C: STARTTLS", "S: 220 go", "tls",
      "C: EHLO b", "S: 250-a",
      "S: 250 AUTH PLAIN", "C: AUTH PLAIN ${auth.plain}", "S: 235 ok")
    #expect(note("STARTTLS", session)?.word == "gone after TLS, as it must be")
    #expect(note("DSN", session)?.standing == .gone)
    #expect(note("AUTH PLAIN", session)?.word == "PLAIN ok")
  }

  @Test func `before EHLO there is nothing to say`() {
    #expect(CapabilityNotes.notes(for: session("S: 220 a")).isEmpty)
  }

  @Test func `keywords are escaped`() {
    let session = session("S: 220 a", "C: EHLO b", "S: 250-a", "S: 250 X\u{1B}[2J \u{202E}")
    #expect(CapabilityNotes.notes(for: session).allSatisfy { isSafe($0.keyword + $0.word) })
  }

  @Test func `what a session used is read from its events`() {
    let used = CapabilityNotes.used(
      in: events(
        "S: 220 a", "C: EHLO b", "S: 250-a", "S: 250 SIZE", "C: STARTTLS", "S: 220 2.0.0 go",
        "* tls TLSv1.3 X Y verified", "C: EHLO b", "S: 250 a",
        "C: AUTH PLAIN ${auth.plain}", "S: 235 2.7.0 ok", "C: MAIL FROM:<a@b> SIZE=10 BODY=8BITMIME RET=HDRS",
        "C: RCPT TO:<c@d>",
        "S: 250 2.1.0 ok", "S: 250 2.1.5 ok", "C: BDAT 3 LAST", "C: abc", "S: 250 2.0.0 ok"))
    #expect(used == ["STARTTLS", "AUTH", "SIZE", "8BITMIME", "DSN", "PIPELINING", "ENHANCEDSTATUSCODES", "CHUNKING"])
  }
}
