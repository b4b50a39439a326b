import SASL
import SMTPWire
import TestPeers
import Testing

@Suite("Verifying the answers of a login")
struct SASLAnswerCheckTests {
  private func verdicts(_ text: String, _ password: String) -> [SASLAnswerCheck.Verdict] {
    let entries = SASLExchangeDecoder(text).entries
    let secret = Secret(name: "password", octets: Array(password.utf8))
    return SASLAnswerCheck.verdicts(entries, password: secret, digests: .test()).sorted { $0.key < $1.key }.map(\.value)
  }

  @Test(
    "the right password fits and another does not",
    arguments: ["PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"])
  func fits(name: String) {
    let plan = SASLRehearsal.Plan(
      mechanism: name, credentials: Credentials(user: "al,ice", password: "wonderland", authorization: ""),
      seed: Array(1...64))
    let lines = SASLRehearsal(plan, digests: .test()).lines.map { OctetText.readable($0.line) }
    let text = lines.joined(separator: "\n")
    #expect(verdicts(text, "wonderland") == [.fits], "\(text)")
    #expect(verdicts(text, "Wonderland") == [.differs], "\(text)")
  }

  @Test("RFC 2195's and RFC 2831's examples fit their passwords, told by others")
  func examples() {
    #expect(
      verdicts(
        "334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\ndGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw",
        "tanstaaftanstaaf") == [.fits])
    func line(_ text: String) -> String { String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self) }
    let challenge =
      "realm=\"elwood.innosoft.com\",nonce=\"OA6MG9tEQGm2hh\",qop=\"auth\",algorithm=md5-sess,charset=utf-8"
    let response =
      "charset=utf-8,username=\"chris\",realm=\"elwood.innosoft.com\",nonce=\"OA6MG9tEQGm2hh\",nc=00000001,cnonce=\"OA6MHXh6VqTrRk\",digest-uri=\"imap/elwood.innosoft.com\",response=d388dad90d4bbd760a152321f2143af7,qop=auth"
    let text = "AUTH DIGEST-MD5\n334 \(line(challenge))\n\(line(response))"
    #expect(verdicts(text, "secret") == [.fits])
    #expect(verdicts(text, "Secret") == [.differs])
  }

  @Test("an answer whose challenge was not pasted cannot be verified, and that is said")
  func unknown() {
    let answers = verdicts("AUTH CRAM-MD5\ndGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw", "x")
    #expect(answers == [.unknown("the challenge that it answers is not there")])
  }
}
