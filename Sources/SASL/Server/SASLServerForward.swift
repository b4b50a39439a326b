package import SMTPWire

/// A message of the client's for a back end that speaks the mechanism in our place, in base64 as it came.
package enum SASLForward: Hashable, Sendable {
  /// AUTH, with the initial response where there was one.
  case begin(mechanism: String, initial: Secret?)
  /// The answer to the back end's last challenge.
  case response(Secret)
}

/// A mechanism that a back end speaks, such as Dovecot: every message is handed on, and the answer is its next step.
struct SASLServerForward: SASLServerMechanism {
  let name: String

  let takesBase64 = true

  mutating func start(initial: [UInt8]?) -> SASLServerStep {
    .forward(.begin(mechanism: name, initial: initial.map(secret)))
  }

  mutating func respond(_ response: [UInt8]) -> SASLServerStep { .forward(.response(secret(response))) }

  private func secret(_ text: [UInt8]) -> Secret { Secret(name: "response", octets: text) }
}
