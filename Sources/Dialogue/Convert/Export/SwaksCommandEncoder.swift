import SMTPWire

/// Writes the swaks command that does what a session did.
enum SwaksCommandEncoder {
  static func encode(_ outline: SessionOutline) -> DialogueExport {
    var command = ShellCommand("swaks")
    command.noteWhatIsLeftOut(outline, by: "swaks")
    command.add("--server", outline.host)
    if let port = outline.port { command.add("--port", String(port)) }
    if let greeting = outline.greeting {
      if greeting.verb == .helo { command.add("--protocol", "SMTP") }
      if greeting.name.isEmpty || greeting.name.first == UInt8(ascii: "-") {
        command.note("the name of \(greeting.verb.rawValue) is left out: swaks would take it for an option")
      } else {
        command.add("--ehlo", greeting.name)
      }
    }
    if outline.isLMTP { command.add("--protocol", "LMTP") }
    switch outline.tls {
    case .none: break
    case .startTLS: command.add("--tls")
    case .onConnect: command.add("--tls-on-connect")
    }
    if let mechanism = outline.mechanism {
      command.add("--auth", mechanism.isEmpty ? nil : mechanism)
      if let user = outline.user { command.add("--auth-user", user) }
      command.note("the password is asked for: no dialogue holds one")
    }
    addEnvelope(outline, to: &command)
    addMessage(outline, to: &command)
    return command.export
  }

  private static func addEnvelope(_ outline: SessionOutline, to command: inout ShellCommand) {
    if let sender = outline.sender {
      command.add("--from", sender.address.isEmpty ? Array("<>".utf8) : sender.address)
      if !sender.parameters.isEmpty { command.note("the parameters of MAIL are left out: swaks has none") }
    }
    if !outline.recipients.isEmpty {
      command.add("--to", outline.recipients.map(\.address).joined(separator: Array(",".utf8)).map { $0 })
      if outline.recipients.contains(where: { !$0.parameters.isEmpty }) {
        command.note("the parameters of RCPT are left out: swaks has none")
      }
      if outline.recipients.contains(where: { $0.address.contains(UInt8(ascii: ",")) }) {
        command.note("an address holds a comma, at which swaks divides the recipients")
      }
    }
    if outline.isPipelined { command.add("--pipeline") }
    if let stop = stop(outline) { command.add(outline.saysQuit ? "--quit-after" : "--drop-after", stop) }
  }

  /// The step behind which a session stopped that sent no message.
  private static func stop(_ outline: SessionOutline) -> String? {
    // swaks itself stops where the server refuses the sender, all recipients or DATA.
    if outline.sender?.isRefused == true { return nil }
    if !outline.recipients.isEmpty, outline.recipients.allSatisfy(\.isRefused) { return nil }
    switch outline.stage {
    case .greeting: return "CONNECT"
    case .ehlo: return outline.tls == .onConnect ? "EHLO" : "FIRST-EHLO"
    case .tls: return outline.tls == .startTLS ? "EHLO" : "FIRST-EHLO"
    case .auth: return "AUTH"
    case .mail: return "MAIL"
    case .rcpt: return outline.exchanges.contains { $0.parsed.verb == .data } ? nil : "RCPT"
    case .data: return nil
    }
  }

  private static func addMessage(_ outline: SessionOutline, to command: inout ShellCommand) {
    guard let message = outline.message else { return }
    guard message.isWhole else {
      return command.note("the message is not in the dialogue: swaks sends a test message of its own")
    }
    if let text = MessageText.lines(message.octets), isSafe(text) {
      command.add("--data", text.dropLast())
    } else {
      // Without its repairs swaks wants the message as it is on the wire.
      var stuffing = DotStuffEncoder()
      command.add("--no-data-fixup")
      command.add("--data", "-")
      command.read(.octets(stuffing.encode(message.octets) + stuffing.finish()))
      if MessageText.hasBareEnding(message.octets) { command.note("bare LF and CR in the message became CRLF") }
    }
  }

  /// Whether swaks sends a text as it is: it replaces `\n` and words such as `%DATE%`, takes `-` and `@` for files, and
  /// wants a header and a body.
  private static func isSafe(_ text: [UInt8]) -> Bool {
    !text.holds("\\n") && !text.contains(UInt8(ascii: "%")) && text.holds("\n\n") && text.count < 60_000
      && text.first != UInt8(ascii: "@") && text.first != UInt8(ascii: "-") && text.first != 0x0A
  }
}

/// A message as lines of a shell script.
enum MessageText {
  /// The message with LF for CRLF; nil when a line ends otherwise, the last has no end, or octets are unseen.
  static func lines(_ octets: [UInt8]) -> [UInt8]? {
    guard octets.last == 0x0A, !hasBareEnding(octets) else { return nil }
    let text = octets.filter { $0 != 0x0D }
    return ShellText.isPrintable(text) ? text : nil
  }

  /// Whether an LF has no CR before it, or a CR no LF behind it.
  static func hasBareEnding(_ octets: [UInt8]) -> Bool {
    var previous: UInt8 = 0
    for octet in octets + [0] {
      if (octet == 0x0A) != (previous == 0x0D) { return true }
      previous = octet
    }
    return false
  }
}

extension ShellCommand {
  /// Says what a command for one message cannot.
  mutating func noteWhatIsLeftOut(_ outline: SessionOutline, by program: String) {
    for words in outline.unspoken { note("left out, since \(program) cannot say it: \(words)") }
  }
}
