import SASL
import SMTPWire
import TestPeers
import Testing

@Suite("Mechanisms as a server")
struct SASLServerMechanismsTests {
  private static let computing = [
    "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS",
  ]

  private func server(_ name: String, _ change: (inout SASLServerContext) -> Void = { _ in }) throws
    -> any SASLServerMechanism
  {
    var context = SASLServerContext(digests: .test(random: [9, 8, 7]))
    context.realm = "example.com"
    if name.hasSuffix("-PLUS") { context.bindings.exporter = [5] }
    change(&context)
    return try #require(SASLServerMechanisms.make(name, context))
  }

  private func client(_ name: String, _ credentials: Credentials) throws -> any SASLClientMechanism {
    var context = try SASLContext.test()
    if name.hasSuffix("-PLUS") { context.bindings.exporter = [5] }
    return try #require(SASLClientMechanisms.make(name, credentials, context))
  }

  /// Lets both talk until the server has a verdict; users are answered for from a list.
  private func talk(
    _ server: any SASLServerMechanism, _ client: any SASLClientMechanism,
    _ answer: (SASLLookup) -> SASLLookupAnswer
  ) -> (step: SASLServerStep, clientIsContent: Bool) {
    var (server, client) = (server, client)
    var step = server.start(initial: client.initialResponse())
    for _ in 0..<8 {
      switch step {
      case .challenge(let challenge):
        guard let response = client.respond(to: challenge) else { return (step, false) }
        step = server.respond(response)
      case .lookup(let lookup): step = server.found(answer(lookup))
      default: return (step, client.isComplete)
      }
    }
    return (step, client.isComplete)
  }

  private func alice(_ lookup: SASLLookup) -> SASLLookupAnswer {
    lookup.user == "alice" ? .password(Secret(name: "password", octets: Array("wonder land".utf8))) : .unknown
  }

  @Test("the right password comes in, and the client is content with the server's proof", arguments: computing)
  func right(name: String) throws {
    let result = talk(try server(name), try client(name, Credentials(user: "alice", password: "wonder land")), alice)
    #expect(result.step == .succeeded(user: "alice"))
    #expect(result.clientIsContent)
  }

  @Test("a wrong password, a user who does not exist and another's name stay outside", arguments: computing)
  func wrong(name: String) throws {
    for credentials in [
      Credentials(user: "alice", password: "looking-glass"), Credentials(user: "bob", password: "wonder land"),
      Credentials(user: "alice", password: "wonder land", authorization: "bob"),
    ] where name != "CRAM-MD5" || credentials.authorization.isEmpty {
      let result = talk(try server(name), try client(name, credentials), alice)
      guard case .failed(let failure) = result.step else { throw Unmet() }
      #expect(failure.reason == "authentication failure")
      #expect(!failure.isTemporary)
    }
  }

