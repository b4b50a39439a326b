package import SMTPWire

/// Marks what answers AUTH in the lines that a client sends, whoever typed them (RFC 4954 §4).
///
/// Secret are the initial response, the line behind a 334, and what follows an AUTH whose last reply has not come, unless
/// it begins with a word that SMTP knows. A line that is sent in pieces is read as one.
package struct LoginMarker: Hashable, Sendable {
  /// The greatest number of octets of an unfinished line that are remembered.
  private static let maximumPartial = 65_536

  /// What was sent of a line that has no ending yet.
  private var partial: [UInt8] = []
  /// The mechanism of the last AUTH, in upper case; nil before one.
  private var mechanism: String?
  /// How many answers that AUTH has had.
  private var answers = 0
  /// Whether the last reply to it has not come.
  private var isOpen = false
  /// Whether the last reply was 334.
  private var isChallenged = false

  /// A marker at the beginning of a connection.
  package init() {}

  /// The line with its secrets marked; those that are marked already stay as they are.
  ///
  /// `isText` says that the line belongs to a message.
  package mutating func mark(_ line: OutgoingLine, isText: Bool = false) -> OutgoingLine {
    guard !isText else {
      partial = []
      return line
    }
    let sent = partial.count
    let whole = partial + line.octets
    let isWhole = line.ending != .none
    partial = isWhole ? [] : Array(whole.prefix(Self.maximumPartial))
    let command = Command(whole)
    if isOpen, isChallenged || command.verb == .other { return answer(line, whole, isWhole) }
    isOpen = false
    guard command.verb == .auth else { return line }
    let response = Self.initialResponse(of: command)
    let name = name(of: command)
    let trailing = whole.reversed().prefix { $0.isASCIIBlank }.count
    if isWhole { (mechanism, answers, isOpen, isChallenged) = (name, response == nil ? 0 : 1, true, false) }
    guard let response else { return line }
    return Self.marked(
      line, from: whole.count - trailing - response - sent, as: SASLMechanismTable.variable(name, answer: 1))
  }

  /// Takes note of a reply; `answersAuth` says whether it answers AUTH or a line behind a 334.
  package mutating func received(_ code: ReplyCode, answersAuth: Bool) {
    isChallenged = code == 334 && mechanism != nil
    if isChallenged {
      isOpen = true
    } else if answersAuth || code == 235 || code.isFailure {
      isOpen = false
    }
  }

  private mutating func answer(_ line: OutgoingLine, _ whole: [UInt8], _ isWhole: Bool) -> OutgoingLine {
    if isWhole { isChallenged = false }
    // A lone asterisk cancels.
    guard !whole.isEmpty, !(isWhole && whole == [UInt8(ascii: "*")]) else { return line }
    let name = SASLMechanismTable.variable(mechanism ?? "response", answer: answers + 1)
    if isWhole { answers += 1 }
    return Self.marked(line, from: 0, as: name)
  }

  /// The mechanism's name, of which only what a variable's name can hold is kept.
  private func name(of command: Command) -> String {
    let name = (command.words.first ?? []).prefix(20).map(\.asciiUppercased)
      .filter { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    return name.isEmpty ? "RESPONSE" : String(decoding: name, as: UTF8.self)
  }

  /// The number of octets of the initial response; nil where there is none.
  private static func initialResponse(of command: Command) -> Int? {
    guard command.words.count > 1, let start = command.words.dropFirst().first?.startIndex else { return nil }
    let response = command.argument[start...]
    return response.elementsEqual("=".utf8) ? nil : response.count
  }

  /// The line whose octets from an offset on are secret.
  private static func marked(_ line: OutgoingLine, from start: Int, as name: String) -> OutgoingLine {
    var offset = 0
    var parts: [OutgoingLine.Part] = []
    for part in line.parts {
      switch part {
      case .secret(let secret):
        offset += secret.count
        parts.append(part)
      case .octets(let octets):
        let open = min(max(start - offset, 0), octets.count)
        offset += octets.count
        if open > 0 { parts.append(.octets(Array(octets[..<open]))) }
        if open < octets.count { parts.append(.secret(Secret(name: name, octets: octets[open...]))) }
      }
    }
    return OutgoingLine(parts.isEmpty ? line.parts : parts, ending: line.ending)
  }
}
