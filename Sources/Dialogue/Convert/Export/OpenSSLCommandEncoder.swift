import SMTPWire

/// Writes the `openssl s_client` command into which a session's lines are piped.
struct OpenSSLCommandEncoder {
  private var lines: [String] = []
  private var notes: [String] = []
  /// Lines of a message that are not written yet.
  private var body: [UInt8] = []

  static func encode(_ outline: SessionOutline) -> DialogueExport {
    var encoder = OpenSSLCommandEncoder()
    encoder.notes.append("each line is sent after a pause of a second; what the server says decides nothing")
    if outline.tls == .none {
      encoder.notes.append(
        "the session had no TLS, without which openssl cannot speak: this command begins with STARTTLS")
    }
    encoder.speak(outline)
    return encoder.export(outline)
  }

  private mutating func speak(_ outline: SessionOutline) {
    var messages = outline.messages[...]
    for (index, exchange) in outline.exchanges.enumerated() {
      // What comes before TLS openssl says itself.
      guard let line = exchange.command, exchange.isSecure || outline.tls != .startTLS else { continue }
      let command = exchange.parsed
      let isResponse = index > 0 && outline.exchanges[index - 1].reply?.code == 334
      if command.verb == .starttls || (command.word == [UInt8(ascii: ".")] && !isResponse) { continue }
      say(line, pause: !exchange.isPipelined)
      if command.verb == .data, exchange.reply?.code.isFailure != true, let message = messages.popFirst() {
        send(message)
      }
      if command.verb == .bdat { note("BDAT cannot be said: its chunk is left out") }
    }
    if !outline.saysQuit { note("the session did not end with QUIT: end openssl with Control-C") }
  }

  private mutating func note(_ sentence: String) {
    if !notes.contains(sentence) { notes.append(sentence) }
  }

  private mutating func say(_ line: OutgoingLine, pause: Bool) {
    if pause { lines.append("sleep 1") }
    if line.ending != .crlf { note("a line that does not end in CRLF ends in it here") }
    var secret: String?
    var before: [UInt8] = []
    for part in line.parts {
      switch part {
      case .octets(let octets): before += octets
      case .secret(let part): secret = part.name
      }
    }
    guard let secret else { return lines.append("printf '%s\\n' \(ShellText.word(before))") }
    lines.append("printf '%s\\n' \(before.isEmpty ? "" : ShellText.word(before))\(value(of: secret))")
  }

  /// What stands for a secret: base64 of the user's variables, where the mechanism is that simple.
  private mutating func value(of secret: String) -> String {
    note("set SMTP_USER and SMTP_PASSWORD in the environment first: no dialogue holds a password")
    switch secret {
    case "auth.plain": return #""$(printf '\0%s\0%s' "$SMTP_USER" "$SMTP_PASSWORD" | base64 | tr -d '\n')""#
    case "auth.login.username": return #""$(printf '%s' "$SMTP_USER" | base64 | tr -d '\n')""#
    case "auth.login.password": return #""$(printf '%s' "$SMTP_PASSWORD" | base64 | tr -d '\n')""#
    case "user": return "\"$SMTP_USER\""
    case "password": return "\"$SMTP_PASSWORD\""
    default:
      note("a response that depends on the server's challenge is left out: `*` ends the login")
      return "'*'"
    }
  }

  private mutating func send(_ message: SpokenMessage) {
    lines.append("sleep 1")
    guard message.isWhole else {
      note("the message is not in the dialogue: a short one stands in its place")
      return lines.append("printf '%s\\n' 'Subject: test' '' test .")
    }
    var stuffing = DotStuffEncoder()
    let wire = stuffing.encode(message.octets) + stuffing.finish()
    if MessageText.hasBareEnding(message.octets) { note("bare LF and CR in the message became CRLF") }
    if let text = MessageText.lines(wire) {
      lines.append("cat \(ShellText.document(text))".droppingLastLineEnd)
    } else {
      // s_client makes CRLF of LF, and would make two CRs of one.
      lines.append(ShellText.pipe(wire.filter { $0 != 0x0D }, into: "cat").droppingLastLineEnd)
    }
  }

  private func export(_ outline: SessionOutline) -> DialogueExport {
    let host = outline.host.contains(":") ? "[\(outline.host)]" : outline.host
    let port = outline.port ?? (outline.tls == .onConnect ? 465 : 25)
    var command = "openssl s_client -connect \(ShellText.word("\(host):\(port)"))"
    if outline.tls != .onConnect { command += outline.isLMTP ? " -starttls lmtp" : " -starttls smtp" }
    let script =
      notes.map(ShellText.comment).joined() + "{\n" + lines.map { $0 + "\n" }.joined()
      + "sleep 1\n} | \(command) -crlf -quiet\n"
    return DialogueExport(Array(script.utf8), notes: notes)
  }
}

extension String {
  /// Without the LF at the end.
  fileprivate var droppingLastLineEnd: String { hasSuffix("\n") ? String(dropLast()) : self }
}
