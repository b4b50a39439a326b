import Failures
import SASL
import SMTPSession
import SMTPWire
import TestPeers
import Testing

@Suite("Picking a mechanism")
struct AuthExchangeChoiceTests {
  private let credentials = Credentials(user: "alice", password: "wonderland")

  private func choose(
    _ offered: String, _ credentials: Credentials? = nil, named name: String? = nil,
    _ change: (inout SASLContext) -> Void = { _ in }
  ) throws -> Result<AuthExchange, SessionFailure> {
    var context = try SASLContext.test()
    change(&context)
    return AuthExchange.choose(
      named: name, offered: offered.split(separator: " ").map(String.init),
      credentials: credentials ?? self.credentials,
      context: context)
  }

  private func failure(_ result: Result<AuthExchange, SessionFailure>) -> FailureName? {
    if case .failure(let failure) = result { failure.name } else { nil }
  }

  @Test(
    "the strongest that both have is taken",
    arguments: [
      ("PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-256", "SCRAM-SHA-256"), ("LOGIN PLAIN NTLM", "PLAIN"),
      ("login scram-sha-1 plain", "SCRAM-SHA-1"), ("NTLM ANONYMOUS XOAUTH2 EXTERNAL", "NTLM"),
      ("SCRAM-SHA-256-PLUS SCRAM-SHA-256", "SCRAM-SHA-256"), ("CRAM-MD5 DIGEST-MD5 PLAIN", "DIGEST-MD5"),
    ])
  func strongest(offered: String, expected: String) throws {
    #expect(try choose(offered).get().mechanismName == expected)
  }

  @Test("a binding is used where there is one")
  func plus() throws {
    let exchange = try choose("SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-256-PLUS") { $0.bindings.exporter = [1] }
    #expect(try exchange.get().mechanismName == "SCRAM-SHA-256-PLUS")
  }

  @Test("only what the user allows is taken")
  func allowed() throws {
    #expect(
      try choose("PLAIN SCRAM-SHA-1 CRAM-MD5") { $0.allowed = ["login", "plain"] }.get().mechanismName == "PLAIN")
    #expect(failure(try choose("SCRAM-SHA-1") { $0.allowed = ["PLAIN"] }) == .authNoMechanism)
  }

  @Test("without TLS nothing that shows the password is taken, nor done when told by name")
  func plaintext() throws {
    let strict: (inout SASLContext) -> Void = { $0.allowsPlaintext = false }
    #expect(failure(try choose("PLAIN LOGIN", nil, named: nil, strict)) == .authPlaintextRefused)
    #expect(failure(try choose("PLAIN", nil, named: "PLAIN", strict)) == .authPlaintextRefused)
    #expect(try choose("PLAIN CRAM-MD5", nil, named: nil, strict).get().mechanismName == "CRAM-MD5")
    #expect(
      try choose("PLAIN") {
        $0.allowsPlaintext = false; $0.isSecured = true
      }.get().mechanismName == "PLAIN")
  }

  @Test("a named mechanism is tried though it is not offered")
  func forced() throws {
    #expect(try choose("PLAIN", named: "cram-md5").get().mechanismName == "CRAM-MD5")
    #expect(failure(try choose("PLAIN", named: "SCRAM-SHA-1-PLUS")) == .authNoMechanism)
    #expect(failure(try choose("", named: "CRAM-MD5")) == .authNotOffered)
  }

  @Test("a token is for OAuth alone, and OAuth for a token")
  func tokens() throws {
    var bearer = credentials
    bearer.token = Secret(name: "token", octets: Array("t".utf8))
    #expect(try choose("PLAIN XOAUTH2 OAUTHBEARER", bearer).get().mechanismName == "OAUTHBEARER")
    #expect(failure(try choose("PLAIN", bearer)) == .authNoMechanism)
    #expect(try choose("XOAUTH2 LOGIN").get().mechanismName == "LOGIN")
    bearer.token = Secret(name: "token", octets: Array("a b".utf8))
    #expect(failure(try choose("XOAUTH2", bearer)) == .authUnusableCredentials)
  }

  @Test("a certificate without a password is for EXTERNAL")
  func certificate() throws {
    let nobody = Credentials(user: "alice", password: "")
    #expect(try choose("PLAIN EXTERNAL", nobody) { $0.hasCertificate = true }.get().mechanismName == "EXTERNAL")
    #expect(try choose("PLAIN EXTERNAL") { $0.hasCertificate = true }.get().mechanismName == "PLAIN")
  }

  @Test("what SASLprep refuses is not for SCRAM, and NUL for nobody")
  func flaws() throws {
    let odd = Credentials(user: "alice", password: "\u{7}")
    #expect(try choose("SCRAM-SHA-1 CRAM-MD5", odd).get().mechanismName == "CRAM-MD5")
    #expect(failure(try choose("SCRAM-SHA-1", odd)) == .authUnusableCredentials)
    #expect(failure(try choose("PLAIN", Credentials(user: "a", password: "b\0c"))) == .authUnusableCredentials)
  }

  @Test("without digests only what computes nothing is there")
  func noDigests() throws {
    let offered = ["SCRAM-SHA-256", "CRAM-MD5", "LOGIN"]
    #expect(
      try AuthExchange.choose(named: nil, offered: offered, credentials: credentials).get().mechanismName == "LOGIN")
  }
}
