import MTACore
import SASL
import SMTPSession
import SMTPWire
import Testing

@Suite("Passwords against what is stored")
struct MTAPolicyAuthenticationTests {
  /// Digests that are none, but that differ where their input does.
  private static let digests = SASLDigests(
    hash: { Self.mixed($0, $1) }, hmac: { Self.mixed($0, $1 + [0] + $2) },
    pbkdf2: { Self.mixed($0, $1 + [1] + $2 + [UInt8(truncatingIfNeeded: $3)]) },
    random: { [UInt8](repeating: 7, count: $0) })

  private static func mixed(_ hash: SASLHash, _ octets: [UInt8]) -> [UInt8] {
    var output = [UInt8](repeating: UInt8(hash.length), count: hash.length)
    for (index, octet) in octets.enumerated() {
      output[index % output.count] = output[index % output.count] &* 31 &+ octet
    }
    return output
  }

  private func verifier(_ password: String, _ hash: SASLHash = .sha256) throws -> SCRAMVerifier {
    try #require(SCRAMVerifier(hash, password: password, salt: [1], digests: Self.digests))
  }

  private func answer(_ users: [MTAUser], _ user: String, _ password: String) -> ServerAnswer {
    let policy = MTAPolicy(MTAConfiguration(users: users), digests: Self.digests)
    let session = PolicyConversation().session
    return policy.decide(.credentials(SASLCredentials(user: user, password: Array(password.utf8))), session).answer
  }

  private static func refused(_ user: String) -> ServerAnswer {
    .authenticationFailed(.wrong(user: user, detail: "Password verification failed"))
  }

  @Test("a verifier judges a password that came in clear")
  func verifiers() throws {
    var alice = MTAUser("alice")
    alice.verifiers = [try verifier("wonder land", .sha1), try verifier("wonder land")]
    #expect(answer([alice], "alice", "wonder land") == .loggedIn("alice"))
    #expect(answer([alice], "alice@example.org", "wonder\u{A0}land") == .loggedIn("alice@example.org"))
    #expect(answer([alice], "alice", "looking glass") == Self.refused("alice"))
    #expect(answer([alice], "alice", "") == Self.refused("alice"))
    #expect(answer([alice], "bob", "wonder land") == Self.refused("bob"))
    #expect(answer([], "alice", "wonder land") == Self.refused("alice"))
  }

  @Test("a password in clear is compared as it is, or as SASLprep makes both")
  func prepared() {
    let users = [MTAUser("alice", password: "caf\u{E9}"), MTAUser("bob", password: "a\u{7}b")]
    #expect(answer(users, "alice", "cafe\u{301}") == .loggedIn("alice"))
    #expect(answer(users, "alice", "cafe") == Self.refused("alice"))
    #expect(answer(users, "bob", "a\u{7}b") == .loggedIn("bob"))
  }

  @Test("who has a token only has no password")
  func tokenOnly() {
    var carol = MTAUser("carol")
    carol.token = "t"
    #expect(answer([carol], "carol", "") == Self.refused("carol"))
    #expect(answer([carol], "carol", "t") == Self.refused("carol"))
  }

  @Test("SCRAM gets the verifier of its hash, and CRAM-MD5 nothing where only verifiers are stored")
  func lookups() throws {
    var alice = MTAUser("alice")
    alice.verifiers = [try verifier("x")]
    let policy = MTAPolicy(MTAConfiguration(users: [alice]))
    let session = PolicyConversation().session
    func answer(_ want: SASLLookup.Want) -> ServerAnswer {
      policy.decide(.lookup(SASLLookup("X", user: "alice", want: want)), session).answer
    }
    #expect(answer(.scram(.sha256)) == .found(.scram(try verifier("x"))))
    #expect(answer(.scram(.sha1)) == .found(.unknown))
    #expect(answer(.password) == .found(.unknown))
  }
}
