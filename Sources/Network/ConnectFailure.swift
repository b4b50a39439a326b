package import Failures
import Glibc
import NIOCore

/// One attempt to connect to one address.
package struct ConnectAttempt: Sendable, Hashable {
  /// How an attempt ended.
  package enum Outcome: Sendable, Hashable {
    /// There is a connection.
    case connected
    /// There is none.
    case failed(ConnectFailure.Kind)
  }

  /// The address, as in `192.0.2.1:25`, `[2001:db8::1]:25` or `unix:/run/socket`.
  package let address: String
  /// How it ended.
  package let outcome: Outcome
  /// How long it took.
  package let duration: Duration
}

/// Why no connection could be made.
package struct ConnectFailure: Error, Sendable, Hashable {
  /// The kinds of failure.
  package enum Kind: Sendable, Hashable {
    /// There is no such host, or it has no address.
    case unknownHost
    /// The name could not be looked up just now.
    case lookupFailed
    /// Nobody listens there.
    case refused
    /// There is no way there.
    case unreachable
    /// No answer came in time.
    case timedOut
    /// The task that wanted the connection was cancelled.
    case cancelled
    /// Another error of the system, by its `errno`.
    case system(Int32)
  }

  /// What went wrong; that of the last attempt when there were any.
  package let kind: Kind
  /// Where the connection was to go.
  package let endpoint: Endpoint
  /// All attempts, in order.
  package let attempts: [ConnectAttempt]

  /// The stable name, as in `conn.refused`.
  package var name: FailureName { kind.name }

  /// One sentence for people, without a full stop.
  package var words: String { "\(endpoint): \(kind.words)" }
}

extension ConnectFailure.Kind {
  /// The stable name, as in `conn.refused`.
  package var name: FailureName {
    switch self {
    case .unknownHost: .connUnknownHost
    case .lookupFailed: .connLookupFailed
    case .refused: .connRefused
    case .unreachable: .connUnreachable
    case .timedOut: .timeoutConnect
    case .cancelled: .cancelled
    case .system(ECONNRESET): .connReset
    case .system: .connFailed
    }
  }

  /// What happened, in a few words.
  package var words: String {
    switch self {
    case .unknownHost: "no such host, or it has no address"
    case .lookupFailed: "the name could not be looked up just now"
    case .refused: "connection refused, nobody listens there"
    case .unreachable: "there is no route there"
    case .timedOut: "no connection in time"
    case .cancelled: "cancelled"
    case .system(let code): systemWords(code)
    }
  }

  /// What an error of NIO's connect means.
  init(_ error: any Error) {
    switch error {
    case let error as IOError: self.init(errno: error.errnoCode)
    case ChannelError.connectTimeout: self = .timedOut
    default: self = .system(0)
    }
  }

  init(errno code: Int32) {
    switch code {
    case ECONNREFUSED: self = .refused
    case ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, ENETDOWN, EHOSTDOWN, EAFNOSUPPORT: self = .unreachable
    case ETIMEDOUT: self = .timedOut
    default: self = .system(code)
    }
  }
}
