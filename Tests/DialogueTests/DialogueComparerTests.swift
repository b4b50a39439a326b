import Dialogue
import SMTPWire
import Testing

@Suite("Saying in words how two dialogues differ")
struct DialogueComparerTests {
  private static let base = """
    * connected 192.0.2.1:587
    S: 220 a.example ESMTP Postfix
    C: EHLO me
    S: 250-a.example
    S: 250-SIZE 10240000
    S: 250-AUTH PLAIN LOGIN
    S: 250 STARTTLS
    C: MAIL FROM:<a@example.org> SIZE=100
    S: 250 2.1.0 Ok
    C: RCPT TO:<bob@example.org>
    S: 250 2.1.5 Ok
    C: DATA
    S: 354 End data
    C: Date: Mon, 1 Jan 2026 00:00:00 +0000
    C: Subject: x
    C:
    C: text
    C: .
    S: 250 2.0.0 Ok: queued as 4F2A1B3C5D
    C: QUIT
    S: 221 2.0.0 Bye
    * closed by peer

    """

  private func lines(_ old: String, _ new: String, level: MatchLevel = .code) -> [String] {
    let other = Self.base.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    #expect(other != Self.base || old == new, "nothing was replaced")
    return DialogueComparison.compare(dialogue(Self.base), dialogue(other), level: level).lines().dropLast().map(\.self)
  }

  @Test("a dialogue is like itself", arguments: MatchLevel.allCases)
  func itself(level: MatchLevel) {
    let result = DialogueComparison.compare(dialogue(Self.base), dialogue(Self.base), level: level)
    #expect(result.areAlike && result.compared == 7)
    #expect(result.lines() == ["A and B are alike (7 exchanges compared)."])
  }

  @Test(
    "each difference is told in a sentence",
    arguments: [
      ("250-AUTH PLAIN LOGIN", "250-AUTH LOGIN", ["A:4 B:4: B no longer offers AUTH PLAIN."]),
      ("250-AUTH PLAIN LOGIN", "250-AUTH PLAIN LOGIN XOAUTH2", ["A:4 B:4: B also offers AUTH XOAUTH2."]),
      ("SIZE 10240000", "SIZE 52428800", ["A:4 B:4: SIZE 10240000 → 52428800 in B."]),
      ("S: 250-SIZE 10240000\n", "", ["A:4 B:4: B no longer offers SIZE 10240000."]),
      ("250 STARTTLS", "250 DSN", ["A:4 B:4: B no longer offers STARTTLS.", "A:4 B:4: B also offers DSN."]),
      (
        "250 2.1.5 Ok", "550 5.7.1 no",
        ["A:11 B:11: RCPT TO:<bob@example.org> refused 550 5.7.1 instead of accepted."]
      ),
      (
        "250 2.1.5 Ok", "251 2.1.5 Ok",
        ["A:11 B:11: RCPT TO:<bob@example.org> accepted with 251 2.1.5 instead of accepted with 250 2.1.5."]
      ),
      (
        "250 2.0.0 Ok: queued as 4F2A1B3C5D", "451 4.3.0 later",
        ["A:19 B:19: The message refused for now with 451 4.3.0 instead of accepted."]
      ),
      (
        "C: RCPT TO:<bob@example.org>\n", "C: NOOP\nS: 250 ok\nC: RCPT TO:<bob@example.org>\n",
        ["B:10: NOOP is only in B."]
      ),
      ("C: QUIT\nS: 221 2.0.0 Bye\n", "", ["A:20: QUIT is only in A."]),
      (
        "RCPT TO:<bob@example.org>", "RCPT TO:<eve@example.org>",
        ["A:10 B:10: A says RCPT TO:<bob@example.org> where B says RCPT TO:<eve@example.org>."]
      ),
      ("closed by peer", "reset", ["A:22 B:22: B ends with “reset” instead of “closed”."]),
      ("S: 221 2.0.0 Bye\n", "", ["A:21 B:20: QUIT was not answered in B."]),
    ] as [(String, String, [String])])
  func sentences(old: String, new: String, expected: [String]) {
    #expect(lines(old, new) == expected)
  }

  @Test("what varies by nature is no difference at level text")
  func folded() {
    for (old, new) in [
      ("4F2A1B3C5D", "9Zq3x1Jtzz9v"), ("a.example", "mx.other.example"), ("EHLO me", "EHLO you"),
      ("SIZE=100", "SIZE=2000"), ("Mon, 1 Jan 2026 00:00:00", "Tue, 2 Jan 2026 10:00:00"), ("RCPT TO:", "rcpt to:"),
    ] {
      #expect(lines(old, new, level: .text).isEmpty, "\(new)")
      #expect(!lines(old, new, level: .exact).isEmpty, "\(new)")
    }
  }

