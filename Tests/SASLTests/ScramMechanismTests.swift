import SASL
import SMTPWire
import TestPeers
import Testing

@Suite("SCRAM as a client")
struct ScramMechanismTests {
  private let credentials = Credentials(user: "user", password: "pencil")

  private func mechanism(
    _ name: String, nonce: String = "fyko+d2lbbFgONRv9qkxdawL", _ change: (inout SASLContext) -> Void = { _ in }
  ) throws -> any SASLClientMechanism {
    var context = try SASLContext.test(nonce: nonce)
    change(&context)
    return try #require(SASLClientMechanisms.make(name, credentials, context))
  }

  private static let sha1First = "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"

  @Test("the exchange of RFC 5802 §5")
  func sha1() throws {
    var scram = try mechanism("scram-sha-1")
    #expect(text(scram.initialResponse()) == "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL")
    #expect(
      text(scram.respond(to: Array(Self.sha1First.utf8)))
        == "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=")
    #expect(!scram.isComplete)
    #expect(scram.respond(to: Array("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=".utf8)) == [])
    #expect(scram.isComplete)
    #expect(scram.respond(to: []) == nil)
    #expect(scram.problem == nil)
  }

  @Test("the exchange of RFC 7677 §3")
  func sha256() throws {
    var scram = try mechanism("SCRAM-SHA-256", nonce: "rOprNGfwEbeRWgbNEkqO")
    #expect(text(scram.respond(to: [])) == "n,,n=user,r=rOprNGfwEbeRWgbNEkqO")
    let joint = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
    #expect(
      text(scram.respond(to: Array("r=\(joint),s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096".utf8)))
        == "c=biws,r=\(joint),p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
    #expect(scram.respond(to: Array("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=".utf8)) == [])
    #expect(scram.isComplete)
  }

  @Test("a wrong signature is a problem, and no success")
  func wrongSignature() throws {
    var scram = try mechanism("SCRAM-SHA-1")
    _ = scram.initialResponse()
    _ = scram.respond(to: Array(Self.sha1First.utf8))
    #expect(scram.respond(to: Array("v=rmF9pqV8S7suAoZWja4dJRkFsKA=".utf8)) == nil)
    #expect(scram.problem?.contains("signature is wrong") == true)
    #expect(!scram.isComplete)
    #expect(scram.respond(to: Array("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=".utf8)) == nil)
  }

  @Test(
    "a first message that makes no sense is told apart",
    arguments: [
      ("", "malformed"), ("r", "malformed"), ("s=QSXCR+Q6sek8bf92,i=4096", "nonce"),
      ("r=other,s=QSXCR+Q6sek8bf92,i=4096", "nonce"), ("r=fyko+d2lbbFgONRv9qkxdawL,s=QSXCR+Q6sek8bf92,i=4096", "nonce"),
      ("r=fyko+d2lbbFgONRv9qkxdawL3,i=4096", "salt"), ("r=fyko+d2lbbFgONRv9qkxdawL3,s=*,i=4096", "salt"),
      ("r=fyko+d2lbbFgONRv9qkxdawL3,s=,i=4096", "salt"), ("r=fyko+d2lbbFgONRv9qkxdawL3,s=QSXC", "iterations"),
      ("r=fyko+d2lbbFgONRv9qkxdawL3,s=QSXC,i=0", "iterations"),
      ("r=fyko+d2lbbFgONRv9qkxdawL3,s=QSXC,i=-4", "iterations"),
      ("r=fyko+d2lbbFgONRv9qkxdawL3,s=QSXC,i=999999999", "iterations"),
      ("r=fyko+d2lbbFgONRv9qkxdawL3,s=QSXC,i=99999999999999999999", "iterations"),
      ("m=x,r=fyko+d2lbbFgONRv9qkxdawL3,s=QSXC,i=4096", "extension"),
    ])
  func badFirst(challenge: String, word: String) throws {
    var scram = try mechanism("SCRAM-SHA-1")
    _ = scram.initialResponse()
    #expect(scram.respond(to: Array(challenge.utf8)) == nil)
    #expect(scram.problem?.contains(word) == true)
  }

  @Test("the server's own error is handed on")
  func serverError() throws {
    var scram = try mechanism("SCRAM-SHA-1")
    _ = scram.initialResponse()
    _ = scram.respond(to: Array(Self.sha1First.utf8))
    #expect(scram.respond(to: Array("e=invalid-proof".utf8)) == nil)
    #expect(scram.problem == "the server says invalid-proof")
  }

  @Test("-PLUS puts the binding's name and data in, the exporter's before the certificate's")
  func plus() throws {
    var scram = try mechanism("SCRAM-SHA-256-PLUS") {
      $0.bindings = SASLChannelBindings(exporter: [0xAA, 0xBB], serverEndPoint: [0xCC])
    }
    #expect(text(scram.initialResponse())?.hasPrefix("p=tls-exporter,,n=user,r=") == true)
    let answer = text(scram.respond(to: Array("r=fyko+d2lbbFgONRv9qkxdawL3,s=QSXC,i=1".utf8)))
    let bound = String(decoding: Base64.encode(Array("p=tls-exporter,,".utf8) + [0xAA, 0xBB]), as: UTF8.self)
    #expect(answer?.hasPrefix("c=\(bound),") == true)
    var certificate = try mechanism("SCRAM-SHA-1-PLUS") { $0.bindings = SASLChannelBindings(serverEndPoint: [1]) }
    #expect(text(certificate.initialResponse())?.hasPrefix("p=tls-server-end-point,,") == true)
    #expect(try SASLClientMechanisms.make("SCRAM-SHA-1-PLUS", credentials, .test()) == nil)
  }

  @Test("names are prepared and escaped; an authorization name goes into the header")
  func names() throws {
    let odd = Credentials(user: "a=b,c\u{AD}\u{2168}", password: "p", authorization: "x,y")
    var scram = try #require(SASLClientMechanisms.make("SCRAM-SHA-1", odd, .test()))
    #expect(text(scram.initialResponse()) == "n,a=x=2Cy,n=a=3Db=2CcIX,r=AQID")
  }
}
