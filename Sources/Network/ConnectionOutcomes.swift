package import TLSEngine

/// Octets and the instant at which they arrived.
package struct Arrival: Sendable, Hashable {
  /// At least one.
  package internal(set) var octets: [UInt8]
  /// When the first of them came from the system.
  package let at: ContinuousClock.Instant
}

/// What a wait for the peer's octets came to.
package enum ReceiveOutcome: Sendable, Hashable {
  /// What has arrived, in its order; at least one arrival.
  case arrived([Arrival])
  /// Nothing more will come.
  case ended(ConnectionEnd)
  /// The deadline passed.
  case timedOut
  /// The task was cancelled.
  case cancelled

  /// The same without the instants.
  var merged: ReadOutcome {
    switch self {
    case .arrived(let arrivals): .bytes(arrivals.count == 1 ? arrivals[0].octets : arrivals.flatMap(\.octets))
    case .ended(let end): .ended(end)
    case .timedOut: .timedOut
    case .cancelled: .cancelled
    }
  }
}

/// What a read came to.
package enum ReadOutcome: Sendable, Hashable {
  /// At least one byte.
  case bytes([UInt8])
  /// Nothing more will come.
  case ended(ConnectionEnd)
  /// The deadline passed.
  case timedOut
  /// The task was cancelled.
  case cancelled
}

/// What a write came to. After anything but `written` the session is over, as nobody knows how much arrived.
package enum WriteOutcome: Sendable, Hashable {
  /// All bytes were given to the system.
  case written
  /// The connection is over.
  case ended(ConnectionEnd)
  /// The deadline passed.
  case timedOut
  /// The task was cancelled.
  case cancelled
}

/// How TLS begins on a connection.
package enum TLSStartMode: Sendable, Hashable {
  /// From the first byte: what is already there belongs to TLS.
  case implicit
  /// In mid-connection: what is already there was injected. A server gives its positive answer here, which is written in
  /// the same step that switches over, so that a quick ClientHello is not taken for an injection; a client gives nothing.
  case upgrade(sendingFirst: [UInt8] = [])
}

/// What starting TLS came to.
package struct TLSStart: Sendable, Hashable {
  /// How the handshake ended.
  package enum Outcome: Sendable, Hashable {
    /// TLS is there. Nothing but the handshake was sent: whoever does not like the verdict closes the connection.
    case established(TLSFacts, TLSVerification)
    /// TLS failed, and the connection is of no more use.
    case failed(TLSFailure)
    /// The connection ended.
    case ended(ConnectionEnd)
    /// The deadline passed.
    case timedOut
    /// The task was cancelled.
    case cancelled
  }

  /// What the peer had sent in clear before the handshake, at most about 64 KiB of it; it was used for nothing. Empty for
  /// ``TLSStartMode/implicit``.
  package let injected: [UInt8]
  /// How the handshake ended.
  package let outcome: Outcome
}
