import Failures
import SASL
import SMTPSession
import SMTPWire
import TestPeers
import Testing

@Suite("One AUTH command")
struct AuthExchangeTests {
  private let credentials = Credentials(user: "alice", password: "wonderland")

  private func exchange(_ mechanism: String) throws -> AuthExchange {
    try AuthExchange.choose(named: mechanism, offered: [mechanism], credentials: credentials).get()
  }

  private func failureName(_ step: AuthExchange.Step) -> FailureName? {
    if case .failed(let failure) = step { failure.name } else { nil }
  }

  @Test("PLAIN sends its message with the command (RFC 4616)")
  func plain() throws {
    var exchange = try exchange("PLAIN")
    #expect(exchange.start().octets == Array("AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=".utf8))
    #expect(exchange.receive(reply("235 2.7.0 ok")) == .succeeded)
  }

  @Test("an initial response that does not fit into a line waits for the challenge")
  func longPassword() throws {
    let long = Credentials(user: "alice", password: String(repeating: "x", count: 1_000))
    var exchange = try AuthExchange.choose(named: "PLAIN", offered: ["PLAIN"], credentials: long).get()
    #expect(exchange.start().octets == Array("AUTH PLAIN".utf8))
    guard case .send(let line) = exchange.receive(reply("334 ")) else { throw Unexpected() }
    #expect(line.hasSecret)
    #expect(try Base64.decode(line.octets).count == 1_007)
  }

  @Test("LOGIN answers the two prompts in order, whatever their texts")
  func login() throws {
    var exchange = try exchange("LOGIN")
    #expect(exchange.start().octets == Array("AUTH LOGIN".utf8))
    guard case .send(let user) = exchange.receive(reply("334 VXNlciBOYW1lAA==")) else { throw Unexpected() }
    #expect(user.octets == Array("YWxpY2U=".utf8))
    guard case .send(let password) = exchange.receive(reply("334 UGFzc3dvcmQ6")) else { throw Unexpected() }
    #expect(password.octets == Array("d29uZGVybGFuZA==".utf8))
    #expect(exchange.receive(reply("235 2.7.0 ok")) == .succeeded)
  }

  @Test("prompts in words are answered where their text does not matter")
  func wordedPrompts() throws {
    var exchange = try exchange("LOGIN")
    _ = exchange.start()
    guard case .send(let user) = exchange.receive(reply("334 Username:")) else { throw Unexpected() }
    #expect(user.octets == Array("YWxpY2U=".utf8))
    guard case .send(let password) = exchange.receive(reply("334 Password:")) else { throw Unexpected() }
    #expect(password.octets == Array("d29uZGVybGFuZA==".utf8) && password.hasSecret)
    #expect(exchange.receive(reply("235 ok")) == .succeeded)
  }

  @Test("a server that does not take NTLM's first message with AUTH gets the name alone, once")
  func bareNTLM() throws {
    let context = try SASLContext.test(nonce: "")
    var exchange = try AuthExchange.choose(
      named: "NTLM", offered: ["NTLM"], credentials: credentials, context: context
    ).get()
    #expect(String(decoding: exchange.start().octets, as: UTF8.self).hasPrefix("AUTH NTLM TlRMTVNTUAAB"))
    #expect(exchange.receive(reply("501 5.5.4 Cannot decode")) == .send(OutgoingLine("AUTH NTLM")))
    guard case .send(let first) = exchange.receive(reply("334 NTLM supported")) else { throw Unexpected() }
    #expect(String(decoding: first.octets, as: UTF8.self).hasPrefix("TlRMTVNTUAAB"))
    #expect(failureName(exchange.receive(reply("501 5.5.4 no"))) == .smtp(501))
    var plain = try self.exchange("PLAIN")
    _ = plain.start()
    #expect(failureName(plain.receive(reply("501 5.5.4 no"))) == .smtp(501))
  }

  @Test("every response is secret under its variable's name")
  func names() throws {
    var exchange = try exchange("LOGIN")
    _ = exchange.start()
    guard case .send(let user) = exchange.receive(reply("334 VXNlcm5hbWU6")) else { throw Unexpected() }
    guard case .secret(let secret) = user.parts.first else { throw Unexpected() }
    #expect(secret.name == "auth.login.username")
  }

