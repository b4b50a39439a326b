import SASL
import SMTPWire
import TestPeers
import Testing

@Suite("A login played through")
struct SASLRehearsalTests {
  private func rehearsal(
    _ mechanism: String, password: String = "wonderland", challenges: [String] = [], seed: [UInt8] = Array(0..<64)
  ) -> SASLRehearsal {
    var plan = SASLRehearsal.Plan(
      mechanism: mechanism, credentials: Credentials(user: "alice", password: password), seed: seed)
    plan.host = "mail.example.com"
    plan.challenges = challenges.map { Array($0.utf8) }
    return SASLRehearsal(plan, digests: .test())
  }

  private func lines(_ rehearsal: SASLRehearsal) -> [String] {
    rehearsal.lines.map { ($0.isServer ? "S " : "C ") + String(decoding: $0.line, as: UTF8.self) }
  }

  @Test("every mechanism with a server's side here ends with 235", arguments: SASLClientMechanisms.names)
  func success(mechanism: String) {
    let played = rehearsal(mechanism)
    guard mechanism != "NTLM" else {
      #expect(played.problem?.contains("real server's challenge") == true)
      return
    }
    #expect(played.problem == nil)
    #expect(lines(played).first?.hasPrefix("C AUTH \(mechanism)") == true)
    #expect(lines(played).last == "S 235 2.7.0 Authentication successful", "\(lines(played))")
  }

  @Test("the lines are those of the wire, an empty one included")
  func login() {
    #expect(
      lines(rehearsal("LOGIN")) == [
        "C AUTH LOGIN", "S 334 VXNlcm5hbWU6", "C YWxpY2U=", "S 334 UGFzc3dvcmQ6", "C d29uZGVybGFuZA==",
        "S 235 2.7.0 Authentication successful",
      ])
    #expect(lines(rehearsal("SCRAM-SHA-1")).suffix(2).first == "C ")
  }

  @Test("the seed alone decides what the nonces are")
  func seed() {
    #expect(lines(rehearsal("SCRAM-SHA-256")) == lines(rehearsal("SCRAM-SHA-256")))
    #expect(lines(rehearsal("SCRAM-SHA-256")) != lines(rehearsal("SCRAM-SHA-256", seed: Array(1..<65))))
  }

  @Test("what is secret in a line is known, and its masked form does not hold it")
  func secrets() {
    let plain = rehearsal("PLAIN").lines[0]
    #expect(plain.hasSecret)
    #expect(plain.masked == "AUTH PLAIN ‹secret 24 chars›")
    let scram = rehearsal("SCRAM-SHA-256").lines
    #expect(scram.map(\.hasSecret) == [false, false, true, false, false, false])
  }

  @Test("a real server's challenge is answered (RFC 2195 §2)")
  func challenge() {
    let played = rehearsal("CRAM-MD5", challenges: ["PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+"])
    #expect(lines(played).count == 3)
    #expect(lines(played).last?.hasPrefix("C YWxpY2Ug") == true)
  }

  @Test(
    "what cannot be answered is told",
    arguments: [
      ("CRAM-MD5", "no!", "base64"), ("SCRAM-SHA-256", "cj14LHM9YWFhYSxpPTk5OTk5OTk=", "iterations"),
      ("SCRAM-SHA-256", "cj14LHM9YWFhYSxpPTQwOTY=", "nonce"),
    ])
  func problems(mechanism: String, challenge: String, word: String) {
    #expect(rehearsal(mechanism, challenges: [challenge]).problem?.contains(word) == true)
  }

  @Test("without a password no verdict is made up, and what is missing is told", arguments: SASLClientMechanisms.names)
  func noPassword(mechanism: String) {
    let played = rehearsal(mechanism, password: "")
    switch mechanism {
    case "EXTERNAL", "ANONYMOUS":
      #expect(played.problem == nil && lines(played).last == "S 235 2.7.0 Authentication successful")
    case "NTLM": #expect(played.problem?.contains("real server's challenge") == true)
    default:
      #expect(played.problem == "no password yet: a server refuses an empty one")
      #expect(lines(played).first?.hasPrefix("C AUTH \(mechanism)") == true)
      #expect(!lines(played).contains { $0.hasPrefix("S 235") || $0.hasPrefix("S 535") }, "\(lines(played))")
    }
  }

  @Test("credentials that no mechanism can carry are told")
  func flaw() {
    #expect(rehearsal("PLAIN", password: "a\0b").problem?.contains("NUL") == true)
  }
}
