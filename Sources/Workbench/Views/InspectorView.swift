import SMTPSession
import SMTPWire

/// What stands beside the dialogue: the server, TLS, the explanation, what may be sent now, the same as a command.
enum InspectorView {
  static func sections(_ model: WorkbenchModel, width: Int) -> [PaneSection] {
    let log = model.live.log
    let explanation = model.explanation
    let text = max(10, width - 2)
    let explain = PaneSection(
      title: explanation.map { "Explain \($0.title)" } ?? "Explain",
      right: model.pane.selected > 0 ? "line \(model.pane.selected)" : "",
      lines: ExplanationView.lines(explanation, width: text) + clause(explanation, text))
    let server = PaneSection(title: "Server", right: "M-i", lines: server(log))
    let tls = PaneSection(title: "TLS", right: "M-5 open", lines: tls(log))
    return (model.showsFullExplanation ? [explain, server, tls] : [server, tls, explain]) + [
      PaneSection(title: "Allowed now", right: "from protocol state", lines: allowed(log)),
      PaneSection(
        title: "Same as a command", right: "y s, y o",
        lines: StyledText(SessionExport.swaks(log, target: model.identity?.title ?? "")).wrapped(to: text)),
    ]
  }

  private static func clause(_ explanation: Explanation?, _ width: Int) -> [StyledText] {
    guard let clause = explanation?.clause, !clause.isEmpty else { return [] }
    return StyledText("See " + clause, .dim).wrapped(to: width)
  }

  private static func server(_ log: SessionLog) -> [StyledText] {
    guard let capabilities = log.session.capabilities ?? log.session.plainCapabilities else {
      return [
        StyledText(
          log.session.isGreeted ? "HELO: no extensions are asked for" : "EHLO asks what the server offers", .dim)
      ]
    }
    let isOld = log.session.capabilities == nil
    var lines = capabilities.keywords.prefix(20).map { keyword in
      var line = StyledText(isOld ? "○ " : "✓ ", isOld ? .dim : .completion)
      line.append(StyledText(octets: keyword.text).truncated(to: 22))
      line = line.padded(to: 25)
      line.append(isOld ? "before TLS, ask again" : note(keyword, log), .dim)
      return line
    }
    if log.session.isSecured, log.session.plainCapabilities?.offers("STARTTLS") == true,
      !capabilities.offers("STARTTLS")
    {
      lines.append(StyledText("✓ STARTTLS               gone after TLS ✓", .dim))
    }
    lines.append(missing(capabilities))
    return lines
  }

  private static func note(_ keyword: Capabilities.Keyword, _ log: SessionLog) -> String {
    switch keyword.name {
    case "SIZE":
      guard let limit = keyword.parameters.first.flatMap(Int.init), limit > 0 else { return "no limit named" }
      return limit >= 1 << 20 ? "\(limit >> 20) MiB limit" : "\(limit) octets limit"
    case "AUTH": return log.session.isAuthenticated ? "\(log.session.mechanism ?? "") ok" : "offered"
    case "STARTTLS": return log.session.isSecured ? "offered again after TLS" : "offered"
    default: return "offered"
    }
  }

  private static func missing(_ capabilities: Capabilities) -> StyledText {
    let wanted = ["PIPELINING", "SIZE", "8BITMIME", "ENHANCEDSTATUSCODES", "DSN", "SMTPUTF8", "CHUNKING", "REQUIRETLS"]
    let names = wanted.filter { !capabilities.offers($0) }
    return StyledText(names.map { "✗ " + $0 }.joined(separator: "  "), .dim)
  }

  private static func tls(_ log: SessionLog) -> [StyledText] {
    let tls = log.tls
    var lines: [StyledText] = []
    if let failure = tls.failure { lines.append(StyledText("✗ \(failure.name) \(failure.words)", .permanentFailure)) }
    guard tls.isUp else { return lines + [StyledText("off: everything can be read on the way", .dim)] }
    lines.append(StyledText([tls.version, tls.cipher, tls.group].joined(separator: " ")))
    lines.append(
      tls.isVerified
        ? StyledText("✓ the certificate proves the name", .completion) : StyledText("! not verified", .warning))
    if let own = tls.certificates.first {
      lines.append(StyledText("for \(own.names.isEmpty ? own.subject : own.names), until \(own.expires)", .dim))
    }
    return lines
  }

  private static func allowed(_ log: SessionLog) -> [StyledText] {
    let session = log.session
    if session.isInMessage { return [StyledText("● the message's text, then a lone dot")] }
    if session.awaitsResponse {
      return [StyledText("● the answer to the challenge, in base64"), StyledText("● *  gives the attempt up")]
    }
    let verbs: [Command.Verb] = [.ehlo, .starttls, .auth, .mail, .rcpt, .data, .rset, .vrfy, .quit]
    return verbs.map { verb in
      let objection = LineSequence.objection(to: verb, session: session)
      var line = StyledText(objection == nil ? "● " : "○ ", objection == nil ? .completion : .dim)
      line.append(StyledText(verb.rawValue, objection == nil ? .normal : .dim).padded(to: 10))
      line.append(objection ?? meaning(verb), .dim)
      return line
    }
  }

  private static func meaning(_ verb: Command.Verb) -> String {
    switch verb {
    case .ehlo: "implies RSET"
    case .starttls: "the handshake follows"
    case .auth: "name and password"
    case .mail: "begins a transaction"
    case .rcpt: "another recipient"
    case .data: "the message"
    case .rset: "drops the transaction"
    case .quit: "the server closes"
    default: "any time"
    }
  }
}
