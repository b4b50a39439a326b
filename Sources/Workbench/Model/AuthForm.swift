package import SASL
import SMTPSession
import SMTPWire

/// The AUTH screen: a mechanism, credentials, and the login that they make; and a string to take apart.
package struct AuthForm: Sendable {
  /// What the keys go to.
  package enum Field: CaseIterable, Hashable, Sendable {
    case mechanism, user, password, authorization, challenge, nonce, decode
  }

  /// The mechanism's name.
  package private(set) var mechanism = "SCRAM-SHA-256"
  /// What the keys go to.
  package var field = Field.user
  /// Where the password is from, in a word or two.
  package private(set) var source = "typed here"
  /// Whether the nonces are the same each time.
  package private(set) var isNonceFixed = false
  /// The login; nil without digests, or before a user is named.
  package private(set) var rehearsal: SASLRehearsal?
  /// Whether the user has picked the mechanism.
  private var isChosen = false
  private var lines: [Field: LineEditor] = [:]
  /// Whether the credentials are from elsewhere, and belong to one server.
  private var isFilled = false
  private var seed: [UInt8] = []
  private var plan: SASLRehearsal.Plan?

  /// Makes an empty form.
  package init() {}

  /// The line of a field; empty for one that has none.
  package subscript(field: Field) -> LineEditor {
    get { lines[field] ?? LineEditor() }
    set { lines[field] = newValue }
  }

  /// Whether the field is a line to type in.
  package var isLine: Bool { field != .mechanism && field != .nonce }

  /// Whether ← and → take another mechanism: they do where there is no text for the cursor to move in.
  package var turnsMechanism: Bool { !isLine || self[field].isEmpty }

  /// Who logs in.
  package var credentials: Credentials {
    Credentials(
      user: String(decoding: self[.user].octets, as: UTF8.self),
      password: Secret(name: "password", octets: self[.password].octets),
      authorization: String(decoding: self[.authorization].octets, as: UTF8.self))
  }

  /// Whether the mechanism can do without a user's name.
  package var needsUser: Bool { SASLMechanismTable.entry(mechanism)?.needsUser != false }

  /// The challenges of a real server, in base64; a line may be pasted with its 334.
  package var challenges: [[UInt8]] {
    self[.challenge].octets.split(whereSeparator: \.isASCIIBlank).map(Array.init).filter { $0 != Array("334".utf8) }
  }

  /// Takes a key; false when it means nothing here.
  package mutating func apply(_ stroke: KeyStroke) -> Bool {
    guard isLine else { return false }
    noteTyping()
    return self[field].apply(stroke)
  }

  /// Puts octets into the field that is typed in; only the field to decode takes several lines.
  package mutating func paste(_ octets: [UInt8]) {
    guard isLine else { return }
    noteTyping()
    self[field].insert(field == .decode ? octets : Composer.lines(of: octets)[0])
  }

  private mutating func noteTyping() {
    if [.user, .password, .authorization].contains(field) { isFilled = false }
    if field == .password { source = "typed here" }
  }

  /// Takes credentials that are known from elsewhere, unless some were typed.
  package mutating func fill(_ credentials: Credentials, source: String) {
    guard isFilled || (self[.user].isEmpty && self[.password].isEmpty) else { return }
    isFilled = true
    self[.user] = LineEditor(Array(credentials.user.utf8))
    self[.authorization] = LineEditor(Array(credentials.authorization.utf8))
    self[.password] = LineEditor(credentials.password.octets)
    if !credentials.password.isEmpty { self.source = source }
  }

  /// Forgets credentials that were not typed: they are another server's.
  package mutating func empty() {
    guard isFilled else { return }
    isFilled = false
    for field in [Field.user, .password, .authorization] { lines[field] = nil }
    source = "typed here"
  }

  /// Forgets the password, and what holds it.
  package mutating func forgetSecrets() {
    if mayHoldSecret { lines[.decode] = nil }
    lines[.password] = nil
    source = "typed here"
    (rehearsal, plan) = (nil, nil)
  }

  /// Goes to the next field, or to the one before.
  package mutating func move(isForward: Bool) {
    let fields = Field.allCases
    let index = fields.firstIndex(of: field) ?? 0
    field = fields[(index + (isForward ? 1 : fields.count - 1)) % fields.count]
  }

  /// Takes the next mechanism, or the one before.
  package mutating func turn(isForward: Bool) {
    let names = SASLClientMechanisms.names
    let index = names.firstIndex(of: mechanism) ?? 0
    mechanism = names[(index + (isForward ? 1 : names.count - 1)) % names.count]
    isChosen = true
  }

  /// Takes a mechanism by its name in any case; false when it is not known here.
  package mutating func choose(_ name: String) -> Bool {
    guard SASLClientMechanisms.names.contains(name.uppercased()) else { return false }
    (mechanism, isChosen) = (name.uppercased(), true)
    return true
  }

  /// Takes the strongest SCRAM that a server offers; where it offers none, the one that is chosen or the first that needs
  /// no TLS.
  package mutating func chooseScram(offered: [String]) {
    let names = SASLClientMechanisms.names.filter { $0.hasPrefix("SCRAM-") }
    let offered = offered.map { $0.uppercased() }
    let best = names.first(where: offered.contains) ?? names.first { $0 == mechanism }
    (mechanism, isChosen) = (best ?? "SCRAM-SHA-256", true)
  }

  /// Takes the strongest of what a server offers, unless the user has picked another one.
  package mutating func propose(_ offered: [String]) {
    let offered = offered.map { $0.uppercased() }
    guard !isChosen, let name = SASLClientMechanisms.names.first(where: offered.contains) else { return }
    mechanism = name
  }

  /// Makes the nonces the same each time, or random ones again.
  package mutating func toggleNonce() {
    isNonceFixed.toggle()
    seed = []
  }

  /// Plays the login anew where something has changed.
  package mutating func rehearse(_ digests: SASLDigests?, host: String, port: Int) {
    guard let digests, !needsUser || !self[.user].isEmpty else {
      (rehearsal, plan) = (nil, nil)
      return
    }
    if seed.isEmpty { seed = isNonceFixed ? Array(0..<64) : digests.random(64) }
    var plan = SASLRehearsal.Plan(mechanism: mechanism, credentials: credentials, seed: seed)
    (plan.host, plan.port, plan.challenges) = (host, port, challenges)
    guard plan != self.plan else { return }
    self.plan = plan
    rehearsal = SASLRehearsal(plan, digests: digests)
  }

  /// Whether the field to decode holds what must not be shown unasked, or may hold it: a string that is broken or not
  /// whole yet.
  package var mayHoldSecret: Bool {
    decoded(now: nil).contains(where: \.hasSecret)
  }

  /// The decoded lines of the field to decode.
  package func decoded(now: Int?) -> [SASLExchangeDecoder.Entry] {
    SASLExchangeDecoder(String(decoding: self[.decode].octets, as: UTF8.self), now: now).entries
  }
}
