import SMTPWire

/// Writes the parley command that does what a session did: `send` where that can say it, else `run` with the dialogue.
enum ParleyCommandEncoder {
  static func encode(_ outline: SessionOutline, _ dialogue: Dialogue) -> DialogueExport {
    canSend(outline) ? send(outline) : run(outline, dialogue)
  }

  private static func canSend(_ outline: SessionOutline) -> Bool {
    let paths = [outline.sender].compactMap { $0 } + outline.recipients
    let hasMessage =
      outline.stage < .data || (outline.message.map { $0.isWhole && MessageText.lines($0.octets) != nil } ?? false)
    return outline.unspoken.isEmpty && outline.greeting?.verb != .helo && outline.saysQuit && hasMessage
      && paths.allSatisfy { $0.parameters.isEmpty && !$0.address.contains(UInt8(ascii: ",")) }
  }

  private static func send(_ outline: SessionOutline) -> DialogueExport {
    var command = ShellCommand("parley send")
    command.add("--server", server(outline))
    if let greeting = outline.greeting { command.add("--ehlo", greeting.name) }
    if outline.isLMTP { command.add("--lmtp") }
    switch outline.tls {
    case .none: break
    case .startTLS: command.add("--tls")
    case .onConnect: command.add("--tls-on-connect")
    }
    if outline.tls != .none, !outline.isVerified { command.add("--insecure") }
    if let mechanism = outline.mechanism {
      command.add("--auth", mechanism.isEmpty ? nil : mechanism)
      if let user = outline.user { command.add("--auth-user", user) }
      if outline.tls == .none { command.add("--allow-plaintext-auth") }
      command.note("the password is asked for: no dialogue holds one")
    }
    if let sender = outline.sender { command.add("--from", sender.address.isEmpty ? Array("<>".utf8) : sender.address) }
    for recipient in outline.recipients { command.add("--to", recipient.address) }
    if let stop = stop(outline) { command.add("--quit-after", stop) }
    if let message = outline.message, let text = MessageText.lines(message.octets) {
      command.add("--data", "-")
      command.read(.lines(text))
    }
    return command.export
  }

  private static func stop(_ outline: SessionOutline) -> String? {
    switch outline.stage {
    case .greeting: "banner"
    case .ehlo: "ehlo"
    case .tls: "tls"
    case .auth: "auth"
    case .mail: "mail"
    case .rcpt: "rcpt"
    case .data: nil
    }
  }

  private static func run(_ outline: SessionOutline, _ dialogue: Dialogue) -> DialogueExport {
    var command = ShellCommand("parley run")
    if outline.tls != .none, !outline.isVerified { command.add("--insecure") }
    if let user = outline.user {
      command.add("--auth-user", user)
      command.note("the password is asked for: no dialogue holds one")
    }
    let scheme = outline.isLMTP ? "lmtp://" : outline.tls == .onConnect ? "smtps://" : "smtp://"
    command.add("-", scheme + server(outline))
    let source = dialogue.source
    let text = source.last == 0x0A ? source : source + [0x0A]
    // A dialogue file escapes what is unseen, unless somebody else wrote it.
    command.read(ShellText.isPrintable(text) ? .lines(text) : .octets(text))
    return command.export
  }

  private static func server(_ outline: SessionOutline) -> String {
    let host = outline.host.contains(":") ? "[\(outline.host)]" : outline.host
    return host + (outline.port.map { ":\($0)" } ?? "")
  }
}
