import SASL
package import SMTPWire

extension ClientSession {
  /// Marks what is secret in a line that the user typed, before anything else sees the line.
  ///
  /// The initial response of AUTH and every answer to a 334 are secret, but for the lone `*` that cancels (RFC 4954 §4).
  package func marked(_ octets: [UInt8], ending: WireLine.Ending = .crlf) -> OutgoingLine {
    if isInMessage || chunkRemaining > 0 { return OutgoingLine(octets, ending: ending) }
    if awaitsResponse {
      guard octets != [UInt8(ascii: "*")], !octets.isEmpty else { return OutgoingLine(octets, ending: ending) }
      return OutgoingLine([.secret(Secret(name: responseName, octets: octets))], ending: ending)
    }
    return Self.markedCommand(octets, ending: ending)
  }

  /// Marks the initial response in a line that may be an AUTH command.
  package static func markedCommand(_ octets: [UInt8], ending: WireLine.Ending = .crlf) -> OutgoingLine {
    let command = Command(octets)
    guard command.verb == .auth, command.words.count > 1, let start = command.words.dropFirst().first?.startIndex,
      command.argument[start...] != [UInt8(ascii: "=")]
    else { return OutgoingLine(octets, ending: ending) }
    let response = Array(command.argument[start...])
    let mechanism = String(decoding: command.words[0].map(\.asciiUppercased), as: UTF8.self)
    let name = SASLMechanismTable.variable(mechanism, answer: 1)
    let head = Array(octets.dropLast(trailingCount(octets) + response.count))
    return OutgoingLine([.octets(head), .secret(Secret(name: name, octets: response))], ending: ending)
  }

  private var responseName: String {
    SASLMechanismTable.variable(mechanism ?? "response", answer: responses + 1)
  }

  private static func trailingCount(_ octets: [UInt8]) -> Int {
    octets.reversed().prefix { $0.isASCIIBlank }.count
  }
}
