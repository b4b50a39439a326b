import Foundation
package import TLSEngine

/// An authority and server certificates made to order, as files that are removed with the last reference.
package final class TestCertificates: Sendable {
  private static let day: Int64 = 86_400
  private static let now = Int64(Date().timeIntervalSince1970)
  private let directory = FileManager.default.temporaryDirectory.path + "/parley-tls-\(UUID().uuidString)"
  private let authority: IssuedCertificate

  package init() throws {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    var template = Self.template()
    template.isAuthority = true
    authority = try CertificateEngine().issue(template)
    try Data(authority.certificate).write(to: URL(fileURLWithPath: directory + "/ca.pem"))
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  /// What a client trusts.
  package var configuration: TLSConfiguration { .client(trust: .file(directory + "/ca.pem")) }

  /// A certificate for 127.0.0.1 that is good, unless told otherwise.
  package func identity(
    isSelfSigned: Bool = false, _ change: (inout CertificateTemplate) -> Void = { _ in }
  ) throws -> TLSIdentity {
    var template = Self.template()
    template.addresses = ["127.0.0.1"]
    change(&template)
    let issued = try CertificateEngine().issue(template, issuer: isSelfSigned ? nil : authority)
    let path = directory + "/" + UUID().uuidString
    try Data(issued.certificate).write(to: URL(fileURLWithPath: path + ".pem"))
    try Data(issued.key).write(to: URL(fileURLWithPath: path + ".key"))
    return TLSIdentity(certificateFile: path + ".pem", keyFile: path + ".key")
  }

  /// Valid since yesterday, for ninety days.
  private static func template() -> CertificateTemplate {
    CertificateTemplate(commonName: "mail.example.com", notBefore: now - day, notAfter: now + 90 * day)
  }
}

extension CertificateTemplate {
  /// Moves the time for which it is valid, by days.
  package mutating func move(days: Int64) {
    notBefore += days * 86_400
    notAfter += days * 86_400
  }
}
