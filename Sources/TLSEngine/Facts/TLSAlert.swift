/// A TLS alert: what one side told the other before it gave up (RFC 8446 §6, RFC 5246 §7.2).
package struct TLSAlert: Sendable, Hashable {
  /// Who sent an alert.
  package enum Sender: Sendable, Hashable {
    /// The other side.
    case peer
    /// We.
    case local
  }

  /// The number on the wire.
  package let code: UInt8
  /// Whether its level was fatal.
  package let isFatal: Bool
  /// Who sent it.
  package let sender: Sender

  /// An alert as seen on the wire.
  package init(code: UInt8, isFatal: Bool, sender: Sender) {
    self.code = code
    self.isFatal = isFatal
    self.sender = sender
  }

  /// The RFC's name, as in `handshake_failure`; `alert_N` for a number without one.
  package var name: String { Self.names[code] ?? "alert_\(code)" }

  /// What the alert means, in a few words; nil for a number without a name.
  package var meaning: String? { Self.meanings[code] }

  private static let names: [UInt8: String] = [
    0: "close_notify", 10: "unexpected_message", 20: "bad_record_mac", 21: "decryption_failed",
    22: "record_overflow", 30: "decompression_failure", 40: "handshake_failure", 41: "no_certificate",
    42: "bad_certificate", 43: "unsupported_certificate", 44: "certificate_revoked", 45: "certificate_expired",
    46: "certificate_unknown", 47: "illegal_parameter", 48: "unknown_ca", 49: "access_denied", 50: "decode_error",
    51: "decrypt_error", 60: "export_restriction", 70: "protocol_version", 71: "insufficient_security",
    80: "internal_error", 86: "inappropriate_fallback", 90: "user_canceled", 100: "no_renegotiation",
    109: "missing_extension", 110: "unsupported_extension", 111: "certificate_unobtainable",
    112: "unrecognized_name", 113: "bad_certificate_status_response", 114: "bad_certificate_hash_value",
    115: "unknown_psk_identity", 116: "certificate_required", 120: "no_application_protocol",
  ]

  private static let meanings: [UInt8: String] = [
    10: "a message came that has no place there", 20: "a record did not decrypt",
    22: "a record was too long", 40: "no common cipher suite, group, signature algorithm or certificate",
    42: "the certificate is broken or its signature wrong", 43: "the certificate is of an unsupported kind",
    44: "the certificate was revoked", 45: "the certificate has expired",
    46: "the certificate was refused for another reason", 47: "a field has a forbidden value",
    48: "the certificate's issuer is not known there", 49: "the certificate is good and access was still denied",
    50: "a message could not be decoded", 51: "a signature or Finished message did not verify",
    70: "none of the offered TLS versions is accepted", 71: "the offered cipher suites are too weak",
    80: "an error inside the program that sent it", 86: "a needless fall-back to an older version was noticed",
    100: "renegotiation is refused", 112: "no certificate for the name that was asked for",
    116: "a client certificate is required",
  ]
}
