import Testing

@testable import TLSEngine

@Suite("certificates taken apart") struct TLSCertificateTests {
  func certificate(_ change: (inout CertificateTemplate) -> Void = { _ in }) throws -> TLSCertificate {
    var template = CertificateTemplate(
      commonName: "mail.example.com", notBefore: 1_577_836_800, notAfter: 2_335_219_200)
    change(&template)
    let issued = try CertificateEngine().issue(template)
    return try #require(ParsedCertificate(issued)).content
  }

  @Test("everything that was put in comes out")
  func content() throws {
    let found = try certificate {
      $0.names = ["mail.example.com", "*.example.org"]
      $0.addresses = ["192.0.2.1", "2001:db8::1"]
    }
    #expect(found.subject == "O = Parley test, CN = mail.example.com")
    #expect(found.issuer == found.subject)
    #expect(found.commonName == "mail.example.com")
    #expect(found.dnsNames == ["mail.example.com", "*.example.org"])
    #expect(found.ipAddresses == ["192.0.2.1", "2001:db8::1"])
    #expect(found.notBefore == 1_577_836_800 && found.notAfter == 2_335_219_200)
    #expect(found.keyType == "EC P-256" && found.keyBits == 256)
    #expect(found.signatureAlgorithm == "ecdsa-with-SHA256")
    #expect(found.serial.count == 32 && !found.isAuthority)
    #expect(found.fingerprint.count == 95)
  }

  @Test("the PEM text can be read again")
  func pem() throws {
    let issued = try CertificateEngine().issue(
      CertificateTemplate(commonName: "a", notBefore: 0, notAfter: 2_335_219_200))
    let content = try #require(ParsedCertificate(issued)).content
    #expect(Array(content.pem.utf8) == issued.certificate)
  }

  @Test(
    "hostile names are text without a control character in the subject",
    arguments: ["\u{1B}[31mred", "a\nb", "ä\u{202E}"])
  func hostileNames(name: String) throws {
    let found = try certificate { $0.commonName = name }
    #expect(found.commonName == name)
    #expect(found.subject.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
  }

  @Test("RSA keys tell their size")
  func rsa() throws {
    let found = try certificate {
      $0.key = .rsa(bits: 1024)
      $0.isAuthority = true
    }
    #expect(found.keyType == "RSA" && found.keyBits == 1024)
    #expect(found.signatureAlgorithm == "sha256WithRSAEncryption" && found.isAuthority)
  }

  @Test("names that would add another name are refused", arguments: ["a,DNS:b", "", "a b", "a\0b", "ä.example"])
  func refusedNames(name: String) {
    #expect(throws: TestAuthorityFailure.self) { try certificate { $0.names = [name] } }
  }

  @Test("addresses that are none are refused", arguments: ["1.2.3", "::g", "localhost", ""])
  func refusedAddresses(address: String) {
    #expect(throws: TestAuthorityFailure.self) { try certificate { $0.addresses = [address] } }
  }
}
