import Dialogue
import Failures
import Testing

@testable import Workbench

struct TLSFactsTests {
  @Test("the event tls names version, cipher, group and verdict")
  func tls() {
    var facts = TLSFacts()
    facts.note(.tls(TLSSummary(version: "TLSv1.2", cipher: "ECDHE-RSA-AES128-GCM-SHA256", isVerified: false)))
    #expect(facts.isUp && !facts.isVerified)
    #expect(facts.group.isEmpty)
    facts.note(
      .tls(TLSSummary(version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", group: "X25519", isVerified: true)))
    #expect(facts.isVerified)
    #expect(facts.group == "X25519")
  }

  @Test("a failure has a name and words; a chain has an end")
  func bounds() {
    var facts = TLSFacts()
    facts.note(.unverified(EventReason(.tlsCertExpired, "it ended yesterday")))
    #expect(facts.failure == EventReason(.tlsCertExpired, "it ended yesterday"))
    for _ in 0..<1000 { facts.note(.certificate(CertificateSummary())) }
    #expect(facts.certificates.count == 20)
  }
}
