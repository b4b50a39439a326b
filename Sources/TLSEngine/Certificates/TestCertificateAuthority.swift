package import Failures
import Glibc

/// Why the test authority could not do its work.
package struct TestAuthorityFailure: Error, Sendable, Hashable {
  /// One sentence for people.
  package let words: String
  /// The stable name.
  package var name: FailureName { .tlsTestCA }

  init(_ words: String) { self.words = words }
}

/// The files that ``TestCertificateAuthority/prepare(names:addresses:)`` leaves behind.
package struct TestCertificateFiles: Sendable, Hashable {
  /// Path of the authority's certificate, PEM: what a client shall trust.
  package let authority: String
  /// Paths of the server's chain and key.
  package let identity: TLSIdentity
}

/// A certificate authority for trying things out: it lives in one directory, and is made when it is first needed.
///
/// `ca.pem`, `ca.key`, `server.pem` (the server's certificate, then the authority's) and `server.key`; keys have mode
/// 0600. Files are replaced whole, and two processes may prepare the same directory at once.
package struct TestCertificateAuthority: Sendable {
  /// Where the files are.
  package let directory: String

  private static let day: Int64 = 86_400
  private static let authorityDays: Int64 = 3650
  private static let serverDays: Int64 = 365
  /// Certificates are renewed when they have less than this left.
  private static let renewalDays: Int64 = 30

  /// The authority in `directory`, which ``prepare(names:addresses:)`` makes with what is missing above it.
  package init(directory: String) { self.directory = directory }

  /// Makes or renews what is missing, broken, near its expiry, or does not cover these names and addresses.
  package func prepare(names: [String], addresses: [String]) throws(TestAuthorityFailure) -> TestCertificateFiles {
    try PrivateFile.makeDirectory(directory)
    let lock = try DirectoryLock(path: path(".lock"))
    defer { lock.release() }
    let now = Int64(time(nil))
    let (authority, parsed) = try prepareAuthority(now)
    try prepareServer(names, addresses, authority, parsed, now)
    return TestCertificateFiles(
      authority: path("ca.pem"),
      identity: TLSIdentity(certificateFile: path("server.pem"), keyFile: path("server.key")))
  }

  private func prepareAuthority(_ now: Int64) throws(TestAuthorityFailure) -> (IssuedCertificate, ParsedCertificate) {
    if let old = load("ca"), let parsed = ParsedCertificate(old), isFresh(parsed, now), parsed.content.isAuthority {
      return (old, parsed)
    }
    var template = CertificateTemplate(
      commonName: "Parley test authority", notBefore: now - Self.day, notAfter: now + Self.authorityDays * Self.day)
    template.isAuthority = true
    let made = try CertificateEngine().issue(template)
    guard let parsed = ParsedCertificate(made) else { throw TestAuthorityFailure("cannot read what was just made") }
    try store(made, "ca", chain: [])
    return (made, parsed)
  }

  private func prepareServer(
    _ names: [String], _ addresses: [String], _ authority: IssuedCertificate, _ parsedAuthority: ParsedCertificate,
    _ now: Int64
  ) throws(TestAuthorityFailure) {
    if let old = load("server"), let parsed = ParsedCertificate(old), isFresh(parsed, now),
      parsed.isSigned(by: parsedAuthority), covers(parsed.content, names, addresses)
    {
      return
    }
    let commonName = names.first { $0.utf8.count <= 64 } ?? "Parley test server"
    var template = CertificateTemplate(
      commonName: commonName, notBefore: now - Self.day, notAfter: now + Self.serverDays * Self.day)
    template.names = names
    template.addresses = addresses
    let made = try CertificateEngine().issue(template, issuer: authority)
    try store(made, "server", chain: authority.certificate)
  }

  private func isFresh(_ parsed: ParsedCertificate, _ now: Int64) -> Bool {
    let content = parsed.content
    return content.notBefore <= now && content.notAfter - now > Self.renewalDays * Self.day
  }

  private func covers(_ certificate: TLSCertificate, _ names: [String], _ addresses: [String]) -> Bool {
    let texts = addresses.compactMap { IPAddressBytes($0)?.text }
    return Set(names).isSubset(of: certificate.dnsNames) && Set(texts).isSubset(of: certificate.ipAddresses)
      && texts.count == addresses.count
  }

  private func path(_ file: String) -> String { "\(directory)/\(file)" }

  private func load(_ name: String) -> IssuedCertificate? {
    guard let certificate = PrivateFile.read(path("\(name).pem")), let key = PrivateFile.read(path("\(name).key"))
    else {
      return nil
    }
    return IssuedCertificate(certificate: certificate, key: key)
  }

  private func store(
    _ issued: IssuedCertificate, _ name: String, chain: [UInt8]
  ) throws(TestAuthorityFailure) {
    try PrivateFile.replace(path("\(name).key"), with: issued.key, mode: 0o600)
    try PrivateFile.replace(path("\(name).pem"), with: issued.certificate + chain, mode: 0o644)
  }
}
