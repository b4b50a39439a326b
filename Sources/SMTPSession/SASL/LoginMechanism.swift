import SMTPWire

/// LOGIN: name and password, each at the server's prompt (draft-murchison-sasl-login).
package struct LoginMechanism: SASLClientMechanism {
  package let name = "LOGIN"
  package let showsSecret = true
  package var isComplete: Bool { answers.isEmpty }
  private var answers: [[UInt8]]
  private let sendsUser: Bool

  /// Makes the mechanism for somebody's credentials; the name may go with AUTH itself, which not every server takes.
  package init(_ credentials: Credentials, sendsUser: Bool = false) {
    // The prompts' texts differ from server to server; their order does not.
    answers = [credentials.password.octets, Array(credentials.user.utf8)]
    self.sendsUser = sendsUser
  }

  package mutating func initialResponse() -> [UInt8]? { sendsUser ? answers.popLast() : nil }

  package mutating func respond(to challenge: [UInt8]) -> [UInt8]? { answers.popLast() }
}
