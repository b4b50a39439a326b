import Glibc
import Testing

@testable import TLSEngine

@Suite("the test authority") struct TestCertificateAuthorityTests {
  let directory = TemporaryDirectory()
  var authority: TestCertificateAuthority { TestCertificateAuthority(directory: directory.path) }

  func content(_ path: String) -> [UInt8]? { PrivateFile.read(path) }

  func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  func names(_ files: TestCertificateFiles) throws -> TLSCertificate {
    let issued = IssuedCertificate(
      certificate: try #require(content(files.identity.certificateFile)),
      key: try #require(content(files.identity.keyFile)))
    return try #require(ParsedCertificate(issued)).content
  }

  @Test("what it makes verifies in a handshake, and keys are private")
  func handshake() throws {
    let files = try authority.prepare(names: ["mail.example.com", "localhost"], addresses: ["127.0.0.1", "::1"])
    for name in ["mail.example.com", "localhost", "127.0.0.1", "::1"] {
      var pair = try TLSPair(
        client: .client(trust: .file(files.authority)), server: .server(identity: files.identity),
        peer: TLSPeer(name: name))
      pair.handshake()
      #expect(pair.verification == .verified(name: name))
    }
    #expect(mode(files.identity.keyFile) == 0o600 && mode("\(directory.path)/ca.key") == 0o600)
  }

  @Test("a second time changes nothing, unless other names are wanted")
  func second() throws {
    let files = try authority.prepare(names: ["a.example"], addresses: [])
    let before = (content(files.authority), content(files.identity.certificateFile))
    #expect(try authority.prepare(names: ["a.example"], addresses: []) == files)
    #expect(before == (content(files.authority), content(files.identity.certificateFile)))
    _ = try authority.prepare(names: ["b.example"], addresses: ["::1"])
    #expect(content(files.authority) == before.0)
    #expect(try names(files).dnsNames == ["b.example"])
  }

  @Test("what is broken is made anew", arguments: ["ca.pem", "ca.key", "server.pem", "server.key"])
  func broken(name: String) throws {
    let files = try authority.prepare(names: ["a.example"], addresses: [])
    _ = try directory.write(name, Array("noise".utf8))
    #expect(try authority.prepare(names: ["a.example"], addresses: []) == files)
    var pair = try TLSPair(
      client: .client(trust: .file(files.authority)), server: .server(identity: files.identity),
      peer: TLSPeer(name: "a.example"))
    pair.handshake()
    #expect(pair.verification == .verified(name: "a.example"))
  }

  @Test("a certificate near its end is renewed")
  func renewal() throws {
    let files = try authority.prepare(names: ["a.example"], addresses: [])
    let issuer = IssuedCertificate(
      certificate: try #require(content(files.authority)), key: try #require(content("\(directory.path)/ca.key")))
    let now = Int64(time(nil))
    var template = CertificateTemplate(commonName: "a.example", notBefore: now - 100, notAfter: now + 86_400)
    template.names = ["a.example"]
    let old = try CertificateEngine().issue(template, issuer: issuer)
    _ = try directory.write("server.pem", old.certificate)
    _ = try directory.write("server.key", old.key)
    _ = try authority.prepare(names: ["a.example"], addresses: [])
    #expect(try names(files).notAfter > now + 300 * 86_400)
  }

  @Test("what is missing above the directory is made, and private")
  func parents() throws {
    _ = try TestCertificateAuthority(directory: "\(directory.path)/state/mta/tls").prepare(names: [], addresses: [])
    #expect(["state", "state/mta", "state/mta/tls"].allSatisfy { mode("\(directory.path)/\($0)") == 0o700 })
  }

  @Test("a directory that cannot be made is a failure in words")
  func noDirectory() throws {
    let path = try directory.write("file", []) + "/below"
    let failure = #expect(throws: TestAuthorityFailure.self) {
      try TestCertificateAuthority(directory: path).prepare(names: [], addresses: [])
    }
    #expect(failure?.words.contains(path) == true)
  }
}
