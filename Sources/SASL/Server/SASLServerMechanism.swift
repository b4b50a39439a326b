import SMTPWire

/// The server's side of one SASL mechanism (RFC 4422).
package protocol SASLServerMechanism: Sendable {
  /// Whether messages are taken as they come, in base64.
  var takesBase64: Bool { get }
  /// Begins, with the decoded initial response where there was one.
  mutating func start(initial: [UInt8]?) -> SASLServerStep
  /// Takes a decoded response to the last challenge in.
  mutating func respond(_ response: [UInt8]) -> SASLServerStep
  /// Takes in what is stored of the user last asked for.
  mutating func found(_ answer: SASLLookupAnswer) -> SASLServerStep
}

extension SASLServerMechanism {
  /// Messages are decoded first.
  package var takesBase64: Bool { false }
  /// The octets of a line of the client's, as the mechanism takes them; or why the line is no base64.
  package func octets(of text: [UInt8]) -> Result<[UInt8], SASLFailure> {
    if takesBase64 { return .success(text) }
    // RFC 4954 §4: the empty initial response. Cyrus takes it for base64 that is too short, but knows no EXTERNAL.
    if text == [UInt8(ascii: "=")], self is SASLServerExternal { return .success([]) }
    return SASLServerBase64.decode(text).mapError(\.failure)
  }
  /// A mechanism that asks nothing has no use for an answer.
  package mutating func found(_ answer: SASLLookupAnswer) -> SASLServerStep { .failed(.protocolError()) }
}
