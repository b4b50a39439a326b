import Failures
package import SASL
import SMTPWire

extension AuthExchange {
  /// Picks the mechanism: the named one whether offered or not, else the strongest that server and user allow.
  ///
  /// Several names with commas between them are what the user allows.
  package static func choose(
    named name: String?, offered: [String], credentials: Credentials, context: SASLContext = SASLContext()
  ) -> Result<AuthExchange, SessionFailure> {
    let offered = offered.map { $0.uppercased() }
    var context = context
    var name = name
    if let list = name.map(names), list.count > 1 { (name, context.allowed) = (nil, list) }
    context.lacksPlus = !offered.contains(where: SASLMechanismTable.bindsChannel)
    if let name, !SASLClientMechanisms.names.contains(name.uppercased()) {
      return .failure(failure(.authNoMechanism, "the mechanism \(OctetText.readable(name.utf8)) is not supported"))
    }
    guard !offered.isEmpty || (name != nil && context.forcesMechanism) else {
      return .failure(failure(.authNotOffered, "the server does not offer AUTH here, so no login was tried"))
    }
    let candidates = name.map { [$0.uppercased()] } ?? self.candidates(offered, credentials, context)
    return start(candidates, offered, credentials, context)
  }

  /// The mechanisms that a user names, in upper case.
  static func names(_ list: String) -> [String] { list.split(separator: ",").map { $0.uppercased() } }

  /// What server and user allow and what suits the credentials, the strongest first.
  private static func candidates(
    _ offered: [String], _ credentials: Credentials, _ context: SASLContext
  ) -> [String] {
    let allowed = context.allowed.map { $0.map { $0.uppercased() } }
    return SASLClientMechanisms.names.filter { name in
      offered.contains(name) && allowed?.contains(name) != false
        && SASLClientMechanisms.suits(name, credentials, context)
        && (!SASLMechanismTable.bindsChannel(name) || !context.bindings.isEmpty)
    }
  }

  /// Takes the first candidate that the credentials can be used with and that does not show them to others.
  private static func start(
    _ candidates: [String], _ offered: [String], _ credentials: Credentials, _ context: SASLContext
  ) -> Result<AuthExchange, SessionFailure> {
    var obstacle: SessionFailure?
    for name in candidates {
      if let flaw = SASLClientMechanisms.flaw(name, credentials) {
        obstacle = obstacle ?? failure(.authUnusableCredentials, flaw)
      } else if let mechanism = SASLClientMechanisms.make(name, credentials, context) {
        guard let exposure = exposure(by: mechanism, context) else { return .success(AuthExchange(mechanism)) }
        obstacle = obstacle ?? exposure
      } else {
        obstacle = obstacle ?? failure(.authNoMechanism, lack(name))
      }
    }
    let list = OctetText.readable(offered.joined(separator: " ").utf8)
    return .failure(obstacle ?? failure(.authNoMechanism, "no mechanism in common: the server offers \(list)"))
  }

  /// Why a mechanism is not to be used as things are: anybody on the way would read the password or token. Nil when nobody
  /// would, or when it is allowed (RFC 4954 §9).
  package static func exposure(by mechanism: any SASLClientMechanism, _ context: SASLContext) -> SessionFailure? {
    guard mechanism.showsSecret, !context.isSecured, !context.allowsPlaintext else { return nil }
    return failure(
      .authPlaintextRefused, "no TLS: \(mechanism.name) would show the password to anybody on the way")
  }

  private static func lack(_ name: String) -> String {
    SASLMechanismTable.bindsChannel(name)
      ? "\(name) binds the login to TLS, and there is no TLS that it can be bound to"
      : "the mechanism \(name) is not supported here"
  }
}
