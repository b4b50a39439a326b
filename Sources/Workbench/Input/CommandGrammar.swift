package import SMTPWire

/// How a command is written: what the row below the input shows. Parameters of MAIL and RCPT come from `ExtensionTable`.
package struct CommandGrammar: Hashable, Sendable {
  /// The verb that the grammar is of.
  package let verb: Command.Verb
  /// Where there is little room.
  package let short: String
  /// Where there is room.
  package let long: String

  /// The row for a server: the parameters that it offers stand behind the command; before EHLO those of the extensions
  /// that a server should offer.
  package func row(offered: Capabilities?, isLong: Bool) -> String {
    let parameters = ExtensionTable.parameters(of: verb).filter { owner, _ in
      offered.map { $0.offers(owner.keyword) } ?? owner.isExpected
    }
    let words = parameters.map { _, parameter in
      let form = parameter.value?.form ?? ""
      return "[\(parameter.typed)\(isLong || form.count <= 28 ? form : "")]"
    }
    return ([isLong ? long : short] + words).joined(separator: " ")
  }

  /// The grammar of a verb; nil for a verb without one.
  package static func of(_ verb: Command.Verb) -> CommandGrammar? { all.first { $0.verb == verb } }

  /// All grammars.
  package static let all: [CommandGrammar] = [
    plain(.ehlo, "EHLO domain", "EHLO SP ( Domain / address-literal )"),
    plain(.helo, "HELO domain", "HELO SP Domain"),
    plain(.lhlo, "LHLO domain", "LHLO SP Domain   (LMTP, RFC 2033)"),
    plain(.mail, "MAIL FROM:<path>", "MAIL FROM:<reverse-path>"),
    plain(.rcpt, "RCPT TO:<path>", "RCPT TO:<forward-path>"),
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
    CommandGrammar(verb: verb, short: short, long: long)
  }
}
