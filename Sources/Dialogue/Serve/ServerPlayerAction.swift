package import SMTPWire

/// What a server's player asks its driver to do. The driver does it and answers with one `ServerPlayerInput`.
package enum ServerPlayerAction: Hashable, Sendable {
  /// Wait for a client. Answer: `done`, `timeout`, `failed`.
  case accept
  /// Write all lines at once; the number is that of the script's line they come from. Answer: `done`, `closed`, `reset`.
  case send([WireLine], number: Int)
  /// Read one line; one that answers a challenge may hold a secret and is not to be shown or recorded. Answer: `line`,
  /// `closed`, `reset`, `timeout`.
  case awaitLine(isSecret: Bool)
  /// Read octets of a chunk, so many at most and one at least. Answer: `octets`, `closed`, `reset`, `timeout`.
  case awaitOctets(Int)
  /// Do the TLS handshake as the server. Answer: `done`, `failed`.
  case startTLS
  /// Let time pass. Answer: `done`.
  case wait(Duration)
  /// Close the connection. Answer: `done`.
  case close
  /// End the connection with a TCP reset. Answer: `done`.
  case reset
  /// Wait until the client closes. Answer: `closed`, `reset`, `timeout`, `line`.
  case expectClose
  /// All was as expected. The connection can be closed; no input follows.
  case finished
  /// The client left the script, and was told so. The connection is to be closed; no input follows.
  case failed(ServerPlayerFailure)
}

/// What came of an action.
package enum ServerPlayerInput: Hashable, Sendable {
  case done
  case line(WireLine)
  case octets([UInt8])
  case closed
  case reset
  case timeout
  /// It could not be done, for a reason in plain words.
  case failed(String)
}

/// Where and how a client left the script.
package struct ServerPlayerFailure: Error, Hashable, Sendable {
  /// The number of the script's line, from 1.
  package let number: Int
  /// The path of the included file in which that line stands; nil for the script itself.
  package let file: String?
  /// What the script expects: its lines as they stand there, made safe to show.
  package let expected: [String]
  /// What came instead, made safe to show; nothing when something else happened.
  package let got: [String]
  /// What went wrong, in one plain sentence that is safe to show.
  package let sentence: String
}

/// How a dialogue is played as the server.
package struct ServerPlayerOptions: Hashable, Sendable {
  /// Whether the client must keep to the order of the script.
  package enum Order: String, CaseIterable, Hashable, Sendable {
    /// Each line in its turn.
    case strict
    /// Each line that the script has somewhere; NOOP, RSET and QUIT always.
    case lenient
  }

  /// How exactly the text of a message is compared.
  package enum BodyMatch: String, CaseIterable, Hashable, Sendable {
    case ignored
    /// Fields that differ each time, such as Date and Message-ID, are left out of account, and so are line endings.
    case folded
    case exact
  }

  /// Whether the client must keep to the order of the script.
  package var order = Order.strict
  /// How exactly commands are compared: `code` by verb, `text` without what varies by nature, `exact` by octet.
  package var level = MatchLevel.text
  /// How exactly messages are compared; nil: not at all in lenient order, exactly at level `exact`, else folded.
  package var body: BodyMatch?
  /// What a variable in a client's line must be; one that is not named here is anything.
  package var variables: [String: [UInt8]] = [:]

  /// Makes the usual options.
  package init() {}

  var bodyMatch: BodyMatch { body ?? (order == .lenient ? .ignored : level == .exact ? .exact : .folded) }
}
