import SASL
import SMTPWire
import TestPeers
import Testing

@Suite("Telling AUTH strings apart")
struct SASLStringKindsTests {
  private func decoded(_ text: String, _ head: String = "", now: Int? = nil) throws -> SASLStringDecoder {
    try SASLStringDecoder(head + String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self), now: now)
  }

  private func fields(_ decoder: SASLStringDecoder) -> String {
    decoder.fields.map { "\($0.name)=\(String(decoding: $0.octets, as: UTF8.self))\($0.isSecret ? "!" : "")" }
      .joined(separator: "|")
  }

  @Test("SCRAM's four messages (RFC 5802 §5)")
  func scram() throws {
    let first = try decoded("n,,n=us=2Cer,r=abc", "AUTH SCRAM-SHA-1 ")
    #expect(first.kind == "SCRAM-SHA-1 first message of the client")
    #expect(fields(first) == "binding=none (n)|authzid=|user=us,er|nonce=abc")
    let challenge = try decoded("r=abcdef,s=QSXCR+Q6sek8bf92,i=100")
    #expect(challenge.kind == "SCRAM first message of the server")
    #expect(fields(challenge) == "nonce=abcdef|salt=QSXCR+Q6sek8bf92|iterations=100")
    #expect(challenge.notes.first?.contains("few") == true)
    #expect(fields(try decoded("c=biws,r=abcdef,p=cHJvb2Y=")) == "bound=biws|nonce=abcdef|proof=cHJvb2Y=!")
    #expect(try decoded("v=c2ln").kind == "SCRAM final message of the server")
    #expect(try decoded("c=biws,r=x").notes == ["the attribute p= is missing"])
    #expect(fields(try decoded("p=tls-exporter,a=z,n=u,r=x")).hasPrefix("binding=tls-exporter|authzid=z|"))
  }

  @Test("DIGEST-MD5's challenge, response and rspauth (RFC 2831 §4)")
  func digest() throws {
    let challenge = try decoded(
      "realm=\"elwood.innosoft.com\",nonce=\"OA6MG9tEQGm2hh\",qop=\"auth\",algorithm=md5-sess,charset=utf-8")
    #expect(challenge.kind == "DIGEST-MD5 challenge")
    #expect(fields(challenge).hasPrefix("realm=elwood.innosoft.com|nonce=OA6MG9tEQGm2hh|"))
    let response = try decoded(
      "username=\"chris\",nonce=\"x\",nc=00000001,digest-uri=\"imap/h\",response=d388,qop=auth")
    #expect(response.kind == "DIGEST-MD5 response")
    #expect(fields(response).contains("response=d388!"))
    #expect(response.notes == ["the directive cnonce is missing"])
    #expect(try decoded("rspauth=ea40f60335c427b5527b84dbabcdfffd").kind == "DIGEST-MD5 proof of the server")
  }

  @Test("NTLM's challenge names target, computer, domain and version (MS-NLMP §4.2.4.3)")
  func ntlm() throws {
    let text =
      "TlRMTVNTUAACAAAADAAMADgAAAAzgoriASNFZ4mrze8AAAAAAAAAACQAJABEAAAABgBwFwAAAA9TAGUAcgB2AGUAcgACAAwARABvAG0AYQBpAG4AAQAMAFMAZQByAHYAZQByAAAAAAA="
    let decoder = try SASLStringDecoder("334 " + text)
    #expect(decoder.kind == "NTLM challenge (type 2)")
    #expect(
      fields(decoder).hasPrefix(
        "target=Server|version=6.0.6000|challenge=0123456789abcdef|domain=Domain|computer=Server|flags="))
  }

  @Test("NTLM's other two messages")
  func ntlmOthers() throws {
    var context = try SASLContext.test()
    context.unixTime = 0
    var client = try #require(SASLClientMechanisms.make("NTLM", Credentials(user: "D\\u", password: "p"), context))
    let first = try SASLStringDecoder(String(decoding: Base64.encode(client.initialResponse() ?? []), as: UTF8.self))
    #expect(first.kind == "NTLM negotiate (type 1)")
    let challenge = try Base64.decode(
      Array(
        "TlRMTVNTUAACAAAADAAMADgAAAAzgoriASNFZ4mrze8AAAAAAAAAACQAJABEAAAABgBwFwAAAA9TAGUAcgB2AGUAcgACAAwARABvAG0AYQBpAG4AAQAMAFMAZQByAHYAZQByAAAAAAA="
          .utf8))
    let last = try SASLStringDecoder(
      String(decoding: Base64.encode(client.respond(to: challenge) ?? []), as: UTF8.self))
    #expect(last.kind == "NTLM authenticate (type 3)")
    #expect(fields(last).hasPrefix("user=u|domain=D|workstation="))
    #expect(last.fields.filter(\.isSecret).map(\.name) == ["lm", "ntlm"])
  }

  @Test("OAuth's messages, and the claims of their tokens")
  func oauth() throws {
    // {"alg":"none"}.{"iss":"idp","exp":1700000000}
    let token = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJpZHAiLCJleHAiOjE3MDAwMDAwMDB9.sig"
    let message = try decoded("user=a@b\u{1}auth=Bearer \(token)\u{1}\u{1}", "AUTH XOAUTH2 ", now: 1_700_086_400)
    #expect(message.kind == "XOAUTH2")
    #expect(fields(message) == "user=a@b|token=\(token)!|token.alg=none|token.iss=idp|token.exp=2023-11-14T22:13:20Z")
    #expect(message.notes == ["the token expired 1 d ago: get a new one"])
    let bearer = try decoded("n,a=u,\u{1}host=h\u{1}port=25\u{1}auth=Bearer x\u{1}\u{1}")
    #expect(fields(bearer) == "user=u|host=h|port=25|token=x!")
    let bare = try SASLStringDecoder(token, now: 1_699_996_340)
    #expect(bare.kind == "JWT")
    #expect(fields(bare).hasSuffix("|signature=sig!"))
    #expect(bare.notes == ["the token is good for another 1 h 1 min"])
    #expect(try decoded("user=a auth=Bearer x", "AUTH XOAUTH2 ").notes.first?.contains("0x01") == true)
    #expect(try decoded("user=a\u{1}auth=x\u{1}\u{1}", "AUTH XOAUTH2 ").notes.first?.contains("auth=Bearer") == true)
  }

  @Test("OAuth's refusals with their meaning")
  func refusals() throws {
    let refusal = try decoded(
      "{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"https://mail.google.com/\"}", "334 ")
    #expect(refusal.kind == "OAuth error")
    #expect(fields(refusal) == "status=401|scope=https://mail.google.com/")
    #expect(refusal.notes.first?.contains("expired") == true)
    #expect(try decoded("{\"status\":\"odd\"}").notes == ["the server says odd"])
  }

  @Test(
    "which field PLAIN lacks is said",
    arguments: [
      ("alice\0secret", "authzid is missing"), ("alice", "authzid and the password are missing"),
      ("alice:secret", "colon"), ("\\0alice\\0secret", "backslash"), ("\0a\0b\0c", "can hold NUL"),
    ])
  func missing(text: String, words: String) throws {
    #expect(try decoded(text, "AUTH PLAIN ").notes.contains { $0.contains(words) })
  }

  @Test("a wrong encoding of letters is told, each of its two ways")
  func letters() throws {
    #expect(try decoded("\0j\u{C3}\u{BC}rgen\0x").notes.first?.contains("taken for Latin-1") == true)
    let latin = String(decoding: Base64.encode([0] + Array("j".utf8) + [0xFC] + Array("\0x".utf8)), as: UTF8.self)
    #expect(try SASLStringDecoder(latin).notes.first?.contains("not UTF-8") == true)
    #expect(try decoded("\0jürgen\0pässwörd").notes == [])
  }

  @Test("what is no secret is shown, what may be one is not")
  func secrecy() throws {
    #expect(fields(try decoded("anything", "334 ")) == "text=anything")
    #expect(fields(try decoded("anything")) == "text=anything!")
    #expect(fields(try decoded("alice", "AUTH EXTERNAL ")) == "user=alice")
    #expect(try SASLStringDecoder("AUTH EXTERNAL =").notes.first?.contains("empty response") == true)
    #expect(try SASLStringDecoder("334 ").notes.first?.contains("asks for") == true)
  }

  @Test("octets of any kind are read without harm, cut at every place")
  func noise() {
    let texts = [
      "n,,n=a,r=b", "nonce=\"a\\\"b\",qop=auth", "{\"a\":[1]}", "user=a\u{1}auth=Bearer x\u{1}\u{1}", "\0a\0b", "<a@b>",
      "v=\u{FF}",
    ]
    for text in texts {
      for count in 0...text.utf8.count {
        let encoded = String(decoding: Base64.encode(Array(text.utf8.prefix(count))), as: UTF8.self)
        for head in ["", "334 ", "AUTH PLAIN ", "AUTH SCRAM-SHA-1 ", "AUTH OAUTHBEARER ", "AUTH LOGIN "] {
          #expect(throws: Never.self) { try SASLStringDecoder(head + encoded) }
        }
      }
    }
  }
}
