import SMTPWire
import TestPeers
import Testing

@testable import SASL

@Suite("Mechanisms with one answer, as a client")
struct ChallengeMechanismsTests {
  @Test("PLAIN's examples (RFC 4616 §4)")
  func plain() {
    var plain = PlainMechanism(Credentials(user: "tim", password: "tanstaaftanstaaf"))
    #expect(text(plain.initialResponse()) == "\0tim\0tanstaaftanstaaf")
    var other = PlainMechanism(Credentials(user: "Kurt", password: "xipj3plmq", authorization: "Ursel"))
    #expect(text(other.initialResponse()) == "Ursel\0Kurt\0xipj3plmq")
  }

  @Test("LOGIN with the name in AUTH asks for one answer less")
  func login() {
    var login = LoginMechanism(Credentials(user: "u", password: "p"), sendsUser: true)
    #expect(text(login.initialResponse()) == "u")
    #expect(text(login.respond(to: [])) == "p")
    #expect(login.isComplete)
    #expect(login.respond(to: []) == nil)
  }

  @Test("CRAM-MD5's example (RFC 2195 §2)")
  func cramMD5() throws {
    var cram = CRAMMD5Mechanism(Credentials(user: "tim", password: "tanstaaftanstaaf"), .test())
    let challenge = Array("<1896.697170952@postoffice.reston.mci.net>".utf8)
    #expect(text(cram.respond(to: challenge)) == "tim b913a602c7eda7a495b4e6e7334d3890")
    #expect(cram.isComplete)
    #expect(cram.respond(to: challenge) == nil)
    var empty = CRAMMD5Mechanism(Credentials(user: "tim", password: "x"), .test())
    #expect(empty.respond(to: []) == nil)
    #expect(empty.problem != nil)
  }

  @Test("DIGEST-MD5's example (RFC 2831 §4)")
  func digestMD5() {
    let proof = DigestMD5Proof(
      user: Array("chris".utf8), realm: Array("elwood.innosoft.com".utf8), password: Array("secret".utf8),
      nonce: Array("OA6MG9tEQGm2hh".utf8), clientNonce: Array("OA6MHXh6VqTrRk".utf8),
      uri: Array("imap/elwood.innosoft.com".utf8))
    #expect(text(proof.response(.test())) == "d388dad90d4bbd760a152321f2143af7")
    #expect(text(proof.serverResponse(.test())) == "ea40f60335c427b5527b84dbabcdfffd")
  }

