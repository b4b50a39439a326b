import Failures
import Testing

@testable import TLSEngine

@Suite("verification of certificates") struct TLSVerifierTests {
  let certificates: TestCertificates

  init() throws { certificates = try TestCertificates() }

  func verdict(
    _ identity: TLSIdentity, peer: TLSPeer? = TLSPeer(name: "mail.example.com"), trust: TLSTrust? = nil
  ) throws -> [TLSVerificationFailure] {
    var pair = try TLSPair(
      client: .client(trust: trust ?? .file(certificates.authorityFile)), server: .server(identity: identity),
      peer: peer)
    pair.handshake()
    let verification = try #require(pair.verification)
    guard case .failed(let failures) = verification else { return [] }
    #expect(!failures.isEmpty)
    return failures
  }

  @Test("an expired certificate, with the date")
  func expired() throws {
    let identity = try certificates.identity {
      $0.notBefore = 1_546_300_800
      $0.notAfter = 1_577_836_800
    }
    let failures = try verdict(identity)
    #expect(failures.map(\.name) == [.tlsCertExpired])
    #expect(failures[0].words == "the certificate expired on 2020-01-01 00:00:00 UTC")
  }

  @Test("a certificate from the future")
  func notYetValid() throws {
    let identity = try certificates.identity {
      $0.notBefore = 2_335_219_200
      $0.notAfter = 2_366_841_600
    }
    #expect(try verdict(identity).map(\.name) == [.tlsCertNotYetValid])
  }

  @Test("a self-signed certificate, and one that the user trusts")
  func selfSigned() throws {
    let identity = try certificates.identity(selfSigned: true)
    #expect(try verdict(identity).map(\.name) == [.tlsCertSelfSigned])
    #expect(try verdict(identity, trust: .file(identity.certificateFile)).isEmpty)
  }

  @Test("a certificate from an authority that is not trusted")
  func untrusted() throws {
    let stranger = try TestCertificates()
    let identity = try certificates.identity(issuer: stranger.authority)
    let failures = try verdict(identity, trust: TLSTrust.none)
    #expect(failures.map(\.name) == [.tlsCertUntrusted])
    #expect(failures[0].presented == ["O = Parley test, CN = Test CA"])
  }

  @Test("the installed trust store does not know our authority")
  func systemTrust() throws {
    #expect(try verdict(certificates.identity(), trust: .system).map(\.name) == [.tlsCertUntrusted])
  }

  @Test("a certificate for another host, with the names compared")
  func hostname() throws {
    let failures = try verdict(certificates.identity(), peer: TLSPeer(name: "other.example.com"))
    #expect(failures.map(\.name) == [.tlsCertHostname])
    #expect(failures[0].expected == ["other.example.com"])
    #expect(failures[0].presented == ["mail.example.com", "*.wild.example.com", "127.0.0.1", "::1"])
  }

  @Test(
    "names that match",
    arguments: ["mail.example.com", "MAIL.Example.com", "mail.example.com.", "a.wild.example.com", "127.0.0.1", "0::1"])
  func goodNames(name: String) throws {
    #expect(try verdict(certificates.identity(), peer: TLSPeer(name: name)).isEmpty)
  }

  @Test(
    "names that do not match", arguments: ["wild.example.com", "a.b.wild.example.com", "127.0.0.2", "::2", "com", ""])
  func badNames(name: String) throws {
    #expect(try verdict(certificates.identity(), peer: TLSPeer(name: name)).map(\.name) == [.tlsCertHostname])
  }

  @Test("the common name does not count")
  func commonNameOnly() throws {
    let identity = try certificates.identity {
      $0.names = []
      $0.addresses = []
    }
    let failures = try verdict(identity)
    #expect(failures.map(\.name) == [.tlsCertHostname])
    #expect(failures[0].presented.isEmpty)
  }

  @Test("a short key and a SHA-1 signature are weak, and the chain can still be shown")
  func weak() throws {
    #expect(try verdict(certificates.identity { $0.key = .rsa(bits: 1024) }).map(\.name) == [.tlsCertWeakKey])
    #expect(try verdict(certificates.identity { $0.digest = .sha1 }).map(\.name) == [.tlsCertWeakSignature])
  }

  @Test("several faults are told together, the most telling first")
  func several() throws {
    let identity = try certificates.identity(selfSigned: true) {
      $0.notBefore = 1_546_300_800
      $0.notAfter = 1_577_836_800
      $0.names = ["other.example.com"]
    }
    #expect(try verdict(identity).map(\.name) == [.tlsCertSelfSigned, .tlsCertExpired, .tlsCertHostname])
  }

  @Test("without a name only the chain is verified")
  func noName() throws {
    #expect(try verdict(certificates.identity(), peer: nil).isEmpty)
  }
}
