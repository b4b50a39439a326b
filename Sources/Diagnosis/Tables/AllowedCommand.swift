package import SMTPSession
package import SMTPWire

/// One thing that could be sent now, and whether it should be.
package struct AllowedCommand: Hashable, Sendable {
  /// What it looks like, such as `RCPT TO:<…>`.
  package let form: String
  /// The verbs it stands for; empty for what is no command, such as the message's text.
  package let verbs: [Command.Verb]
  /// Whether the protocol allows it now.
  package let isAllowed: Bool
  /// What it does, or why it is not allowed.
  package let reason: String

  init(_ form: String, _ verbs: [Command.Verb], _ isAllowed: Bool, _ reason: String) {
    self.form = form
    self.verbs = verbs
    self.isAllowed = isAllowed
    self.reason = reason
  }
}

/// Says which commands the protocol allows at this point of a session (RFC 5321 §4.1.4).
package enum AllowedCommands {
  /// What may be sent now, and what not, each with its reason. Nothing forbids sending the others all the same.
  package static func now(_ session: ClientSession) -> [AllowedCommand] {
    if session.isInMessage { return inMessage(session) }
    if session.chunkRemaining > 0 { return inChunk(session) }
    if session.awaitsResponse { return inLogin(session) }
    if session.awaiting == .greeting {
      return [AllowedCommand("any command", Command.Verb.allCases, false, "the greeting comes first (RFC 5321 §4.3.1)")]
    }
    return [recipient(session), mail(session), data(session), chunk(session), login(session), encryption(session)]
      .sorted {
        $0.isAllowed && !$1.isAllowed
      } + always(session)
  }

  private static func inMessage(_ session: ClientSession) -> [AllowedCommand] {
    [
      AllowedCommand("text of the message", [], true, "a line that begins with a dot gets another one before it"),
      AllowedCommand(".", [], true, "ends the message: the server then answers for it"),
      AllowedCommand("any command", Command.Verb.allCases, false, "it would become part of the message"),
    ]
  }

  private static func inChunk(_ session: ClientSession) -> [AllowedCommand] {
    [
      AllowedCommand(
        "\(session.chunkRemaining) octets of the chunk", [], true, "they are counted, not searched for a dot"),
      AllowedCommand("any command", Command.Verb.allCases, false, "it would become part of the chunk"),
    ]
  }

  private static func inLogin(_ session: ClientSession) -> [AllowedCommand] {
    let mechanism = session.mechanism.map { OctetText.readable(Array($0.utf8)) } ?? "the mechanism"
    return [
      AllowedCommand("base64", [], true, "the next answer of \(mechanism); an empty line is an empty answer"),
      AllowedCommand("*", [], true, "gives the login up; the server says 501"),
      AllowedCommand("any command", Command.Verb.allCases, false, "it would be taken for the answer to the 334"),
    ]
  }

  private static func mail(_ session: ClientSession) -> AllowedCommand {
    let form = "MAIL FROM:<…>"
    if session.reversePath != nil {
      return AllowedCommand(form, [.mail], false, "a message is open; RSET drops it (503)")
    }
    if !session.isGreeted { return AllowedCommand(form, [.mail], false, "EHLO comes first (503)") }
    if !session.isSecured, session.capabilities?.offers("STARTTLS") == true {
      return AllowedCommand(form, [.mail], true, "begins a message, in clear: STARTTLS is offered")
    }
    return AllowedCommand(form, [.mail], true, "begins a message")
  }

  private static func recipient(_ session: ClientSession) -> AllowedCommand {
    guard session.reversePath != nil else { return AllowedCommand("RCPT TO:<…>", [.rcpt], false, "needs MAIL (503)") }
    let count = session.acceptedRecipients
    return AllowedCommand(
      "RCPT TO:<…>", [.rcpt], true, count == 0 ? "the first recipient" : "another recipient, after \(count)")
  }

  private static func data(_ session: ClientSession) -> AllowedCommand {
    if session.reversePath == nil { return AllowedCommand("DATA", [.data], false, "needs MAIL and RCPT (503)") }
    guard session.acceptedRecipients > 0 else {
      return AllowedCommand("DATA", [.data], false, "needs at least one accepted RCPT (503 or 554)")
    }
    return AllowedCommand("DATA", [.data], true, "the message, ended by a lone dot")
  }

  private static func chunk(_ session: ClientSession) -> AllowedCommand {
    let form = "BDAT n [LAST]"
    guard session.capabilities?.offers("CHUNKING") == true else {
      return AllowedCommand(form, [.bdat], false, "CHUNKING is not offered (RFC 3030)")
    }
    let ready = session.acceptedRecipients > 0
    return AllowedCommand(
      form, [.bdat], ready, ready ? "the message in counted chunks" : "needs at least one accepted RCPT (503 or 554)")
  }

  private static func login(_ session: ClientSession) -> AllowedCommand {
    let offered = session.capabilities?.mechanisms ?? []
    let form = "AUTH mechanism"
    if session.isAuthenticated { return AllowedCommand(form, [.auth], false, "logged in already (503)") }
    if session.reversePath != nil {
      return AllowedCommand(form, [.auth], false, "not within a message; RSET drops it (503)")
    }
    if session.capabilities == nil {
      return AllowedCommand(form, [.auth], false, "EHLO comes first: it says which mechanisms there are")
    }
    if offered.isEmpty { return AllowedCommand(form, [.auth], false, "not offered here (503)") }
    let names = offered.prefix(6).joined(separator: " ")
    return AllowedCommand(
      form, [.auth], true,
      session.isSecured ? "offered: \(names)" : "offered: \(names); in clear anybody could read a password")
  }

  private static func encryption(_ session: ClientSession) -> AllowedCommand {
    if session.isSecured { return AllowedCommand("STARTTLS", [.starttls], false, "TLS is on already (503 or 554)") }
    if session.capabilities == nil {
      return AllowedCommand("STARTTLS", [.starttls], false, "EHLO comes first: it says whether it is offered")
    }
    guard session.capabilities?.offers("STARTTLS") == true else {
      return AllowedCommand("STARTTLS", [.starttls], false, "not offered (502)")
    }
    let isOpen = session.reversePath != nil
    return AllowedCommand(
      "STARTTLS", [.starttls], true, isOpen ? "TLS; drops the open message" : "TLS; EHLO again after it")
  }

  private static func always(_ session: ClientSession) -> [AllowedCommand] {
    let isOpen = session.reversePath != nil
    return [
      AllowedCommand(
        "EHLO name", [.ehlo, .helo], true,
        isOpen
          ? "drops the open message, as RSET does"
          : session.isGreeted ? "asks again what is offered" : "says who you are, asks what is offered"),
      AllowedCommand("RSET", [.rset], true, isOpen ? "drops the open message" : "nothing to drop"),
      AllowedCommand("NOOP VRFY HELP", [.noop, .vrfy, .help], true, "any time"),
      AllowedCommand("QUIT", [.quit], true, "ends the session"),
    ]
  }
}
