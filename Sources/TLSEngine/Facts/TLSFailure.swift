package import Failures

/// Why a TLS connection could not be made, or broke: a value, whoever's fault it was.
package struct TLSFailure: Error, Sendable, Hashable {
  /// The kinds of failure, each with its stable name.
  package enum Kind: Sendable, Hashable {
    /// The peer answered in clear; its first bytes, at most 1,024.
    case notTLS(firstBytes: [UInt8])
    /// The handshake failed for a reason that we found.
    case handshake
    /// A fatal alert ended it.
    case alert(TLSAlert)
    /// The peer closed the connection during the handshake.
    case eof
    /// The peer closed the connection later, and did not say `close_notify` before (RFC 8446 §6.1).
    case truncated
    /// No common protocol version; the version that the peer chose, if it showed one.
    case version(peer: TLSVersion?)
    /// The peer asked for a new handshake in mid-connection, which we refuse.
    case renegotiation
    /// The server insists on a client certificate, or our client showed none to us.
    case clientCertificateRequired
  }

  /// What went wrong.
  package let kind: Kind
  /// One sentence for people, without a full stop; holds nothing that the peer can choose.
  package let words: String

  /// A failure of this kind, explained by `words`.
  package init(_ kind: Kind, _ words: String) {
    self.kind = kind
    self.words = words
  }

  /// The stable name, as in `tls.handshake`.
  package var name: FailureName {
    switch kind {
    case .notTLS: .tlsNotTLS
    case .handshake: .tlsHandshake
    case .alert: .tlsAlert
    case .eof: .tlsEOF
    case .truncated: .tlsTruncated
    case .version: .tlsVersion
    case .renegotiation: .tlsRenegotiation
    case .clientCertificateRequired: .tlsClientCertRequired
    }
  }
}

/// Why a ``TLSContext`` could not be made: our side's files or settings.
package struct TLSConfigurationFailure: Error, Sendable, Hashable {
  /// The stable names of such failures.
  package enum Kind: Sendable, Hashable {
    /// A certificate or key file is missing, unreadable or no PEM, or the two do not belong together.
    case identity
    /// The trusted certificates could not be read.
    case trust
    /// The cipher list names nothing usable.
    case ciphers
    /// The oldest accepted version is newer than the newest.
    case versions
    /// The key log file cannot be written.
    case keyLog
    /// OpenSSL itself failed.
    case library
  }

  /// What went wrong.
  package let kind: Kind
  /// One sentence for people, with the path or value it is about.
  package let words: String

  /// The stable name.
  package var name: FailureName {
    switch kind {
    case .identity: .tlsConfigIdentity
    case .trust: .tlsConfigTrust
    case .ciphers: .tlsConfigCiphers
    case .versions: .tlsConfigVersions
    case .keyLog: .tlsConfigKeyLog
    case .library: .tlsConfigLibrary
    }
  }
}
