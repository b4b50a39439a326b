import SMTPWire

/// Writes the curl command that does what a session did.
enum CurlCommandEncoder {
  static func encode(_ outline: SessionOutline) -> DialogueExport {
    var command = ShellCommand("curl --verbose")
    command.noteWhatIsLeftOut(outline, by: "curl")
    command.add("--url", url(outline))
    if outline.tls == .startTLS { command.add("--ssl-reqd") }
    if outline.tls != .none, !outline.isVerified { command.add("--insecure") }
    if outline.greeting?.verb == .helo { command.note("curl says EHLO where the session said HELO") }
    if outline.isLMTP { command.note("curl does not speak LMTP") }
    addLogin(outline, to: &command)
    if canSend(outline) { addMessage(outline, to: &command) } else { stop(outline, &command) }
    return command.export
  }

  /// Whether curl would not go further than the session did: it always goes on to the message, unless it is refused.
  private static func canSend(_ outline: SessionOutline) -> Bool {
    if outline.stage == .data { return true }
    guard let sender = outline.sender else { return false }
    if sender.isRefused { return true }
    return outline.stage >= .rcpt && outline.recipients.contains(where: \.isRefused)
  }

  private static func stop(_ outline: SessionOutline, _ command: inout ShellCommand) {
    command.add("--request", "NOOP")
    let isCut = outline.sender != nil
    command.note(
      isCut
        ? "curl cannot stop between MAIL and the message: this command stops before MAIL, with NOOP"
        : "curl says NOOP, since it does not stop without a command")
  }

  private static func addLogin(_ outline: SessionOutline, to command: inout ShellCommand) {
    guard let mechanism = outline.mechanism else { return }
    if let user = outline.user {
      command.add("--user", user)
      command.note("the password is asked for: no dialogue holds one")
    } else {
      command.note("the login is left out, since the dialogue does not say whose it is: add --user NAME")
    }
    if !mechanism.isEmpty { command.add("--login-options", "AUTH=\(mechanism)") }
    if outline.hasInitialResponse { command.add("--sasl-ir") }
  }

  private static func addMessage(_ outline: SessionOutline, to command: inout ShellCommand) {
    command.add("--mail-from", outline.sender?.address ?? [])
    if outline.sender?.parameters.isEmpty == false { command.note("curl chooses the parameters of MAIL itself") }
    for recipient in outline.recipients { command.add("--mail-rcpt", recipient.address) }
    if outline.stage == .data, outline.recipients.contains(where: \.isRefused) {
      command.add("--mail-rcpt-allowfails")
    }
    guard outline.stage == .data else { return command.add("--upload-file", "/dev/null") }
    guard let message = outline.message, message.isWhole else {
      command.note("the message is not in the dialogue: a short one stands in its place")
      command.add("--crlf --upload-file", "-")
      return command.read(.lines(Array("Subject: test\n\ntest\n".utf8)))
    }
    if let text = MessageText.lines(message.octets) {
      command.add("--crlf --upload-file", "-")
      command.read(.lines(text))
    } else {
      command.add("--upload-file", "-")
      command.read(.octets(message.octets))
    }
  }

  /// The server, and behind the slash the name that curl gives with EHLO.
  private static func url(_ outline: SessionOutline) -> String {
    let host = outline.host.contains(":") ? "[\(outline.host)]" : outline.host
    let port = outline.port.map { ":\($0)" } ?? ""
    let name = (outline.greeting?.name ?? []).filter {
      $0.isASCIILetter || $0.isASCIIDigit || "-._[]:".utf8.contains($0)
    }
    return (outline.tls == .onConnect ? "smtps://" : "smtp://") + host + port + (name.isEmpty ? "" : "/\(name.text)")
  }
}
