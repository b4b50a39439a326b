import Failures
import SASL
import SMTPSession
import SMTPWire
import TestPeers
import Testing

@Suite("The login of a submission")
struct SubmissionLoginTests {
  /// What is sent after a reply to EHLO that offers these mechanisms, or the failure's name.
  private func login(
    _ mechanism: String?, offered: String?, allowsPlaintext: Bool = false, tls: SubmissionPlan.TLSPolicy = .never,
    forced: Bool = false
  ) throws -> String {
    var plan = SubmissionPlan(greetingName: "client.example", sender: "a@x.example", recipients: ["b@x.example"])
    plan.auth = .required(mechanism: mechanism, Credentials(user: "tim", password: "pencil"))
    plan.allowsPlaintextAuth = allowsPlaintext
    plan.tls = tls
    plan.forcesMechanism = forced
    var machine = SubmissionMachine(plan, sasl: try .test())
    if tls == .onConnect { _ = machine.secured(SASLChannelBindings(exporter: [1])) }
    _ = machine.received(reply("220 hi"))
    for action in machine.received(reply("250-hi", offered.map { "250 AUTH \($0)" } ?? "250 NOOP")) {
      guard case .send(let lines) = action, let line = lines.first else { continue }
      if line.octets != Array("QUIT".utf8) { return String(decoding: line.octets.prefix { $0 != 0x0A }, as: UTF8.self) }
    }
    guard case .finish(let outcome) = machine.received(reply("221 bye")).last else { throw Unexpected() }
    return outcome.failure?.name.rawValue ?? "nothing"
  }

  @Test("without TLS a proof may go out, a password not")
  func inClear() throws {
    #expect(try login(nil, offered: "PLAIN LOGIN CRAM-MD5") == "AUTH CRAM-MD5")
    #expect(try login(nil, offered: "PLAIN LOGIN") == "auth.plaintext_refused")
    #expect(try login("PLAIN", offered: "PLAIN CRAM-MD5") == "auth.plaintext_refused")
    #expect(try login("LOGIN", offered: "LOGIN", allowsPlaintext: true) == "AUTH LOGIN")
  }

  @Test("within TLS the login is bound to it where the server can")
  func bound() throws {
    let line = try login(nil, offered: "PLAIN SCRAM-SHA-256 SCRAM-SHA-256-PLUS", tls: .onConnect)
    #expect(line.hasPrefix("AUTH SCRAM-SHA-256-PLUS "))
    #expect(try login("LOGIN", offered: "PLAIN LOGIN", tls: .onConnect) == "AUTH LOGIN")
  }

  @Test("a mechanism that is not offered is tried when it is forced, but no password goes out in clear")
  func forced() throws {
    #expect(try login("CRAM-MD5", offered: "PLAIN") == "auth.no_mechanism")
    #expect(try login("CRAM-MD5", offered: "PLAIN", forced: true) == "AUTH CRAM-MD5")
    #expect(try login("CRAM-MD5", offered: nil) == "auth.not_offered")
    #expect(try login("CRAM-MD5", offered: nil, forced: true) == "AUTH CRAM-MD5")
    #expect(try login("LOGIN", offered: nil, forced: true) == "auth.plaintext_refused")
    #expect(try login("LOGIN", offered: nil, tls: .onConnect, forced: true) == "AUTH LOGIN")
  }

  @Test("of several mechanisms named, the strongest that is offered is taken")
  func several() throws {
    #expect(
      try login("login,cram-md5", offered: "SCRAM-SHA-1 CRAM-MD5 LOGIN", allowsPlaintext: true) == "AUTH CRAM-MD5")
    #expect(try login("NTLM,XOAUTH2", offered: "CRAM-MD5") == "auth.no_mechanism")
  }
}