  @Test("other words are a difference at level text and none at level code")
  func texts() {
    #expect(lines("2.1.5 Ok", "2.1.5 Fine").isEmpty)
    #expect(
      lines("2.1.5 Ok", "2.1.5 Fine", level: .text) == [
        "A:11 B:11: RCPT TO:<bob@example.org> has another text: “250 2.1.5 Fine” instead of “250 2.1.5 Ok”."
      ])
    #expect(lines("Subject: x", "Subject: y").isEmpty)
    #expect(lines("Subject: x", "Subject: y", level: .text) == ["A:15 B:15: The message differs from here on."])
    #expect(lines("2.1.5 Ok\n", "2.1.5 Ok\\n\n", level: .exact).count == 1)
  }

  @Test("TLS and certificates")
  func tls() {
    let secure = """
      S: 220 a
      C: EHLO a
      S: 250-a
      S: 250 STARTTLS
      C: STARTTLS
      S: 220 go
      * tls TLSv1.3 TLS_AES_256_GCM_SHA384 X25519 verified
      * certificate subject=CN=a issuer=CN=My CA names=a.example expires=2027-01-01
      C: EHLO a
      S: 250-a
      S: 250 AUTH PLAIN

      """
    let other = secure.split(separator: "TLSv1.3").joined(separator: "TLSv1.2").split(separator: "My CA").joined(
      separator: "Your CA")
    #expect(
      DialogueComparison.compare(dialogue(secure), dialogue(other)).findings.map(\.sentence) == [
        "TLS version: TLSv1.3 → TLSv1.2 in B.", "Certificate 1, issuer: CN=My CA → CN=Your CA in B.",
      ])
    let plain = dialogue("S: 220 a\nC: EHLO a\nS: 250-a\nS: 250 STARTTLS\n")
    let result = DialogueComparison.compare(dialogue(secure), plain, names: ("old", "new"))
    #expect(
      result.lines() == [
        "old:7: new has no TLS.", "old:5: STARTTLS, EHLO a are only in old.", "2 differences (2 exchanges compared).",
      ])
    #expect(
      DialogueComparison.beforeAndAfterTLS(dialogue(secure))?.findings.map(\.sentence) == [
        "the session after STARTTLS no longer offers STARTTLS.", "the session after STARTTLS also offers AUTH PLAIN.",
      ])
    #expect(DialogueComparison.beforeAndAfterTLS(plain) == nil)
  }

  @Test("the result as JSON")
  func json() {
    var buffer: [UInt8] = []
    let other = dialogue("S: 220 a\nC: NOOP\nS: 250 \\x1B\n")
    DialogueComparison.compare(dialogue("S: 220 a\n"), other).json(into: &buffer)
    #expect(
      String(decoding: buffer, as: UTF8.self)
        == #"{"schema":1,"kind":"comparison","alike":false,"compared":1,"omitted":0,"#
        + #""findings":[{"kind":"only-in-b","a":null,"b":2,"text":"NOOP is only in B."}]}"# + "\n")
  }

  @Test("any two files can be compared, and nothing that is said acts on a terminal")
  func noise() {
    for seed in 1...300 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let file = { (numbers: inout SeededNumbers) -> Dialogue in
        var octets: [UInt8] = []
        for _ in 0..<Int.random(in: 0...40, using: &numbers) {
          DialogueWriter.write(Noise.event(&numbers), into: &octets)
          let line = ["C: DATA", "S: 354 a", "C: .", "S: 250 b", "S: 250-c", "C: BDAT 9", "C: AUTH x", "* connected a"]
          octets += bytes(line.randomElement(using: &numbers)! + "\n")
        }
        return DialogueReader.read(octets).dialogue
      }
      let (one, other) = (file(&numbers), file(&numbers))
      for level in MatchLevel.allCases {
        #expect(DialogueComparison.compare(one, one, level: level).areAlike, "seed \(seed)")
        let result = DialogueComparison.compare(one, other, level: level)
        #expect(result.areAlike == DialogueComparison.compare(other, one, level: level).areAlike, "seed \(seed)")
        for line in result.lines() { #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }) }
        _ = DialogueComparison.beforeAndAfterTLS(one, level: level)
      }
    }
  }

  @Test("a great many differences are counted, not told")
  func bounded() {
    let many = dialogue("S: 220 a\n" + (0..<3_000).map { "C: RCPT TO:<\($0)>\nS: 250 a\n" }.joined())
    let refused = dialogue("S: 220 a\n" + (0..<3_000).map { "C: RCPT TO:<\($0)>\nS: 550 a\n" }.joined())
    let result = DialogueComparison.compare(many, refused)
    #expect(result.findings.count == 1_000 && result.omitted == 2_000)
    #expect(result.lines().last == "3000 differences (3001 exchanges compared).")
  }
}
