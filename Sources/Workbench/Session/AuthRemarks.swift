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
    let nature = SASLMechanismTable.entry(mechanism)?.remark ?? ""
    return remarks + (nature.isEmpty ? [] : [StyledText("! \(nature)", .warning)])
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

  private static func dim(_ text: String) -> StyledText { StyledText("· " + text, .dim) }
}
