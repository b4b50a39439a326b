package import Failures
package import TLSEngine

/// How a connection ended.
package enum ConnectionEnd: Sendable, Hashable {
  /// The peer closed its side in order; with TLS, after `close_notify`.
  case closed
  /// The peer broke the connection off.
  case reset
  /// The peer closed its side within TLS without `close_notify`: something may be missing.
  case tlsTruncated
  /// TLS broke.
  case tlsFailed(TLSFailure)
  /// We closed it.
  case closedLocally
  /// An error of the system, by its `errno`.
  case failed(Int32)

  /// The stable name, as in `conn.eof`.
  package var name: FailureName {
    switch self {
    case .closed: .connEOF
    case .reset: .connReset
    case .tlsTruncated: .tlsTruncated
    case .tlsFailed(let failure): failure.name
    case .closedLocally: .connClosed
    case .failed: .connFailed
    }
  }

  /// One sentence for people, without a full stop.
  package var words: String {
    switch self {
    case .closed: "the peer closed the connection"
    case .reset: "the peer reset the connection"
    case .tlsTruncated: "the peer closed the connection without ending TLS, so something may be missing"
    case .tlsFailed(let failure): failure.words
    case .closedLocally: "the connection was closed on our side"
    case .failed(let code): systemWords(code)
    }
  }

  /// The end that a failure of TLS makes.
  init(_ failure: TLSFailure) { self = failure.kind == .truncated ? .tlsTruncated : .tlsFailed(failure) }
}
