import SMTPWire

/// LOGIN: name and password, each at the server's prompt (draft-murchison-sasl-login).
package struct LoginMechanism: SASLClientMechanism {
  /// The name behind AUTH.
  package let name = "LOGIN"
  /// The password is in the answers.
  package let showsSecret = true
  /// Whether both answers were given.
  package var isComplete: Bool { answers.isEmpty }
  private var answers: [[UInt8]]
  private let sendsUser: Bool

  /// Makes the mechanism for somebody's credentials; the name may go with AUTH itself, which not every server takes.
  package init(_ credentials: Credentials, sendsUser: Bool = false) {
    // The prompts' texts differ from server to server; their order does not.
    answers = [credentials.password.octets, Array(credentials.user.utf8)]
    self.sendsUser = sendsUser
  }

  /// What goes with AUTH itself.
  package mutating func initialResponse() -> [UInt8]? { sendsUser ? answers.popLast() : nil }

  /// The next answer; nil when there is none left.
  package mutating func respond(to challenge: [UInt8]) -> [UInt8]? { answers.popLast() }
}
