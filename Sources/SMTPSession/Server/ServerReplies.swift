import SMTPWire

/// The replies of the server's session, with Postfix's words.
package enum ServerReplies {
  static let ok = Reply(250, "2.0.0 Ok")
  static let bye = Reply(221, "2.0.0 Bye")
  static let forbidden = Reply(221, "2.7.0 Error: I can break rules, too. Goodbye.")
  static let senderOk = Reply(250, "2.1.0 Ok")
  static let recipientOk = Reply(250, "2.1.5 Ok")
  static let startMailInput = Reply(354, "End data with <CR><LF>.<CR><LF>")
  static let readyForTLS = Reply(220, "2.0.0 Ready to start TLS")
  static let authenticated = Reply(235, "2.7.0 Authentication successful")
  static let etrnStarted = Reply(250, "Queuing started")

  static let notUTF8 = Reply(500, "5.5.2 Error: bad UTF-8 syntax")
  static let emptyLine = Reply(500, "5.5.2 Error: bad syntax")
  static let unknownCommand = Reply(500, "5.5.2 Error: command not recognized")
  static let notImplemented = Reply(502, "5.5.1 Error: command not implemented")
  static let verifyDisabled = Reply(502, "5.5.1 VRFY command is disabled")
  static let needsTLS = Reply(530, "5.7.0 Must issue a STARTTLS command first")
  static let needsHello = Reply(503, "5.5.1 Error: send HELO/EHLO first")
  static let nestedMail = Reply(503, "5.5.1 Error: nested MAIL command")
  static let needsMail = Reply(503, "5.5.1 Error: need MAIL command")
  static let needsRecipient = Reply(503, "5.5.1 Error: need RCPT command")
  static let inTransaction = Reply(503, "5.5.1 Error: MAIL transaction in progress")
  static let noRecipients = Reply(554, "5.5.1 Error: no valid recipients")
  static let tooManyRecipients = Reply(452, "4.5.3 Error: too many recipients")
  static let badSender = Reply(501, "5.1.7 Bad sender address syntax")
  static let badRecipient = Reply(501, "5.1.3 Bad recipient address syntax")

  static let badSize = Reply(501, "5.5.4 Bad message size syntax")
  static let sizeBeyondSystem = Reply(552, "5.3.4 Message size exceeds file system imposed limit")
  static let sizeBeyondLimit = Reply(552, "5.3.4 Message size exceeds fixed limit")
  static let messageTooBig = Reply(552, "5.3.4 Error: message file too big")
  static let badReturn = Reply(501, "5.5.4 Bad RET parameter syntax")
  static let badEnvelopeID = Reply(501, "5.5.4 Bad ENVID parameter syntax")
  static let badNotify = Reply(501, "5.5.4 Error: Bad NOTIFY parameter syntax")
  static let badOriginalRecipient = Reply(501, "5.5.4 Error: Bad ORCPT parameter syntax")
  static let dsnDisabled = Reply(501, "5.7.1 DSN support is disabled")

  static let chunkSyntax = Reply(521, "5.5.4 Syntax: BDAT count [LAST]")
  static let chunkTooBig = Reply(552, "5.3.4 Chunk exceeds message size limit")
  static let nullChunk = Reply(551, "5.7.1 Null BDAT request")

  static let tlsActive = Reply(554, "5.5.1 Error: TLS already active")
  static let tlsBroken = Reply(454, "4.7.0 TLS not available due to local problem")
  static let authNotEnabled = Reply(503, "5.5.1 Error: authentication not enabled")
  static let alreadyAuthenticated = Reply(503, "5.5.1 Error: already authenticated")
  static let authAborted = Reply(501, "5.7.0 Authentication aborted")
  static let notAuthorized = Reply(550, "5.7.0 Error: insufficient authorization")
  /// For an answer that does not fit its query: our own fault.
  static let configurationError = Reply(451, "4.3.5 Server configuration error")

  static let etrnNeedsHello = Reply(503, "Error: send HELO/EHLO first")
  static let etrnInTransaction = Reply(503, "Error: MAIL transaction in progress")
  static let etrnSyntax = Reply(500, "Syntax: ETRN domain")
  static let etrnBadDomain = Reply(501, "Error: invalid parameter syntax")

  /// What a command should have looked like.
  static func syntax(_ text: String) -> Reply { Reply(501, "5.5.4 Syntax: \(text)") }

  /// HELO and EHLO have no enhanced status code.
  static func helloSyntax(_ verb: String) -> Reply { Reply(501, "Syntax: \(verb) hostname") }

  static func unsupportedOption(_ word: [UInt8]) -> Reply {
    Reply(555, "5.5.4 Unsupported option: \(printable(word))")
  }

  static func badParameter(_ name: String) -> Reply { Reply(501, "5.5.4 Bad \(name) parameter syntax") }

  static func afterChunk(_ verb: String) -> Reply { Reply(503, "5.5.1 Error: \(verb) after BDAT") }

  static func discardedChunk(_ count: Int) -> Reply {
    Reply(551, "5.0.0 Discarded \(count) bytes after earlier error")
  }

  /// Octets as text that holds no control character: each becomes `mark`, as does what is not UTF-8.
  package static func printable(_ octets: some Sequence<UInt8>, mark: Character = "?") -> String {
    let text = String(decoding: Array(octets), as: UTF8.self)
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
        safe.append(contentsOf: mark.unicodeScalars)
      default:
        safe.append(scalar == "\u{FFFD}" ? Unicode.Scalar(0x3F) : scalar)
      }
    }
    return String(safe)
  }
}
