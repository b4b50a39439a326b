package import Failures
import SMTPWire

/// What happened in a session beside its lines (`*`).
///
/// Each case is one row of the table in `docs/dialogue-format.md`. Texts are not escaped.
package enum SessionEvent: Hashable, Sendable {
  /// Who ended a connection.
  package enum Side: String, Hashable, Sendable {
    case peer
    case us
  }

  /// The file is about this server; it stands in the head only.
  case target(String)
  /// The instant from which the times count (RFC 3339); it stands in the head only.
  case clock(String)
  /// A connection is attempted to an address or a name.
  case connecting(String)
  /// A connection to an address is open.
  case connected(String)
  /// An attempt to connect failed, or the look-up of the name.
  case connectFailed(String, EventReason)
  /// The TLS handshake succeeded.
  case tls(TLSSummary)
  /// One certificate of the peer's chain; the peer's own comes first.
  case certificate(CertificateSummary)
  /// The handshake succeeded, and the certificate proves nothing.
  case unverified(EventReason)
  /// The TLS handshake failed.
  case tlsFailed(EventReason)
  /// Plaintext stood behind the 220 of STARTTLS.
  case injected([UInt8])
  /// The server knows the client from now on.
  case authenticated(mechanism: String, user: String)
  /// The server broke the standard.
  case deviation(EventReason)
  /// The connection was closed; further words tell how. The side is nil where the words do not tell it.
  case closed(by: Side?, String)
  /// The connection was reset by the peer.
  case reset(String)
  /// The server was silent for too long.
  case timeout(EventReason)
  /// The session ended before its end.
  case failed(EventReason)
  /// Octets of a message were left out of the file.
  case elided(ElidedData)
  /// The recording ends before the session does.
  case truncated(String)
  /// An event that this version does not know, or whose details are not UTF-8.
  case unknown(name: String, details: [UInt8])
}

extension SessionEvent {
  /// Whether it tells that a connection is over, or was none.
  package var endsConnection: Bool {
    switch self {
    case .closed, .reset, .timeout, .failed, .truncated, .connectFailed, .tlsFailed: true
    default: false
    }
  }
}

extension SessionEvent {
  /// Whether it tells that an open connection was closed or reset.
  var isClosing: Bool {
    switch self {
    case .closed, .reset: true
    default: false
    }
  }
}

/// Why something happened: a stable name where there is one, and words.
package struct EventReason: Hashable, Sendable {
  /// The stable name; nil where the file has words alone.
  package var name: FailureName?
  /// Some words, which may be empty.
  package var words: String

  /// Makes a reason of its parts.
  package init(_ name: FailureName?, _ words: String) {
    self.name = name
    self.words = words
  }

  /// Reads `NAME WORDS`; a first word without a dot is no name.
  init(_ text: Substring) {
    let word = text.prefix { $0 != " " }
    let isName = word.contains(".") && word.utf8.allSatisfy { Self.isNameOctet($0) }
    self.init(
      isName ? FailureName(rawValue: String(word)) : nil, String(isName ? text.dropFirst(word.count + 1) : text))
  }

  /// `NAME WORDS`.
  package var text: String { [name?.rawValue, words].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ") }

  private static func isNameOctet(_ octet: UInt8) -> Bool {
    octet.isASCIILetter || octet.isASCIIDigit || octet == UInt8(ascii: ".") || octet == UInt8(ascii: "_")
  }
}
