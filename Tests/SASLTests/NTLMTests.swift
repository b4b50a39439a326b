import SMTPWire
import TestPeers
import Testing

@testable import SASL

@Suite("NTLM")
struct NTLMTests {
  /// MS-NLMP §4.2.4.3.
  private static let challenge = hex(
    """
    4e544c4d53535000 02000000 0c000c0038000000 33828ae2 0123456789abcdef 0000000000000000 2400240044000000 060070170000000f
    530065007200760065007200 02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000
    """)

  @Test(
    "MD4's test suite (RFC 1320 §A.5)",
    arguments: [
      ("", "31d6cfe0d16ae931b73c59d7e0c089c0"), ("a", "bde52cb31de33e46245e05fbdbd6fb24"),
      ("abc", "a448017aaf21d8525fc10ae87aa6729d"), ("message digest", "d9130a8164549fe818874806e1c7014b"),
      ("abcdefghijklmnopqrstuvwxyz", "d79e1c308aa5bbcdeea8ed63df412da9"),
      ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "043f8582f241db351ce627e153e7f0e4"),
      (String(repeating: "1234567890", count: 8), "e33b4ddc9c38f2199c3e7b164fcc0536"),
    ])
  func md4(message: String, digest: String) {
    #expect(MD4.hash(Array(message.utf8)) == hex(digest))
  }

  @Test("the keys and responses of MS-NLMP §4.2.4")
  func responses() throws {
    let proof = NTLMProof(user: "User", domain: "Domain", password: Array("Password".utf8), .test())
    #expect(proof.key == hex("0c868a403bfd7a93a3001ef22ef02e3f"))
    let message = try #require(NTLMMessage(Self.challenge))
    let client = [UInt8](repeating: 0xAA, count: 8)
    #expect(
      proof.lmResponse(server: message.serverChallenge, client: client)
        == hex("86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa"))
    let long = proof.ntResponse(
      server: message.serverChallenge, client: client, time: [UInt8](repeating: 0, count: 8),
      targetInfo: message.targetInfo)
    #expect(Array(long.prefix(16)) == hex("68cd0ab851e51c96aabc927bebef6a1c"))
  }

  @Test("a challenge's fields")
  func challengeFields() throws {
    let message = try #require(NTLMMessage(Self.challenge))
    #expect(message.kind == .challenge)
    #expect(message.domain == "Server")
    #expect(message.version == "6.0.6000")
    #expect(message.pairs.map { "\($0.name)=\($0.text ?? "")" } == ["domain=Domain", "computer=Server"])
    #expect(message.flagNames.contains("extended-session-security"))
  }

  @Test("the client's three steps, and its messages read back")
  func exchange() throws {
    let context = SASLContext(digests: .test(random: [UInt8](repeating: 0xAA, count: 8)))
    let credentials = Credentials(user: "Domain\\User", password: "Password")
    var ntlm = try #require(SASLClientMechanisms.make("NTLM", credentials, context))
    let first = try #require(ntlm.initialResponse().flatMap(NTLMMessage.init))
    #expect(first.kind == .negotiate)
    #expect(!ntlm.isComplete)
    let last = try #require(ntlm.respond(to: Self.challenge).flatMap(NTLMMessage.init))
    #expect(last.kind == .authenticate)
    #expect(last.user == "User")
    #expect(last.domain == "Domain")
    #expect(last.lmResponse == hex("86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa"))
    #expect(last.ntResponse.count == 16 + 32 + 36)
    #expect(ntlm.isComplete)
  }

  @Test("what is no challenge is a problem")
  func noChallenge() throws {
    var ntlm = try #require(SASLClientMechanisms.make("NTLM", Credentials(user: "u", password: "p"), .test()))
    let first = ntlm.initialResponse() ?? []
    #expect(ntlm.respond(to: first) == nil)
    #expect(ntlm.problem != nil)
  }

  @Test("a message cut off anywhere, or pointing outside, is read without harm")
  func cut() {
    for count in 0...Self.challenge.count {
      let message = NTLMMessage(Array(Self.challenge.prefix(count)))
      #expect((message == nil) == (count < 32))
      #expect((message?.pairs.count ?? 0) <= 2)
    }
    var wild = Self.challenge
    wild.replaceSubrange(40..<48, with: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
    #expect(NTLMMessage(wild)?.targetInfo == [])
  }
}
