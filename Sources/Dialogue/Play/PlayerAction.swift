package import SMTPWire

/// What a player asks its driver to do. The driver does it and answers with one `PlayerInput`.
package enum PlayerAction: Hashable, Sendable {
  /// Open a connection to the target, after closing one that is open. Answer: `done`, `failed`.
  case connect
  /// Write all lines at once. Answer: `done`, `closed`, `reset`, `failed`.
  case send(PlayerSend)
  /// Read one reply. Answer: `replied`, `broken`, `closed`, `reset`, `timeout`.
  case awaitReply(AwaitedReply)
  /// Do the TLS handshake now. Answer: `done`, `failed`.
  case startTLS
  /// Authenticate, choosing the mechanism where none is named. Answer: `replied` with the last reply, or a failure.
  case authenticate(mechanism: String?)
  /// Send DATA, and after its 354 a message and the dot. Answer: `replied` with the last reply, or a failure.
  case sendMessage(file: String?)
  /// Let time pass. Answer: `done`.
  case wait(Duration)
  /// Close the connection. Answer: `done`.
  case close
  /// End the connection with a TCP reset. Answer: `done`.
  case reset
  /// Wait until the server closes. Answer: `closed`, `reset`, `timeout`, `replied`, `broken`.
  case expectClose
  /// All was as expected. The connection can be closed; no input follows.
  case finished
  /// Something was not as expected. QUIT can be sent; no input follows.
  case failed(PlayerFailure)
}

/// Lines that go out in one write.
package struct PlayerSend: Hashable, Sendable {
  /// In their order, variables not yet replaced.
  package var lines: [DialogueText]
  /// The number of the script's line that the first one comes from, from 1.
  package let number: Int
  /// The path of the included file in which that line stands; nil for the script itself.
  package var file: String?
  /// Whether each octet goes out in a write of its own.
  package var isBytewise = false
  /// Whether text of a message is among the lines; it is as it shall be on the wire, with its dots doubled.
  package var holdsMessage = false
}

/// What came of an action.
package enum PlayerInput: Hashable, Sendable {
  case done
  case replied(Reply)
  /// What came is no reply, and nothing after it can be understood.
  case broken(Deviation, lines: [WireLine])
  /// The server closed the connection.
  case closed
  /// The connection was reset.
  case reset
  case timeout
  /// It could not be done, for a reason in plain words.
  case failed(String)
}

/// The first thing that was not as the script has it.
package struct PlayerFailure: Error, Hashable, Sendable {
  /// The number of the script's line, from 1.
  package let number: Int
  /// The path of the included file in which that line stands; nil for the script itself.
  package let file: String?
  /// What the script expects: its lines as they stand there, made safe to show.
  package let expected: [String]
  /// The lines that came; none when something else happened.
  package let got: [WireLine]
  /// How exactly it was compared.
  package let level: MatchLevel
  /// What went wrong, in one plain sentence that is safe to show.
  package let sentence: String
}
