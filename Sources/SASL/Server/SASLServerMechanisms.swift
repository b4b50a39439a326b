/// The mechanisms that the server can speak.
package enum SASLServerMechanisms {
  /// Their names in the order in which they are announced: by passwords, by tokens, by certificates, by nothing.
  package static let names = (0...6).flatMap { rank in
    SASLMechanismTable.all.filter { $0.makeServer != nil && SASLServerMechanisms.rank($0.proof) == rank }.map(\.name)
  }

  private static func rank(_ proof: SASLMechanism.Proof) -> Int {
    switch proof {
    case .scram(let hash): hash == .sha1 ? 1 : 0
    case .storedPassword: 2
    case .password: 3
    case .token: 4
    case .certificate: 5
    case .nothing: 6
    }
  }

  /// What an attacker can do with one of them, as Cyrus SASL judges it; with an unknown one, anything.
  package static func traits(_ name: String) -> SASLMechanismTraits {
    SASLMechanismTable.entry(name)?.traits ?? [.plaintext, .anonymous, .active, .dictionary]
  }

  /// A mechanism that a back end speaks in our place: each message is handed on.
  package static func forwarded(_ name: String) -> any SASLServerMechanism { SASLServerForward(name: name) }

  /// A mechanism by its name in any case; nil when there is none, or the context lacks what it needs.
  package static func make(
    _ name: String, _ context: SASLServerContext = SASLServerContext()
  ) -> (any SASLServerMechanism)? {
    SASLMechanismTable.entry(name)?.makeServer?(context)
  }
}
