import COpenSSL

/// One complaint of OpenSSL's chain verification.
struct X509ChainFinding {
  /// `X509_V_ERR_…`.
  let code: Int32
  /// Which certificate; 0 is the peer's own.
  let depth: Int
  /// That certificate.
  let certificate: TLSCertificate?

  static let outOfMemory = X509ChainFinding(code: X509_V_ERR_OUT_OF_MEM, depth: 0, certificate: nil)

  init(code: Int32, depth: Int, certificate: TLSCertificate?) {
    self.code = code
    self.depth = depth
    self.certificate = certificate
  }

  /// The complaint that a verification context is at.
  init(_ context: OpaquePointer) {
    code = X509_STORE_CTX_get_error(context)
    depth = max(0, Int(X509_STORE_CTX_get_error_depth(context)))
    certificate = X509_STORE_CTX_get_current_cert(context).map(TLSCertificate.init(x509:))
  }
}

/// Collects the complaints of one verification.
final class X509ChainLog {
  /// A chain has at most a hundred certificates; each can have several faults.
  private static let most = 64
  private(set) var findings: [X509ChainFinding] = []

  func note(_ finding: X509ChainFinding) {
    if findings.count < Self.most { findings.append(finding) }
  }
}

/// OpenSSL's verification callback: notes each complaint and lets the verification go on.
func noteChainFinding(_ isGood: Int32, _ context: OpaquePointer?) -> Int32 {
  guard isGood == 0, let context, let log = copenssl_store_ctx_get_app_data(context) else { return 1 }
  Unmanaged<X509ChainLog>.fromOpaque(log).takeUnretainedValue().note(X509ChainFinding(context))
  return 1
}

/// Complaints turned into failures: one of each kind, the one nearest to the peer's own certificate.
struct X509ChainFindings {
  private let findings: [X509ChainFinding]

  init(_ findings: [X509ChainFinding]) { self.findings = findings }

  var failures: [TLSVerificationFailure] {
    var seen: Set<TLSVerificationFailure.Kind> = []
    return findings.sorted { $0.depth < $1.depth }.map(failure).filter { seen.insert($0.kind).inserted }
  }

  private func failure(_ finding: X509ChainFinding) -> TLSVerificationFailure {
    let kind = Self.kind(finding.code)
    let (expected, presented) = Self.bounds(kind, finding.certificate)
    return TLSVerificationFailure(
      kind: kind, depth: finding.depth, expected: expected, presented: presented, words: Self.words(kind, finding))
  }

  private static func kind(_ code: Int32) -> TLSVerificationFailure.Kind {
    switch code {
    case X509_V_ERR_CERT_HAS_EXPIRED: .expired
    case X509_V_ERR_CERT_NOT_YET_VALID: .notYetValid
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: .selfSigned
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
      X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE,
      X509_V_ERR_CERT_UNTRUSTED:
      .untrusted
    case X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL: .weakKey
    case X509_V_ERR_CA_MD_TOO_WEAK: .weakSignature
    default: .invalid
    }
  }

  private static func bounds(
    _ kind: TLSVerificationFailure.Kind, _ certificate: TLSCertificate?
  ) -> (expected: [String], presented: [String]) {
    guard let certificate else { return ([], []) }
    return switch kind {
    case .expired, .notYetValid: ([], [utcText(certificate.notBefore), utcText(certificate.notAfter)])
    case .selfSigned, .untrusted: ([], [certificate.issuer])
    case .weakKey: ([], ["\(certificate.keyType) \(certificate.keyBits) bits"])
    case .weakSignature: ([], [certificate.signatureAlgorithm])
    case .hostname, .invalid: ([], [])
    }
  }

  private static func words(_ kind: TLSVerificationFailure.Kind, _ finding: X509ChainFinding) -> String {
    guard let certificate = finding.certificate else { return openSSLWords(finding.code) }
    let which = finding.depth == 0 ? "the certificate" : "the issuing certificate \(certificate.subject)"
    return switch kind {
    case .expired: "\(which) expired on \(utcText(certificate.notAfter))"
    case .notYetValid: "\(which) is not valid before \(utcText(certificate.notBefore))"
    case .selfSigned: "the certificate is signed by itself and is not in the trust store"
    case .untrusted: untrustedWords(finding.code, certificate)
    case .weakKey: "\(which) has a key that is too weak: \(certificate.keyType), \(certificate.keyBits) bits"
    case .weakSignature: "\(which) has a signature that is too weak: \(certificate.signatureAlgorithm)"
    case .hostname, .invalid: "\(which) is not valid: \(openSSLWords(finding.code))"
    }
  }

  private static func untrustedWords(_ code: Int32, _ certificate: TLSCertificate) -> String {
    code == X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN
      ? "the chain ends in \(certificate.subject), which is not in the trust store"
      : "the issuer \(certificate.issuer) was neither sent nor found in the trust store"
  }

  private static func openSSLWords(_ code: Int32) -> String {
    X509_verify_cert_error_string(Int(code)).map { String(cString: $0) } ?? "error \(code)"
  }
}
