import Synchronization

/// Counts the open connections, of all clients and of each, as Postfix's anvil does.
final class ConnectionLimits: Sendable {
  private let counts = Mutex<[String: Int]>([:])
  private let total = Atomic<Int>(0)
  private let maximum: Int
  private let maximumPerClient: Int

  /// Limits of so many connections; those of all clients are bounded by the listeners, and only measured here.
  init(maximum: Int, perClient: Int) {
    self.maximum = maximum
    maximumPerClient = perClient
  }

  /// Whether more than four fifths of the connections are open.
  var isUnderStress: Bool { total.load(ordering: .relaxed) * 5 > maximum * 4 }

  /// Counts a client's new connection; false, and not counted, where the client has as many as it may.
  ///
  /// Each connection that was counted is to be released.
  func acquire(_ address: String) -> Bool {
    let isCounted = counts.withLock { counts in
      guard counts[address, default: 0] < maximumPerClient else { return false }
      counts[address, default: 0] += 1
      return true
    }
    if isCounted { total.add(1, ordering: .relaxed) }
    return isCounted
  }

  /// Stops counting a connection that has ended.
  func release(_ address: String) {
    total.subtract(1, ordering: .relaxed)
    counts.withLock { counts in
      let rest = counts[address, default: 1] - 1
      counts[address] = rest > 0 ? rest : nil
    }
  }
}
