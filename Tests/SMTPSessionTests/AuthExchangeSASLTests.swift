import Failures
import SASL
import SMTPSession
import SMTPWire
import TestPeers
import Testing

@Suite("AUTH with proofs")
struct AuthExchangeSASLTests {
  private func exchange(_ name: String, password: String = "pencil", nonce: String = "fyko+d2lbbFgONRv9qkxdawL") throws
    -> AuthExchange
  {
    try AuthExchange.choose(
      named: name, offered: [name], credentials: Credentials(user: "user", password: password),
      context: .test(nonce: nonce)
    ).get()
  }

  private func challenge(_ text: String) -> Reply {
    reply("334 " + String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self))
  }

  private func failure(_ step: AuthExchange.Step) -> SessionFailure? {
    if case .failed(let failure) = step { failure } else { nil }
  }

  private static let first = "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"

  @Test("SCRAM to its end: secrets by their names, an empty answer to the last word")
  func scram() throws {
    var exchange = try exchange("SCRAM-SHA-1")
    #expect(
      exchange.start().parts.last
        == .secret(
          Secret(name: "auth.scram-sha-1.1", octets: Base64.encode(Array("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL".utf8))))
    )
    guard case .send(let proof) = exchange.receive(challenge(Self.first)), case .secret(let secret) = proof.parts.first
    else { throw Unexpected() }
    #expect(secret.name == "auth.scram-sha-1.2")
    #expect(exchange.receive(challenge("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=")) == .send(OutgoingLine([UInt8]())))
    #expect(exchange.receive(reply("235 2.7.0 ok")) == .succeeded)
  }

  @Test("235 before the server has proved itself is no success")
  func tooEarly() throws {
    var exchange = try exchange("SCRAM-SHA-1")
    _ = exchange.start()
    _ = exchange.receive(challenge(Self.first))
    #expect(failure(exchange.receive(reply("235 ok")))?.name == .authUnexpectedSuccess)
  }

  @Test("a wrong signature ends in *, and 235 behind it changes nothing")
  func wrongSignature() throws {
    var exchange = try exchange("SCRAM-SHA-1", password: "other")
    _ = exchange.start()
    _ = exchange.receive(challenge(Self.first))
    #expect(exchange.receive(challenge("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=")) == .send(OutgoingLine("*")))
    #expect(failure(exchange.receive(reply("235 ok")))?.name == .authBadChallenge)
  }

  @Test("a server that demands too much work is told *, and the failure has a name of its own")
  func tooManyIterations() throws {
    var exchange = try exchange("SCRAM-SHA-1")
    _ = exchange.start()
    #expect(exchange.reckonsLong)
    let demand = Self.first.replacing("i=4096", with: "i=500001")
    #expect(exchange.receive(challenge(demand)) == .send(OutgoingLine("*")))
    #expect(failure(exchange.receive(reply("501 aborted")))?.name == .authTooManyIterations)
  }

  @Test("what OAuth's JSON says is in the failure of the 535 that follows")
  func oauth() throws {
    var exchange = try exchange("OAUTHBEARER")
    _ = exchange.start()
    #expect(exchange.receive(challenge("{\"status\":\"invalid_token\"}")) == .send(OutgoingLine("AQ==")))
    let verdict = exchange.receive(reply("535 5.7.8 no"))
    #expect(failure(verdict)?.name == .smtp(535))
    #expect(failure(verdict)?.summary.contains("expired") == true)
  }

  @Test(
    "an initial response too long for a line is sent when the server asks, for all that have one",
    arguments: [
      "PLAIN", "OAUTHBEARER", "XOAUTH2", "EXTERNAL", "ANONYMOUS", "SCRAM-SHA-256",
    ])
  func long(name: String) throws {
    let credentials = Credentials(user: String(repeating: "u", count: 400), password: "p")
    var exchange = try AuthExchange.choose(named: name, offered: [name], credentials: credentials, context: .test())
      .get()
    #expect(exchange.start() == OutgoingLine("AUTH \(name)"))
    guard case .send(let line) = exchange.receive(reply("334 ")) else { throw Unexpected() }
    #expect(line.hasSecret)
    #expect(try Base64.decode(line.octets).count >= 400)
  }

  @Test("endless challenges end in * for every mechanism", arguments: SASLClientMechanisms.names)
  func endless(name: String) throws {
    var context = try SASLContext.test()
    context.bindings.exporter = [1]
    var exchange = try AuthExchange.choose(
      named: name, offered: [name], credentials: Credentials(user: "u", password: "p"), context: context
    ).get()
    _ = exchange.start()
    for _ in 0..<5 {
      guard case .send(let line) = exchange.receive(reply("334 QUJD")) else { throw Unexpected() }
      if line == OutgoingLine("*") { return }
    }
    throw Unexpected()
  }

  @Test(
    "a challenge that is no base64, or one that is empty, never makes a mechanism go astray",
    arguments: SASLClientMechanisms.names)
  func strange(name: String) throws {
    var context = try SASLContext.test()
    context.bindings.exporter = [1]
    for (challenge, expected) in [("334 no base64!", FailureName.authBadChallenge), ("334 ", nil)] {
      var exchange = try AuthExchange.choose(
        named: name, offered: [name], credentials: Credentials(user: "u", password: "p"), context: context
      ).get()
      _ = exchange.start()
      var answers = 0
      while case .send(let line) = exchange.receive(reply(challenge)), line != OutgoingLine("*") { answers += 1 }
      #expect(answers <= 2)
      if let expected { #expect(exchange.cancellation?.name == expected) }
      #expect(failure(exchange.receive(reply("501 5.7.0 aborted"))) != nil)
    }
  }

  @Test(
    "passwords of every kind reach the wire as they are",
    arguments: [
      "a b", "a:b", "\"q\"", "pässwörd", "e\u{301}", "", String(repeating: "x", count: 1_000),
    ])
  func passwords(password: String) throws {
    var exchange = try exchange("PLAIN", password: password)
    let start = exchange.start()
    var line = start
    if !start.hasSecret {
      guard case .send(let next) = exchange.receive(reply("334 ")) else { throw Unexpected() }
      line = next
    }
    guard case .secret(let secret) = line.parts.last else { throw Unexpected() }
    #expect(try Base64.decode(secret.octets) == Array("\0user\0\(password)".utf8))
  }

  @Test("a client that could bind says so where the server offers no -PLUS (RFC 5802 §6)")
  func downgradeProtection() throws {
    var context = try SASLContext.test()
    context.bindings = SASLChannelBindings(exporter: [1])
    func first(_ offered: [String]) throws -> String {
      var exchange = try AuthExchange.choose(
        named: "SCRAM-SHA-256", offered: offered, credentials: Credentials(user: "user", password: "pencil"),
        context: context
      ).get()
      let octets = exchange.start().octets.dropFirst("AUTH SCRAM-SHA-256 ".utf8.count)
      return String(decoding: try Base64.decode(octets), as: UTF8.self)
    }
    #expect(try first(["SCRAM-SHA-256"]).hasPrefix("y,,"))
    #expect(try first(["SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"]).hasPrefix("n,,"))
  }
}
