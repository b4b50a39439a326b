import Failures
import Testing

@testable import TLSEngine

@Suite("names of versions, peers and alerts") struct TLSNamesTests {
  @Test("each version is found by its own names")
  func versions() {
    for version in TLSVersion.allCases {
      #expect(TLSVersion(name: version.name) == version)
      #expect(TLSVersion(name: version.words) == version)
    }
    #expect(TLSVersion(name: "1.2") == .tls12 && TLSVersion(name: "tls1.3") == .tls13)
    #expect(TLSVersion(name: "SSLv3") == nil && TLSVersion(name: "") == nil && TLSVersion(name: "tls") == nil)
    #expect(TLSVersion.tls10 < .tls11 && TLSVersion.tls12 < .tls13)
  }

  @Test("a name is indicated without its dot, an address is not")
  func peers() {
    #expect(TLSPeer(name: "mail.example.com.").name == "mail.example.com")
    #expect(TLSPeer(name: "mail.example.com.").serverName == "mail.example.com")
    #expect(TLSPeer(name: "192.0.2.1").serverName == nil && TLSPeer(name: "192.0.2.1").isAddress)
    #expect(TLSPeer(name: "192.0.2.1", serverName: "mail.example.com").serverName == "mail.example.com")
    #expect(TLSPeer(name: "").serverName == nil)
  }

  @Test("alerts have the RFC's names, and numbers where it has none")
  func alerts() {
    #expect(TLSAlert(code: 48, isFatal: true, sender: .peer).name == "unknown_ca")
    #expect(TLSAlert(code: 200, isFatal: true, sender: .peer).name == "alert_200")
    #expect(TLSAlert(code: 200, isFatal: true, sender: .peer).meaning == nil)
  }

  @Test("names of verification failures are those of the contract")
  func verificationNames() {
    let names = TLSVerificationFailure.Kind.allCases.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.isCertificate })
  }
}
