/// What came out of a ``TLSEngine`` when something was put in.
package enum TLSEvent: Sendable, Equatable {
  /// The handshake is complete. Application data may flow, if the caller accepts the verdict.
  case established(TLSFacts, TLSVerification)
  /// Decrypted bytes, never empty.
  case plaintext([UInt8])
  /// The peer said `close_notify`: its stream ended where it meant to end it.
  case peerClosed
  /// The connection is over; nothing comes after this.
  case failed(TLSFailure)
}

/// The kinds of channel-binding data, for SASL.
package enum TLSChannelBinding: String, Sendable, CaseIterable {
  /// RFC 9266; TLS 1.3, and older versions with the extended master secret.
  case exporter = "tls-exporter"
  /// RFC 5929 §4: a digest of the server's certificate.
  case serverEndPoint = "tls-server-end-point"
  /// RFC 5929 §3: the first Finished message; not in TLS 1.3.
  case unique = "tls-unique"

  /// The registered name, as SCRAM says it.
  package var name: String { rawValue }
}
