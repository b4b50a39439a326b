package import SASL
import SMTPSession

/// Who may log in, and whose mailbox there is.
package struct MTAUser: Hashable, Sendable {
  /// The local-part, in lower case.
  package var name: String
  /// In clear, for the mechanisms that need it; nil where only verifiers are stored.
  package var password: [UInt8]?
  /// What is stored in place of the password (RFC 5802 §3), at most one for each hash.
  package var verifiers: [SCRAMVerifier] = []
  /// The bearer token that stands for the user with OAuth; nil for none.
  package var token: String?

  /// Makes a user with a password in clear: this is a server for trying things out.
  package init(_ name: String, password: String, token: String? = nil) {
    self.name = name
    self.password = Array(password.utf8)
    self.token = token
  }

  /// Makes a user who cannot log in yet.
  package init(_ name: String) {
    self.name = name
  }

  /// The mechanisms that can log somebody in of these users, in the server's order; EXTERNAL needs a certificate only.
  package static func mechanisms(for users: [MTAUser]) -> [String] {
    SASLServerMechanisms.names.filter { name in
      guard let proof = SASLMechanismTable.entry(name)?.proof else { return false }
      return proof == .certificate || users.contains { $0.canProve(proof) }
    }
  }

  private func canProve(_ proof: SASLMechanism.Proof) -> Bool {
    switch proof {
    case .storedPassword: password != nil
    case .password: password != nil || !verifiers.isEmpty
    case .scram(let hash): password != nil || verifiers.contains { $0.hash == hash }
    case .token: token != nil
    case .certificate, .nothing: false
    }
  }
}
