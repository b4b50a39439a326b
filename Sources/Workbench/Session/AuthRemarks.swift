import SASL
import SMTPSession
import SMTPWire

/// What is to be said of a login before it is tried: whom it shows what, and what the server must have.
enum AuthRemarks {
  /// The remarks, those about this server first.
  static func of(_ model: WorkbenchModel) -> [StyledText] {
    let mechanism = model.auth.mechanism
    var remarks =
      model.isConnected ? connection(model.live.log, mechanism) : [dim("not connected: the server's side is made up")]
    if let problem = model.auth.rehearsal?.problem {
      remarks.insert(StyledText("✗ \(problem)", .permanentFailure), at: 0)
    }
    return remarks + [StyledText("! \(nature(mechanism))", .warning)].filter { $0.width > 2 }
  }

  private static func connection(_ log: SessionLog, _ mechanism: String) -> [StyledText] {
    let session = log.session
    var remarks: [StyledText] = []
    if !session.isSecured {
      remarks.append(StyledText("! no TLS: anybody on the way reads along", .warning))
    } else {
      remarks.append(
        log.tls.isVerified ? StyledText("✓ inside TLS", .completion) : StyledText("! TLS, not verified", .warning))
    }
    guard let offered = session.capabilities?.mechanisms else {
      return remarks + [dim("EHLO asks what the server offers")]
    }
    let isOffered = offered.contains { $0.uppercased() == mechanism }
    remarks.append(
      isOffered
        ? StyledText("✓ the server offers \(mechanism)", .completion)
        : StyledText("! the server does not offer \(mechanism) here; it is sent all the same", .warning))
    if session.isAuthenticated { remarks.append(StyledText("! already logged in: a second AUTH is refused", .warning)) }
    return remarks
  }

  /// What a mechanism does that its user should know.
  private static func nature(_ mechanism: String) -> String {
    switch mechanism {
    case "PLAIN", "LOGIN": "\(mechanism) sends the password itself"
    case "XOAUTH2", "OAUTHBEARER": "\(mechanism) sends the token itself"
    case "CRAM-MD5", "DIGEST-MD5": "\(mechanism) needs the server to store the password; it is out of date"
    case "NTLM": "NTLM can be guessed off-line by who listens"
    case "EXTERNAL": "EXTERNAL needs a client certificate: --tls-cert FILE"
    case "ANONYMOUS": "ANONYMOUS proves nothing; the user is a trace"
    case _ where mechanism.hasSuffix("-PLUS"): "what binds it to TLS is made up here; in a session it is real"
    default: ""
    }
  }

  private static func dim(_ text: String) -> StyledText { StyledText("· " + text, .dim) }
}