  @Test("DIGEST-MD5's answer has all directives, and only the right rspauth completes it")
  func digestAnswer() throws {
    var context = try SASLContext.test()
    context.host = "mx.example.com"
    var digest = try #require(
      SASLClientMechanisms.make(
        "DIGEST-MD5", Credentials(user: "chris", password: "secret", authorization: "z"), context))
    #expect(digest.initialResponse() == nil)
    let challenge = "realm=\"a \\\"b\",realm=\"c\",nonce=\"N\",qop=\"auth,auth-int\",algorithm=md5-sess,charset=utf-8"
    let answer = try #require(digest.respond(to: Array(challenge.utf8)).flatMap { DigestDirectives($0) })
    let names = "charset username realm nonce nc cnonce digest-uri response qop authzid"
    #expect(answer.list.map(\.name).joined(separator: " ") == names)
    #expect(text(answer["realm"]) == "a \"b")
    #expect(text(answer["digest-uri"]) == "smtp/mx.example.com")
    let proof = DigestMD5Proof(
      user: Array("chris".utf8), realm: Array("a \"b".utf8), password: Array("secret".utf8), nonce: Array("N".utf8),
      clientNonce: Array("AQID".utf8), uri: Array("smtp/mx.example.com".utf8), authorization: Array("z".utf8))
    #expect(answer["response"] == proof.response(.test()))
    #expect(!digest.isComplete)
    var lied = digest
    #expect(lied.respond(to: Array("rspauth=00000000000000000000000000000000".utf8)) == nil)
    #expect(lied.problem?.contains("rspauth") == true)
    #expect(digest.respond(to: Array("rspauth=".utf8) + proof.serverResponse(.test())) == [])
    #expect(digest.isComplete)
  }

  @Test(
    "without charset=utf-8 the name is sent in ISO 8859-1, as it is hashed, or the mechanism refuses (RFC 2831 §2.1.2)")
  func withoutCharset() throws {
    func answer(_ user: String) throws -> (answer: DigestDirectives?, problem: String?) {
      var digest = try #require(
        SASLClientMechanisms.make("DIGEST-MD5", Credentials(user: user, password: "pw"), .test()))
      let challenge = Array("realm=\"h\",nonce=\"n\",qop=\"auth\",algorithm=md5-sess".utf8)
      return (digest.respond(to: challenge).flatMap { DigestDirectives($0) }, digest.problem)
    }
    let latin = try answer("j\u{F6}rg")
    #expect(latin.answer?["username"] == Array("j".utf8) + [0xF6] + Array("rg".utf8))
    let greek = try answer("\u{3B1}")
    #expect(greek.answer == nil && greek.problem?.contains("ISO 8859-1") == true)
  }

  @Test("letters of ISO 8859-1 are hashed in it (RFC 2831 §2.1.2.1)")
  func latin() {
    func proof(_ user: [UInt8]) -> DigestMD5Proof {
      DigestMD5Proof(
        user: user, realm: [], password: [], nonce: [1], clientNonce: [2], uri: [3])
    }
    #expect(
      proof(Array("jürgen".utf8)).response(.test())
        == proof(Array("j".utf8) + [0xFC] + Array("rgen".utf8)).response(.test()))
    #expect(proof(Array("ж".utf8)).response(.test()) != proof(Array("?".utf8)).response(.test()))
  }

  @Test(
    "a challenge of DIGEST-MD5 that makes no sense is a problem",
    arguments: [
      "", "nonce", "nonce=\"", "realm=\"x\"", "nonce=\"\"", "nonce=\"n\",qop=\"auth-conf\"", "=\"x\"",
    ])
  func badDigest(challenge: String) throws {
    var digest = try #require(SASLClientMechanisms.make("DIGEST-MD5", Credentials(user: "u", password: "p"), .test()))
    #expect(digest.respond(to: Array(challenge.utf8)) == nil)
    #expect(digest.problem != nil)
  }

  @Test("OAUTHBEARER's example (RFC 7628 §4.1) and XOAUTH2's")
  func oauth() {
    var bearer = Credentials(user: "user@example.com", password: "")
    bearer.token = Secret(name: "token", octets: Array("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==".utf8))
    var mechanism = OAuthMechanism(.oauthBearer, bearer, host: "server.example.com", port: 143)
    #expect(
      text(Base64.encode(mechanism.initialResponse() ?? []))
        == "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB"
    )
    let google = Credentials(user: "someuser@example.com", password: "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg")
    var xoauth2 = OAuthMechanism(.xoauth2, google, host: "", port: 0)
    #expect(
      text(Base64.encode(xoauth2.initialResponse() ?? []))
        == "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ=="
    )
  }

  @Test("a refused token is answered as its mechanism says, once, and its reason is kept")
  func oauthRefusal() {
    let error = Array("{\"status\":\"invalid_token\",\"scope\":\"mail\"}".utf8)
    for (kind, answer) in [(OAuthMechanism.Kind.xoauth2, []), (.oauthBearer, [1])] as [(OAuthMechanism.Kind, [UInt8])] {
      var mechanism = OAuthMechanism(kind, Credentials(user: "u", password: "t"), host: "h", port: 25)
      _ = mechanism.initialResponse()
      #expect(mechanism.isComplete)
      #expect(mechanism.respond(to: error) == answer)
      #expect(mechanism.remark?.contains("expired") == true)
      #expect(mechanism.remark?.contains("the scope mail") == true)
      #expect(!mechanism.isComplete)
      #expect(mechanism.respond(to: error) == nil)
    }
  }

  @Test("EXTERNAL says who to act as, ANONYMOUS leaves a trace")
  func others() {
    var external = ExternalMechanism(Credentials(user: "", password: ""))
    #expect(external.initialResponse() == [])
    var named = ExternalMechanism(Credentials(user: "u", password: "", authorization: "z"))
    #expect(text(named.respond(to: [])) == "z")
    var anonymous = AnonymousMechanism(Credentials(user: "sirhc", password: ""))
    #expect(text(anonymous.initialResponse()) == "sirhc")
    #expect(anonymous.isComplete)
  }
}
