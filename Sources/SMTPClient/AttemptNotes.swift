import Network
import Synchronization

/// Gathers the attempts of one connection, which are told from another thread.
final class AttemptNotes: Sendable {
  private let attempts = Mutex<[ConnectAttempt]>([])

  func add(_ attempt: ConnectAttempt) {
    attempts.withLock { $0.append(attempt) }
  }

  var all: [ConnectAttempt] { attempts.withLock { $0 } }
}