  @Test("a server that asks for ever is told * and the exchange fails as a loop")
  func loop() throws {
    var exchange = try exchange("PLAIN")
    _ = exchange.start()
    #expect(exchange.receive(reply("334 ")) == .send(OutgoingLine("*")))
    #expect(failureName(exchange.receive(reply("501 5.7.0 aborted"))) == .authLoop)
  }

  @Test("a challenge that is no base64 is told * and fails by its name")
  func badChallenge() throws {
    var exchange = try AuthExchange.choose(
      named: "CRAM-MD5", offered: ["CRAM-MD5"], credentials: credentials, context: .test(nonce: "")
    ).get()
    _ = exchange.start()
    #expect(exchange.receive(reply("334 not base64!")) == .send(OutgoingLine("*")))
    #expect(failureName(exchange.receive(reply("501 5.7.0 aborted"))) == .authBadChallenge)
  }

  @Test("success before the credentials were sent is none")
  func unexpectedSuccess() throws {
    var exchange = try exchange("LOGIN")
    _ = exchange.start()
    #expect(failureName(exchange.receive(reply("235 2.7.0 welcome"))) == .authUnexpectedSuccess)
  }

  @Test("a refusal has the name of its code", arguments: [535, 534, 454, 432, 504])
  func refusals(code: Int) throws {
    var exchange = try exchange("PLAIN")
    _ = exchange.start()
    #expect(failureName(exchange.receive(reply("\(code) no"))) == .smtp(code))
  }

  @Test("250 to AUTH is neither accepted nor refused")
  func wrongCode() throws {
    var exchange = try exchange("PLAIN")
    _ = exchange.start()
    #expect(failureName(exchange.receive(reply("250 ok"))) == .protoUnexpectedCode)
  }

  @Test("the choice: the best in common, a forced one, none in common, none offered")
  func choice() throws {
    func choose(_ name: String?, _ offered: [String]) -> Result<AuthExchange, SessionFailure> {
      AuthExchange.choose(named: name, offered: offered, credentials: credentials)
    }
    #expect(try choose(nil, ["LOGIN", "PLAIN"]).get().mechanismName == "PLAIN")
    #expect(try choose(nil, ["LOGIN"]).get().mechanismName == "LOGIN")
    #expect(try choose("login", ["PLAIN"]).get().mechanismName == "LOGIN")
    #expect(throws: SessionFailure.self) { try choose(nil, ["GSSAPI"]).get() }
    for (name, offered, expected) in [
      (nil, ["GSSAPI"], .authNoMechanism), (nil, [], .authNotOffered), ("FOO", ["PLAIN"], .authNoMechanism),
    ] as [(String?, [String], FailureName)] {
      guard case .failure(let failure) = choose(name, offered) else { throw Unexpected() }
      #expect(failure.name == expected)
    }
  }

  @Test("an authorization name goes first in PLAIN")
  func authorization() throws {
    var mechanism = PlainMechanism(Credentials(user: "u", password: "p", authorization: "z"))
    #expect(mechanism.initialResponse() == Array("z\0u\0p".utf8))
  }
}

extension AuthExchangeTests {
  @Test(
    "the headline of a refusal follows its cause",
    arguments: [
      ("530 5.7.0 Must issue a STARTTLS command first", "wants STARTTLS before AUTH"),
      ("538 5.7.11 Encryption required", "wants STARTTLS before AUTH"),
      ("504 5.5.4 Unrecognized authentication type", "does not take the mechanism PLAIN"),
      ("454 4.7.0 Temporary authentication failure", "cannot check the login now"),
      ("421 4.7.0 Too many", "ended the session"), ("502 5.5.1 Not implemented", "does not know AUTH"),
      ("535 5.7.8 Error: authentication failed", "refused the credentials"),
      ("550 no", "refused the credentials"), ("450 later", "for now"),
    ])
  func headline(line: String, words: String) throws {
    var exchange = try AuthExchange.choose(
      named: "PLAIN", offered: ["PLAIN"], credentials: Credentials(user: "a", password: "b")
    ).get()
    _ = exchange.start()
    guard case .failed(let failure) = exchange.receive(reply(line)) else { throw Unexpected() }
    #expect(failure.summary.contains(words), "\(failure.summary)")
  }
}

struct Unexpected: Error {}
