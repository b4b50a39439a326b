import SASL
import SMTPSession
import SMTPWire

extension WorkbenchModel {
  /// The verbs of the AUTH screen; nil for any other.
  mutating func performAuth(_ verb: Verb) -> [WorkbenchEffect]? {
    switch verb {
    case .goAuth, .authEncode: openAuth()
    case .authDecode:
      openAuth()
      auth.field = .decode
    case .authScram:
      openAuth()
      auth.chooseScram(offered: live.log.session.capabilities?.mechanisms ?? [])
    case .nextField where screen == .auth, .previousField where screen == .auth:
      auth.move(isForward: verb == .nextField)
    case .toggle where screen == .auth: auth.toggleNonce()
    case .nextMechanism, .previousMechanism: auth.turn(isForward: verb == .nextMechanism)
    case .authUse: return useAuth()
    case .yankAuth: return yankAuth()
    case .maskSecrets: return maskSecrets()
    case .forgetSecrets: return forgetSecrets()
    case .tellSecretSource: return tellSecretSource()
    default: return nil
    }
    return []
  }

  /// Shows the screen; the mechanism is the strongest that the server offers, until another is chosen.
  private mutating func openAuth() {
    if let offered = live.log.session.capabilities?.mechanisms { auth.propose(offered) }
    screen = .auth
    rehearse()
  }

  /// Plays the login of the AUTH screen anew, if it is shown and something has changed.
  mutating func rehearse() {
    guard screen == .auth else { return }
    auth.rehearse(digests, host: target?.host ?? "localhost", port: target?.port ?? 25)
  }

  /// Whether a key must go into the line of the AUTH screen although it is bound there.
  func awaitsAuthText(_ stroke: KeyStroke) -> Bool {
    guard screen == .auth, auth.isLine else { return false }
    if auth[auth.field].awaitsLiteral || stroke.key == .character(" ") { return true }
    return [.left, .right].contains(stroke.key) && !auth.turnsMechanism
  }

  private mutating func maskSecrets() -> [WorkbenchEffect] {
    secretsUntil = nil
    return say("secrets are masked")
  }

  private mutating func tellSecretSource() -> [WorkbenchEffect] {
    guard !auth[.password].isEmpty else { return say("no password is known: M-4 has a field for it") }
    let user = auth.credentials.user
    return say("source of \(user.isEmpty ? "the" : user + "'s") password: \(auth.source)")
  }

  private mutating func forgetSecrets() -> [WorkbenchEffect] {
    live.log.forgetSecrets()
    auth.forgetSecrets()
    replay?.credentials = nil
    input.staged.removeAll(where: \.hasSecret)
    if live.log.session.marked(input.editor.octets).hasSecret { input.editor = LineEditor() }
    secretsUntil = nil
    return say("passwords and what was made of them are forgotten")
  }

  private mutating func useAuth() -> [WorkbenchEffect] {
    guard !auth.needsUser || !auth[.user].isEmpty else { return say("type a user first") }
    let session = live.log.session
    if session.isInMessage || session.awaitsResponse {
      return say(session.isInMessage ? "a message is being sent" : "a login is under way: answer it, or send *")
    }
    screen = .session
    isBrowsing = false
    return logIn(auth.mechanism, auth.credentials)
  }

  /// Carries AUTH out; where anybody on the way could read the password, only after a question.
  mutating func logIn(_ mechanism: String, _ credentials: Credentials) -> [WorkbenchEffect] {
    if showsPassword(mechanism, credentials) {
      overlays.append(.confirm(.clearLogin(mechanism: mechanism, credentials)))
      return []
    }
    live.selectLast()
    return [.authenticate(mechanism: mechanism, credentials, allowsPlaintext: identity?.isReference == true)]
  }

  /// Whether anybody on the way to a real server could read the password or token of a login.
  func showsPassword(_ mechanism: String, _ credentials: Credentials) -> Bool {
    guard !live.log.session.isSecured, identity?.isReference == false else { return false }
    return SASLClientMechanisms.make(mechanism, credentials, SASLContext(digests: digests))?.showsSecret == true
  }

  /// Copies AUTH, or the answer to the last challenge of a real server; the secret in it only while secrets are shown.
  private mutating func yankAuth() -> [WorkbenchEffect] {
    let own = auth.rehearsal?.lines.filter { !$0.isServer } ?? []
    guard let line = auth.challenges.isEmpty ? own.first : own.last else {
      return say("there is no line yet: type a user")
    }
    let isWhole = showsSecrets || !line.hasSecret
    let text = isWhole ? String(decoding: line.line, as: UTF8.self) : line.masked
    return [.copy(text)]
      + say(isWhole ? "copied \(text.utf8.count) octets" : "copied without the secret; M-s shows it, and M-y copies it")
  }
}
