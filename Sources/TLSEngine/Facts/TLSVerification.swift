package import Failures

/// The verdict on the peer's certificate. It is data: the handshake is complete, nothing was sent, the caller decides.
package enum TLSVerification: Sendable, Hashable {
  /// The chain is trusted and valid, and it is for `name`; nil when no name was asked for.
  case verified(name: String?)
  /// What is wrong with it, the most telling first; never empty.
  case failed([TLSVerificationFailure])
  /// The peer showed no certificate.
  case absent
}

/// One thing that is wrong with the peer's certificate.
package struct TLSVerificationFailure: Sendable, Hashable {
  /// The checks that can fail, declared in the order of telling.
  package enum Kind: Sendable, CaseIterable {
    /// The peer's certificate is signed by itself, and it is not in the trust store.
    case selfSigned
    /// The chain does not lead to a trusted certificate.
    case untrusted
    /// It was valid until a time that is past.
    case expired
    /// It will be valid later.
    case notYetValid
    /// It is not for the host we asked for (RFC 9525).
    case hostname
    /// A public key is too short.
    case weakKey
    /// A signature uses a broken digest, such as SHA-1.
    case weakSignature
    /// It breaks another rule of RFC 5280: a wrong signature, a wrong purpose, an issuer that may not issue.
    case invalid
  }

  /// Which check failed.
  package let kind: Kind
  /// Which certificate of the chain failed it; 0 is the peer's own.
  package let depth: Int
  /// What would have been right: for ``Kind/hostname`` the name asked for, for dates the bounds.
  package let expected: [String]
  /// What was there: for ``Kind/hostname`` the names in the certificate. The certificate's maker chose them.
  package let presented: [String]
  /// One sentence without a full stop. It may quote the certificate: escape it before showing it.
  package let words: String

  /// The stable name, as in `tls.cert.expired`.
  package var name: FailureName { kind.name }
}

extension TLSVerificationFailure.Kind {
  /// The stable name, as in `tls.cert.expired`.
  package var name: FailureName {
    switch self {
    case .selfSigned: .tlsCertSelfSigned
    case .untrusted: .tlsCertUntrusted
    case .expired: .tlsCertExpired
    case .notYetValid: .tlsCertNotYetValid
    case .hostname: .tlsCertHostname
    case .weakKey: .tlsCertWeakKey
    case .weakSignature: .tlsCertWeakSignature
    case .invalid: .tlsCertInvalid
    }
  }
}
