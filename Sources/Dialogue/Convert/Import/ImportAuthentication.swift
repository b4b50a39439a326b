import SASL
import SMTPWire

/// Follows one AUTH exchange, so that what the client answers becomes variables (RFC 4954 §4).
struct ImportAuthentication: Hashable {
  /// The mechanism in upper case, without anything but its letters, digits, hyphens and underscores.
  let mechanism: String
  /// Whether the server awaits a response.
  var hasChallenge = false
  private var responses = 0
  private var user: String?

  /// Begins with the AUTH command.
  init(_ command: Command) {
    let name = (command.words.first ?? []).prefix(20).map(\.asciiUppercased).filter { DialogueVariable.allows($0) }
    mechanism = String(decoding: name, as: UTF8.self)
    guard let initial = Self.initialResponse(of: command) else { return }
    responses = 1
    user = Self.user(in: initial, mechanism, 1)
  }

  /// The mechanism and the user, where they can be told.
  var identity: SessionEvent? { user.map { .authenticated(mechanism: mechanism, user: $0) } }

  /// The client's line as the variable that stands for it; a cancellation and an empty line hold no secret.
  mutating func response(_ octets: [UInt8], _ ending: WireLine.Ending) -> OutgoingLine {
    hasChallenge = false
    guard !octets.isEmpty, octets != [UInt8(ascii: "*")] else { return OutgoingLine(octets, ending: ending) }
    responses += 1
    user = user ?? Self.user(in: octets[...], mechanism, responses)
    return OutgoingLine([Self.secret(mechanism, responses)], ending: ending)
  }

  /// An AUTH command with its initial response as a variable.
  static func marked(_ octets: [UInt8], _ command: Command, _ ending: WireLine.Ending) -> OutgoingLine {
    guard let response = initialResponse(of: command) else { return OutgoingLine(octets, ending: ending) }
    let trailing = octets.reversed().prefix { $0.isASCIIBlank }.count
    let head = Array(octets.dropLast(trailing + response.count))
    return OutgoingLine([.octets(head), secret(ImportAuthentication(command).mechanism, 1)], ending: ending)
  }

  /// A line in which some word is a response of PLAIN, as after a misspelt AUTH, without it.
  static func withoutStrayResponse(_ octets: [UInt8], _ ending: WireLine.Ending) -> OutgoingLine {
    let words = octets.split(separator: 0x20)
    guard let word = words.first(where: isPlainResponse) else { return OutgoingLine(octets, ending: ending) }
    let parts: [OutgoingLine.Part] = [.octets(Array(octets[..<word.startIndex])), secret("PLAIN", 1)]
    return OutgoingLine(parts, ending: ending)
  }

  private static func isPlainResponse(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count >= 8, let octets = try? Base64.decode(word) else { return false }
    return octets.count { $0 == 0 } == 2
  }

  private static func initialResponse(of command: Command) -> ArraySlice<UInt8>? {
    guard command.words.count > 1, let start = command.words.dropFirst().first?.startIndex else { return nil }
    let response = command.argument[start...]
    return response.elementsEqual("=".utf8) ? nil : response
  }

  private static func secret(_ mechanism: String, _ response: Int) -> OutgoingLine.Part {
    let name = mechanism.isEmpty ? "auth.response" : SASLMechanismTable.variable(mechanism, answer: response)
    // The octets are not kept: nothing that is made of the source can show them.
    return .secret(Secret(name: name, octets: []))
  }

  private static func user(in response: ArraySlice<UInt8>, _ mechanism: String, _ number: Int) -> String? {
    guard number == 1, let octets = try? Base64.decode(response) else { return nil }
    guard let name = SASLMechanismTable.entry(mechanism)?.user(octets) else { return nil }
    guard !name.isEmpty, name.count <= 320, name.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
    return String(validating: name, as: UTF8.self)
  }
}
