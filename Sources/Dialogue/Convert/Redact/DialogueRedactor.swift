import SMTPWire

/// Replaces mailboxes, host names and IP addresses in a dialogue, so that it can be shown and played.
///
/// The same name always has the same stand-in: `user1@example.com`, `host1.example.net`, `192.0.2.1`, `2001:db8::1`.
/// Names and addresses that are reserved for examples stay. Other words stay too: subjects, people's names, a message's
/// text.
package struct DialogueRedactor {
  private var scanner: NameScanner
  private var tracker = SentLineTracker()
  private var lines: [DialogueLine] = []
  /// A BDAT whose octets are being counted anew: where it stands, and by how many octets its chunk changed.
  private var chunk: (index: Int, growth: Int)?
  /// Names of one label that clients gave.
  private var shortNames: [[UInt8]: [UInt8]] = [:]

  private init(_ scanner: NameScanner) { self.scanner = scanner }

  /// The dialogue with stand-ins.
  package static func redact(_ dialogue: Dialogue) -> Dialogue {
    var survey = DialogueRedactor(NameScanner(isSurvey: true))
    for line in dialogue.lines { survey.read(line) }
    var redactor = DialogueRedactor(NameScanner(isSurvey: false, standIns: survey.scanner.standIns))
    for line in dialogue.lines { redactor.read(line) }
    return Dialogue(lines: redactor.lines)
  }

  private mutating func read(_ line: DialogueLine) {
    let wasInMessage = tracker.isInMessage
    switch line.kind {
    case .client:
      let content = line.content
      let isCommand = !tracker.isInMessage
      tracker.send(content)
      spoken(line, isCommand ? client(content) : rewritten(content))
      count(line, isBDAT: isCommand && Command(content.octets).verb == .bdat, wasInMessage)
    case .server:
      spoken(line, server(line.content))
      follow(line)
    case .event: happened(line)
    case .note, .step, .pattern: replace(line, with: scanner.rewrite(Array(line.text)))
    case .blank, .unknown: lines.append(line)
    }
  }

  /// A chunk's size in BDAT must be that of the octets that stand in the dialogue now.
  private mutating func count(_ line: DialogueLine, isBDAT: Bool, _ wasInMessage: Bool) {
    if isBDAT {
      chunk = tracker.isInMessage ? (lines.count - 1, 0) : nil
    } else if wasInMessage, let (index, growth) = chunk, let new = lines.last {
      chunk = (index, growth + new.content.octets.count - line.content.octets.count)
    }
    guard !tracker.isInMessage, let (index, growth) = chunk, growth != 0 else { return }
    chunk = nil
    let command = Command(lines[index].content.octets)
    guard let size = command.words.first.flatMap({ ImportNumber.decimal($0) }) else { return }
    let rest = command.words.dropFirst().map { " " + $0.text }.joined()
    lines[index] = Self.line(lines[index], Array("\(command.word.text) \(size + growth)\(rest)".utf8)[...])
  }

  private mutating func follow(_ line: DialogueLine) {
    let octets = line.content.octets
    guard octets.dropFirst(3).first != UInt8(ascii: "-"), let code = ReplyCode(octets: octets.prefix(3)) else { return }
    _ = tracker.receive(Reply(code: code, lines: [WireLine(octets)]))
  }

  private mutating func spoken(_ line: DialogueLine, _ content: DialogueText) {
    if content == line.content { return lines.append(line) }
    let parts = content.segments.map { segment -> OutgoingLine.Part in
      switch segment {
      case .octets(let octets): .octets(octets)
      case .variable(let name): .secret(Secret(name: name, octets: []))
      }
    }
    // The writer escapes; its time and mark are left to the line's own.
    let written = DialogueWriter.line(TimedEvent(.zero, .sent(OutgoingLine(parts, ending: content.ending))))
    let text = written.dropLast().drop { $0 != 0x20 }.dropFirst().drop { $0 != 0x20 }.dropFirst()
    lines.append(Self.line(line, text))
  }

  private mutating func rewritten(_ content: DialogueText) -> DialogueText {
    var content = content
    content.segments = content.segments.enumerated().map { index, segment in
      guard case .octets(let octets) = segment else { return segment }
      // A hyphen behind a reply's code is no part of a name.
      let code = index == 0 && octets[...].isReplyLine ? octets.prefix(4) : []
      return .octets(code + scanner.rewrite(Array(octets.dropFirst(code.count))))
    }
    return content
  }

  /// A name of one label behind EHLO is a host's too.
  private mutating func client(_ content: DialogueText) -> DialogueText {
    let command = Command(content.octets)
    guard [.ehlo, .helo, .lhlo].contains(command.verb), content.variables.isEmpty, let name = command.words.first,
      name.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }),
      !name.equalsIgnoringCase("localhost"), !scanner.isSurvey
    else { return rewritten(content) }
    let standIn = scanner.standIns.name(name)
    if shortNames.count < 100 { shortNames[Array(name)] = standIn }
    return DialogueText([.octets(command.word + [0x20] + standIn)], ending: content.ending)
  }

  /// The server's words, with the short names that it repeats, and with what a challenge tells.
  private mutating func server(_ content: DialogueText) -> DialogueText {
    let octets = content.octets
    if octets.begins(with: "334 "), content.variables.isEmpty, let challenge = try? Base64.decode(octets.dropFirst(4)) {
      let new = scanner.rewrite(challenge)
      return new == challenge
        ? content : DialogueText([.octets(octets.prefix(4) + Base64.encode(new))], ending: content.ending)
    }
    guard !shortNames.isEmpty, content.variables.isEmpty else { return rewritten(content) }
    let words = octets.split(separator: 0x20, omittingEmptySubsequences: false).map { word in
      shortNames[Array(word)] ?? Array(word)
    }
    return rewritten(DialogueText([.octets(Array(words.joined(separator: [0x20])))], ending: content.ending))
  }

  private mutating func happened(_ line: DialogueLine) {
    guard let event = line.sessionEvent else { return lines.append(line) }
    if case .connected = event { tracker.connect() }
    let details = event.details
    var new = scanner.rewrite(details)
    if case .authenticated(let mechanism, let user) = event, !user.contains("@"), !user.isEmpty, !scanner.isSurvey {
      new = Array(mechanism.utf8) + [0x20] + scanner.standIns.user(Array(user.utf8)[...])
    }
    guard new != details else { return lines.append(line) }
    let written = DialogueWriter.line(TimedEvent(.zero, .event(SessionEvent(name: event.name, details: new))))
    lines.append(Self.line(line, written.dropLast().drop { $0 != 0x20 }.dropFirst(3)))
  }

  private mutating func replace(_ line: DialogueLine, with text: [UInt8]) {
    lines.append(text.elementsEqual(line.text) ? line : Self.line(line, text[...]))
  }

  /// A line with another text, and all else as it was.
  private static func line(_ line: DialogueLine, _ text: ArraySlice<UInt8>) -> DialogueLine {
    let head = line.source.prefix(line.textOffset)
    let end = line.source.dropFirst(line.textOffset + line.textCount)
    return DialogueLine(source: (head + text + end)[...])
  }
}
