/// Why an authentication failed, with the words of Cyrus SASL.
package struct SASLFailure: Error, Hashable, Sendable {
  /// The reason in the reply.
  package var reason: String
  /// Whether it may go better later: the reply is 454 then, else 535.
  package var isTemporary = false
  /// What the library itself logs.
  package var detail: String?
  /// The name for the log, where one came.
  package var user: String?

  /// Makes a failure.
  package init(_ reason: String, detail: String? = nil, user: String? = nil, isTemporary: Bool = false) {
    self.reason = reason
    self.detail = detail
    self.user = user
    self.isTemporary = isTemporary
  }

  /// Wrong name or password, or another authorization.
  package static func wrong(user: String, detail: String? = nil) -> Self {
    SASLFailure("authentication failure", detail: detail, user: user)
  }

  static func protocolError(_ detail: String? = nil) -> Self { SASLFailure("bad protocol / cancel", detail: detail) }
  static let incomplete = SASLFailure("another step is needed in authentication")
  static let emptyUser = SASLFailure("generic failure", detail: "All-whitespace username.", isTemporary: true)
  /// The mechanism is not known, or not offered.
  package static func noMechanism(_ name: String) -> Self {
    SASLFailure("no mechanism available", detail: "Couldn't find mech \(name)")
  }
  /// The mechanism shows the password, and the connection is not encrypted.
  package static let forbidden = SASLFailure(
    "encryption needed to use mechanism", detail: "security flags do not match required")
  /// The mechanism is not offered, in the words of Postfix with Dovecot.
  package static let invalidMechanism = SASLFailure("Invalid authentication mechanism")
}
