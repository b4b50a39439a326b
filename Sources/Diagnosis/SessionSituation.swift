import SASL
package import SMTPSession
package import SMTPWire

/// In what state a session was when something happened: what an explanation depends on beside the words.
package struct SessionSituation: Sendable {
  /// What the reply answers, or where the failure happened.
  package var stage: SessionStage
  /// Whether TLS is up.
  package var isSecured = false
  /// Whether somebody is logged in.
  package var isAuthenticated = false
  /// What the server offers now; nil when it has not been asked.
  package var capabilities: Capabilities?
  /// What it offered before STARTTLS.
  package var plainCapabilities: Capabilities?
  /// The SASL mechanism in use or used last.
  package var mechanism: String?
  /// Who is logged in.
  package var identity: String?
  /// Where the session goes to, for the commands that are suggested.
  package var target: Target?

  /// A situation of which nothing but the stage is known.
  package init(stage: SessionStage) {
    self.stage = stage
  }

  /// The situation of a session as it is now.
  package init(stage: SessionStage, session: ClientSession, target: Target? = nil) {
    self.stage = stage
    self.target = target
    isSecured = session.isSecured
    isAuthenticated = session.isAuthenticated
    capabilities = session.capabilities
    plainCapabilities = session.plainCapabilities
    mechanism = session.mechanism
    identity = session.identity
  }

  /// Whether the reply belongs to AUTH.
  var isLogin: Bool { stage == .command(.auth) || stage == .authResponse }

  /// How to log in from here, in the order of the steps.
  var loginAdvice: [String] {
    if isAuthenticated {
      let name = identity.map { " as \(OctetText.readable(Array($0.utf8)))" } ?? ""
      return [
        "you are logged in\(name), and it was not enough: ask the server's administrator what this account may do"
      ]
    }
    if let capabilities, !capabilities.mechanisms.isEmpty {
      let simple = SASLMechanismTable.all.filter { $0.proof == .password }.map(\.name)
      let best = simple.first(where: capabilities.mechanisms.contains) ?? capabilities.mechanisms[0]
      return [
        "log in before MAIL: parley send --auth \(best) --auth-user NAME …, or in the workbench AUTH \(best)",
        "parley auth \(best.lowercased()) builds the string for AUTH \(best)",
      ]
    }
    if !isSecured, capabilities?.offers("STARTTLS") ?? true {
      return ["many servers offer AUTH only inside TLS: use STARTTLS first (parley send --tls --auth …)"]
    }
    return ["the server offers no AUTH here: try its submission ports, smtp://HOST:587 or smtps://HOST:465"]
  }
}
