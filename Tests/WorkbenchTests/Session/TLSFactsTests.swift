import Testing

@testable import Workbench

struct TLSFactsTests {
  @Test("the event tls names version, cipher, group and verdict")
  func tls() {
    var facts = TLSFacts()
    facts.note(name: "tls", details: Array("TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 unverified".utf8))
    #expect(facts.isUp && !facts.isVerified)
    #expect(facts.group.isEmpty)
    facts.note(name: "tls", details: Array("TLSv1.3 TLS_AES_256_GCM_SHA384 X25519 verified".utf8))
    #expect(facts.isVerified)
    #expect(facts.group == "X25519")
  }

  @Test("a certificate's fields may hold blanks, and may be missing")
  func certificate() {
    let whole = TLSFacts.Certificate(details: Array("subject=CN=a b issuer=CN=Example CA names=a,b until=2027".utf8))
    #expect([whole.subject, whole.issuer, whole.names, whole.expires] == ["CN=a b", "CN=Example CA", "a,b", "2027"])
    let part = TLSFacts.Certificate(details: Array("subject=x until=y".utf8))
    #expect([part.subject, part.issuer, part.expires] == ["x", "", "y"])
    #expect(TLSFacts.Certificate(details: [0xFF]).subject.isEmpty)
  }

  @Test("a failure has a name and words; a chain has an end")
  func bounds() {
    var facts = TLSFacts()
    facts.note(name: "tls-failed", details: Array("tls.cert.expired it ended yesterday".utf8))
    #expect(facts.failure?.name == "tls.cert.expired")
    #expect(facts.failure?.words == "it ended yesterday")
    for _ in 0..<1000 { facts.note(name: "certificate", details: []) }
    #expect(facts.certificates.count == 20)
  }
}
