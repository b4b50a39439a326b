package import SMTPWire

/// How a command is written: what the row below the input shows.
package struct CommandGrammar: Hashable, Sendable {
  /// The verb that the grammar is of.
  package let verb: Command.Verb
  /// Where there is little room.
  package let short: String
  /// Where there is room.
  package let long: String
  /// Parameters and the extension that each needs, in the order of the grammar.
  package let parameters: [Parameter]

  /// An ESMTP parameter (RFC 5321 §4.1.2).
  package struct Parameter: Hashable, Sendable {
    /// The keyword, with `=` where a value follows.
    package let name: String
    /// The keyword of EHLO that announces it.
    package let needs: String
    /// Values worth proposing.
    package let values: [String]
  }

  /// The grammar of a verb; nil for a verb without one.
  package static func of(_ verb: Command.Verb) -> CommandGrammar? { all.first { $0.verb == verb } }

  /// All grammars.
  package static let all: [CommandGrammar] = [
    plain(.ehlo, "EHLO domain", "EHLO SP ( Domain / address-literal )"),
    plain(.helo, "HELO domain", "HELO SP Domain"),
    plain(.lhlo, "LHLO domain", "LHLO SP Domain   (LMTP, RFC 2033)"),
    CommandGrammar(
      verb: .mail, short: "MAIL FROM:<path> [SIZE=n] [BODY=7BIT|8BITMIME] [RET=] [ENVID=]",
      long: "MAIL FROM:<reverse-path> [SIZE=n] [BODY=7BIT|8BITMIME] [RET=FULL|HDRS] [ENVID=xtext] [SMTPUTF8]",
      parameters: mailParameters),
    CommandGrammar(
      verb: .rcpt, short: "RCPT TO:<path> [NOTIFY=NEVER|SUCCESS,FAILURE,DELAY] [ORCPT=type;xtext]",
      long: "RCPT TO:<forward-path> [NOTIFY=NEVER|SUCCESS,FAILURE,DELAY] [ORCPT=rfc822;xtext]",
      parameters: rcptParameters),
    plain(.data, "DATA", "DATA   then the message, then a lone dot"),
    plain(.bdat, "BDAT octets [LAST]", "BDAT SP chunk-size [ SP LAST ]   (RFC 3030)"),
    plain(.rset, "RSET", "RSET   drops the transaction"),
    plain(.noop, "NOOP", "NOOP [ SP String ]"),
    plain(.quit, "QUIT", "QUIT   the server answers 221 and closes"),
    plain(.vrfy, "VRFY text", "VRFY SP String"),
    plain(.expn, "EXPN list", "EXPN SP String"),
    plain(.help, "HELP [topic]", "HELP [ SP String ]"),
    plain(.etrn, "ETRN domain", "ETRN SP ( Domain / @subdomain / #queue )   (RFC 1985)"),
    plain(
      .auth, "AUTH mechanism [base64]", "AUTH SP mechanism [ SP initial-response ]   alone: asks for name and password"),
    plain(.starttls, "STARTTLS", "STARTTLS   the handshake follows a 220"),
    plain(.xclient, "XCLIENT NAME=value …", "XCLIENT 1*( SP attribute=xtext )   (Postfix)"),
    plain(.xforward, "XFORWARD NAME=value …", "XFORWARD 1*( SP attribute=xtext )   (Postfix)"),
  ]

  private static func plain(_ verb: Command.Verb, _ short: String, _ long: String) -> CommandGrammar {
    CommandGrammar(verb: verb, short: short, long: long, parameters: [])
  }

  private static let mailParameters = [
    Parameter(name: "SIZE=", needs: "SIZE", values: []),
    Parameter(name: "BODY=", needs: "8BITMIME", values: ["8BITMIME", "7BIT"]),
    Parameter(name: "SMTPUTF8", needs: "SMTPUTF8", values: []),
    Parameter(name: "RET=", needs: "DSN", values: ["HDRS", "FULL"]),
    Parameter(name: "ENVID=", needs: "DSN", values: []),
    Parameter(name: "AUTH=", needs: "AUTH", values: ["<>"]),
    Parameter(name: "REQUIRETLS", needs: "REQUIRETLS", values: []),
  ]

  private static let rcptParameters = [
    Parameter(name: "NOTIFY=", needs: "DSN", values: ["SUCCESS,FAILURE,DELAY", "NEVER", "FAILURE"]),
    Parameter(name: "ORCPT=", needs: "DSN", values: ["rfc822;"]),
  ]
}
