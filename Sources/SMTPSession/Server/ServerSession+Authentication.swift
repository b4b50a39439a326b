import SASL
import SMTPWire

/// AUTH (RFC 4954).
extension ServerSession {
  /// Whether AUTH is there for this client now.
  var authIsEnabled: Bool {
    configuration.authEnabled && !(sasl.backEnd?.isEmpty ?? configuration.mechanisms.isEmpty)
      && (!configuration.authOnlyUnderTLS || tls != nil)
  }

  /// The mechanisms in their order that this client may use now.
  var offeredMechanisms: [String] {
    if let backEnd = sasl.backEnd {
      // Of TLS it is told no more than that there is one, and whose the certificate is.
      return backEnd.filter {
        isUsable($0.name) && !SASLMechanismTable.bindsChannel($0.name) && securityOptions.allow($0.traits)
      }
      .map(\.name)
    }
    return configuration.mechanisms.filter { isUsable($0) && securityOptions.allow(SASLServerMechanisms.traits($0)) }
  }

  /// Whether a mechanism of ours has what it needs: those that bind to TLS a TLS, EXTERNAL a certificate.
  private func isUsable(_ name: String) -> Bool {
    SASLMechanismTable.entry(name)?.proof == .certificate
      ? sasl.certificateUser != nil : !SASLMechanismTable.bindsChannel(name) || !sasl.bindings.isEmpty
  }

  private var securityOptions: SASLSecurityOptions {
    tls == nil ? configuration.securityOptions : configuration.tlsSecurityOptions ?? configuration.securityOptions
  }

  mutating func authenticate(_ words: [ServerWord]) {
    if configuration.heloRequired, helloName == nil { return finish(ServerReplies.needsHello) }
    guard authIsEnabled else { return finish(ServerReplies.authNotEnabled) }
    if login != nil { return finish(ServerReplies.alreadyAuthenticated) }
    if transaction != nil { return finish(ServerReplies.inTransaction) }
    guard (1...2).contains(words.count) else { return finish(ServerReplies.syntax("AUTH mechanism")) }
    let method = ServerReplies.printable(words[0].octets)
    switch mechanism(method.uppercased()) {
    case .success(let mechanism): start(mechanism, method, words.count == 2 ? words[1].octets : nil)
    case .failure(let failure): failAuthentication(failure, method)
    }
  }

  /// A mechanism that may be used now, or the words with which Cyrus or Dovecot refuse another.
  private func mechanism(_ name: String) -> Result<any SASLServerMechanism, SASLFailure> {
    let isOffered = offeredMechanisms.contains(name)
    if sasl.backEnd != nil {
      return isOffered ? .success(SASLServerMechanisms.forwarded(name)) : .failure(.invalidMechanism)
    }
    var context = sasl
    context.offersPlus = offeredMechanisms.contains { $0.hasSuffix("-PLUS") }
    if isOffered, let mechanism = SASLServerMechanisms.make(name, context) { return .success(mechanism) }
    let isForbidden = configuration.mechanisms.contains(name) && isUsable(name)
    return .failure(isForbidden ? .forbidden : .noMechanism(name))
  }

  private mutating func start(_ mechanism: any SASLServerMechanism, _ method: String, _ initial: [UInt8]?) {
    var mechanism = mechanism
    guard let initial else { return follow(mechanism.start(initial: nil), mechanism, method) }
    switch mechanism.octets(of: initial) {
    case .success(let octets): follow(mechanism.start(initial: octets), mechanism, method)
    case .failure(let failure): failAuthentication(failure, method)
    }
  }

  /// Takes the client's answer to a challenge in.
  mutating func tookResponse(_ line: [UInt8], _ mechanism: any SASLServerMechanism, _ method: String) {
    if line == [UInt8(ascii: "*")] {
      log("warning: \(client): SASL \(method) authentication aborted")
      return finish(ServerReplies.authAborted)
    }
    var mechanism = mechanism
    switch mechanism.octets(of: line) {
    case .success(let octets): follow(mechanism.respond(octets), mechanism, method)
    case .failure(let failure): failAuthentication(failure, method)
    }
  }

  /// Does what a mechanism wants.
  mutating func follow(_ step: SASLServerStep, _ mechanism: any SASLServerMechanism, _ method: String) {
    switch step {
    case .challenge(let challenge):
      let text = String(decoding: Base64.encode(challenge), as: UTF8.self)
      finish(Reply(334, text), then: .response(mechanism, method: method))
    case .verify(let credentials): ask(.credentials(credentials), .credentials(method: method))
    case .lookup(let lookup): ask(.lookup(lookup), .lookup(mechanism, method: method))
    case .forward(let message): ask(.forward(message), .forward(mechanism, method: method))
    case .succeeded(let user): succeed(user, method)
    case .failed(let failure): failAuthentication(failure, method)
    }
  }

  /// Accepts a login.
  mutating func succeed(_ user: String, _ method: String) {
    login = ServerLogin(method: method, user: user)
    finish(ServerReplies.authenticated)
  }

  /// Refuses a login.
  mutating func failAuthentication(_ failure: SASLFailure, _ method: String) {
    if let detail = failure.detail { log("warning: SASL authentication failure: \(detail)") }
    let user = failure.user.map { ServerReplies.printable($0.utf8) } ?? "(unavailable)"
    log("warning: \(client): SASL \(method) authentication failed: \(failure.reason), sasl_username=\(user)")
    finish(
      failure.isTemporary
        ? Reply(454, "4.7.0 Temporary authentication failure: \(failure.reason)")
        : Reply(535, "5.7.8 Error: authentication failed: \(failure.reason)"))
  }
}