  @Test(
    "a stored verifier does in place of the password, and reads back as written",
    arguments: ["SCRAM-SHA-1", "SCRAM-SHA-256"])
  func verifier(name: String) throws {
    let hash = name == "SCRAM-SHA-1" ? SASLHash.sha1 : .sha256
    let stored = try #require(
      SCRAMVerifier(hash, password: "wonder land", salt: [1, 2, 3], iterations: 5, digests: .test()))
    let read = try #require(SCRAMVerifier(stored.text))
    #expect(read == stored)
    let credentials = Credentials(user: "alice", password: "wonder\u{A0}land")
    let result = talk(try server(name), try client(name, credentials)) { _ in .scram(read) }
    #expect(result.step == .succeeded(user: "alice"))
    let other = talk(try server(name), try client(name, Credentials(user: "alice", password: "x"))) { _ in .scram(read)
    }
    #expect(other.step == .failed(.wrong(user: "alice")))
  }

  @Test("the keys of RFC 7677 §3 make its server's signature")
  func vector() throws {
    let salt = try Base64.decode(Array("W22ZaJ0SNY7soEsUEjb6gQ==".utf8))
    let stored = try #require(SCRAMVerifier(.sha256, password: "pencil", salt: salt, digests: .test()))
    #expect(
      stored.text
        == "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
    )
  }

  @Test(
    "what is no verifier is refused",
    arguments: [
      "", "SCRAM-SHA-256", "SCRAM-SHA-256$0:AA==$AA==:AA==", "SCRAM-SHA-1$4096:AA==$AA==:AA==", "MD5$1:AA==$AA==:AA==",
    ])
  func noVerifier(text: String) {
    #expect(SCRAMVerifier(text) == nil)
  }

  @Test("a client that saw no -PLUS though it was offered was deceived")
  func downgrade() throws {
    var scram = try server("SCRAM-SHA-256") { $0.offersPlus = true }
    guard case .failed = scram.start(initial: Array("y,,n=alice,r=x".utf8)) else { throw Unmet() }
    var other = try server("SCRAM-SHA-256") { $0.offersPlus = true }
    guard case .lookup = other.start(initial: Array("n,,n=alice,r=x".utf8)) else { throw Unmet() }
  }

  @Test("-PLUS wants the binding of its own connection")
  func otherBinding() throws {
    let name = "SCRAM-SHA-256-PLUS"
    let scram = try server(name) { $0.bindings.exporter = [6] }
    let result = talk(scram, try client(name, Credentials(user: "alice", password: "wonder land")), alice)
    guard case .failed = result.step else { throw Unmet() }
    #expect(SASLServerMechanisms.make(name, SASLServerContext(digests: .test())) == nil)
  }

  @Test(
    "the server's certificate binds where TLS has no exporter, on both sides",
    arguments: ["SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS"])
  func certificateBinding(name: String) throws {
    func result(_ octets: [UInt8]) throws -> SASLServerStep {
      var context = try SASLContext.test()
      context.bindings.serverEndPoint = [8, 9]
      let credentials = Credentials(user: "alice", password: "wonder land")
      let client = try #require(SASLClientMechanisms.make(name, credentials, context))
      return talk(try server(name) { $0.bindings.serverEndPoint = octets }, client, alice).step
    }
    #expect(try result([8, 9]) == .succeeded(user: "alice"))
    guard case .failed = try result([8]) else { throw Unmet() }
  }

  @Test("the salt of a user who does not exist is always the same")
  func fakeSalt() throws {
    func challenge() throws -> SASLServerStep {
      var scram = try server("SCRAM-SHA-1") { $0.secret = [1] }
      _ = scram.start(initial: Array("n,,n=nobody,r=x".utf8))
      return scram.found(.unknown)
    }
    #expect(try challenge() == challenge())
  }

  @Test(
    "messages that make no sense fail, and never crash", arguments: computing + ["OAUTHBEARER", "XOAUTH2", "EXTERNAL"])
  func nonsense(name: String) throws {
    for text in [
      "", ",", ",,", "n,,", "n,,n=", "n,,n=a", "n,,r=x", "p=tls-exporter,,n=a,r=", "n,,n==,r=x", "n,a==,n=a,r=x",
      "\u{1}\u{1}", "user=", "alice", "username=\"a\"",
    ] {
      var mechanism = try server(name)
      var step = mechanism.start(initial: nil)
      if case .challenge = step { step = mechanism.respond(Array(text.utf8)) }
      if case .lookup = step { step = mechanism.found(.unknown) }
      if case .challenge = step { step = mechanism.respond(Array("x".utf8)) }
      guard case .failed = step else { throw Unmet() }
    }
  }

  @Test("a lookup that cannot be done now is a temporary failure", arguments: computing + ["XOAUTH2"])
  func temporary(name: String) throws {
    let result = talk(try server(name), try client(name, Credentials(user: "alice", password: "x"))) { _ in
      .temporary("database down")
    }
    guard case .failed(let failure) = result.step else { throw Unmet() }
    #expect(failure.isTemporary)
    #expect(failure.reason == "database down")
  }

  @Test("tokens are asked about, and refused in JSON", arguments: ["OAUTHBEARER", "XOAUTH2"])
  func tokens(name: String) throws {
    func answer(_ lookup: SASLLookup) -> SASLLookupAnswer {
      guard case .token(let token) = lookup.want else { return .unknown }
      return token.octets == Array("good".utf8) ? .accepted(user: lookup.user) : .unknown
    }
    let good = Credentials(user: "a,b=c", password: "good")
    #expect(talk(try server(name), try client(name, good), answer).step == .succeeded(user: "a,b=c"))
    let bad = Credentials(user: "alice", password: "bad")
    #expect(talk(try server(name), try client(name, bad), answer).step == .failed(.wrong(user: "alice")))
  }

  @Test("EXTERNAL takes the certificate's user and nobody else; ANONYMOUS whom the policy takes")
  func others() throws {
    var external = try server("EXTERNAL") { $0.certificateUser = "alice" }
    #expect(external.start(initial: []) == .succeeded(user: "alice"))
    #expect(external.start(initial: Array("alice".utf8)) == .succeeded(user: "alice"))
    guard case .failed = external.start(initial: Array("bob".utf8)) else { throw Unmet() }
    var anonymous = try server("ANONYMOUS")
    #expect(anonymous.start(initial: nil) == .challenge([]))
    guard case .lookup = anonymous.respond(Array("trace".utf8)) else { throw Unmet() }
    #expect(anonymous.found(.accepted(user: "anonymous")) == .succeeded(user: "anonymous"))
  }

  @Test("the same response does not come in twice (DIGEST-MD5's nonce, CRAM-MD5's challenge)")
  func replay() throws {
    var digest = try server("DIGEST-MD5")
    var mechanism = try client("DIGEST-MD5", Credentials(user: "alice", password: "wonder land"))
    guard case .challenge(let challenge) = digest.start(initial: nil) else { throw Unmet() }
    let response = mechanism.respond(to: challenge) ?? []
    var other = try server("DIGEST-MD5") { $0.digests = .test(random: [4]) }
    _ = other.start(initial: nil)
    guard case .failed = other.respond(response) else { throw Unmet() }
  }
}
