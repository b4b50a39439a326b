import SASL
import SMTPSession
import SMTPWire

/// What the users' secrets say to a login.
extension MTAPolicy {
  /// The user whom a name means, with the domain or without.
  package func user(named name: String) -> MTAUser? {
    configuration.users.first { names(of: $0).contains(name) }
  }

  /// Judges a name and a password that came as they are.
  func judge(_ credentials: SASLCredentials) -> ServerAnswer {
    let user = user(named: credentials.user)
    // Somebody's secret is compared in any case, so that time does not tell who exists.
    let model = user ?? configuration.users.first
    guard let model, matches(credentials.password.octets, model), user != nil else {
      return .authenticationFailed(.wrong(user: credentials.user, detail: "Password verification failed"))
    }
    guard credentials.authorization.isEmpty || credentials.authorization == credentials.user else {
      let detail = "Requested identity not authenticated identity"
      return .authenticationFailed(.wrong(user: credentials.authorization, detail: detail))
    }
    return .loggedIn(credentials.user)
  }

  /// What is stored of a user, for the mechanisms that check the proof themselves.
  func find(_ lookup: SASLLookup) -> SASLLookupAnswer {
    switch lookup.want {
    case .password: return user(named: lookup.user).flatMap(password) ?? .unknown
    case .scram(let hash):
      let user = user(named: lookup.user)
      let verifier = user?.verifiers.first { $0.hash == hash }
      return verifier.map(SASLLookupAnswer.scram) ?? user.flatMap(password) ?? .unknown
    case .token(let token):
      let user = configuration.users.first { user in
        guard let known = user.token, lookup.user.isEmpty || names(of: user).contains(lookup.user) else { return false }
        return Self.isSame(Array(known.utf8), token.octets)
      }
      return user.map { .accepted(user: lookup.user.isEmpty ? $0.name : lookup.user) } ?? .unknown
    case .anonymous:
      return configuration.session.mechanisms.contains("ANONYMOUS") ? .accepted(user: "anonymous") : .unknown
    }
  }

  private func password(of user: MTAUser) -> SASLLookupAnswer? {
    user.password.map { .password(Secret(name: "password", octets: $0)) }
  }

  private func names(of user: MTAUser) -> Set<String> {
    Set([user.name] + configuration.localDomains.map { "\(user.name)@\($0)" })
  }

  /// Whether a password is a user's, as it is or as SASLprep makes both (RFC 4616 §2).
  private func matches(_ password: [UInt8], _ user: MTAUser) -> Bool {
    if let known = user.password {
      let isPrepared = Self.prepared(password).map { Self.isSame(Self.prepared(known) ?? known, $0) } ?? false
      return Self.isSame(known, password) || isPrepared
    }
    guard let known = user.verifiers.max(by: { $0.hash.length < $1.hash.length }), let digests,
      let text = String(validating: password, as: UTF8.self)
    else { return false }
    let given = SCRAMVerifier(
      known.hash, password: text, salt: known.salt, iterations: known.iterations, digests: digests)
    return Self.isSame(known.storedKey, given?.storedKey ?? [])
  }

  private static func prepared(_ password: [UInt8]) -> [UInt8]? {
    String(validating: password, as: UTF8.self).flatMap { try? SASLPrep.prepare($0) }
  }

  private static func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    var difference = UInt8(one.count == other.count ? 0 : 1)
    for index in other.indices { difference |= other[index] ^ (index < one.count ? one[index] : 0xFF) }
    return difference == 0
  }
}
