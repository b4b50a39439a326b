import SMTPWire

/// What a session was about: server, TLS, login, envelope, message, and how far it went.
struct SessionOutline {
  /// How TLS came about.
  enum TLSUse: Hashable { case none, startTLS, onConnect }

  /// The steps of a session, in their order.
  enum Stage: Int, Comparable {
    case greeting, ehlo, tls, auth, mail, rcpt, data
    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// A mailbox in MAIL or RCPT.
  struct Path: Hashable {
    /// What stands between the angle brackets, or the word itself.
    let address: [UInt8]
    /// The ESMTP parameters behind it.
    let parameters: [UInt8]
    let isRefused: Bool

    init(_ exchange: SpokenExchange) {
      let argument = exchange.parsed.argument
      let rest = argument.drop { $0 != UInt8(ascii: ":") }.dropFirst()[...].withoutIndent
      if rest.first == UInt8(ascii: "<"), let end = Self.end(of: rest) {
        address = Array(rest[..<end].dropFirst())
        parameters = Array(rest[(end + 1)...].trimmed)
      } else {
        address = Array(rest.words.first ?? [])
        parameters = Array(rest.dropFirst(address.count).trimmed)
      }
      isRefused = exchange.reply?.code.isFailure ?? false
    }

    /// The bracket that ends a path; one between quotes does not.
    private static func end(of text: ArraySlice<UInt8>) -> Int? {
      var isQuoted = false
      var isEscaped = false
      for index in text.indices {
        if isEscaped { isEscaped = false; continue }
        switch text[index] {
        case UInt8(ascii: "\\"): isEscaped = isQuoted
        case UInt8(ascii: "\""): isQuoted.toggle()
        case UInt8(ascii: ">") where !isQuoted: return index
        default: break
        }
      }
      return nil
    }
  }

  private(set) var host = "localhost"
  private(set) var port: Int?
  private(set) var isLMTP = false
  /// The verb and the name that the client gave.
  private(set) var greeting: (verb: Command.Verb, name: [UInt8])?
  private(set) var tls = TLSUse.none
  private(set) var isVerified = true
  private(set) var mechanism: String?
  private(set) var user: String?
  private(set) var hasInitialResponse = false
  private(set) var sender: Path?
  private(set) var recipients: [Path] = []
  private(set) var isPipelined = false
  private(set) var stage = Stage.greeting
  private(set) var saysQuit = false
  /// What was said that no command for one message can say.
  private(set) var unspoken: [String] = []
  let walk: SpokenWalk

  var messages: [SpokenMessage] { walk.messages }
  var exchanges: [SpokenExchange] { walk.exchanges }
  /// The first message, where it was sent.
  var message: SpokenMessage? { stage == .data ? messages.first : nil }

  init(_ dialogue: Dialogue, _ options: ExportOptions) {
    walk = SpokenWalk(dialogue)
    readEvents()
    if let target = options.target ?? dialogue.target { readTarget(Array(target.utf8)[...]) }
    for (index, exchange) in walk.exchanges.enumerated() { read(exchange, index) }
    for step in walk.steps { read(step.words) }
    if messages.count > 1 { leaveOut("\(messages.count - 1) more message(s)") }
  }

  private mutating func leaveOut(_ words: String) {
    if unspoken.count < 20, !unspoken.contains(words) { unspoken.append(words) }
  }

  private mutating func readTarget(_ url: ArraySlice<UInt8>) {
    var rest = url
    if let scheme = rest.range(of: "://") {
      let name = rest[..<scheme.lowerBound].text
      if name == "smtps" { tls = .onConnect }
      isLMTP = name == "lmtp"
      rest = rest[scheme.upperBound...]
    }
    rest = rest.prefix { $0 != UInt8(ascii: "/") }
    let portText = rest.last == UInt8(ascii: "]") ? nil : ImportAddress.split(rest)
    if let portText, let number = ImportNumber.decimal(portText.port), (1...65_535).contains(number) {
      port = number
      rest = portText.host
    }
    if rest.first == UInt8(ascii: "["), rest.last == UInt8(ascii: "]") { rest = rest.dropFirst().dropLast() }
    if ImportAddress.name(rest) != nil { host = rest.text }
    if port == 465 { tls = .onConnect }
  }

  private mutating func readEvents() {
    var connections = 0
    for (event, index) in walk.events {
      switch event {
      case .connected(let address):
        connections += 1
        if connections == 1 { readTarget(Array(address.utf8)[...]) }
      case .tls(let summary):
        isVerified = summary.isVerified ?? false
        if index == 0 { tls = .onConnect }
      case .authenticated(let mechanism, let user):
        self.mechanism = mechanism.isEmpty ? nil : mechanism
        self.user = user.isEmpty ? nil : user
      default: break
      }
    }
    if connections > 1 { leaveOut("\(connections - 1) more connection(s)") }
  }
}

// What the client said.
extension SessionOutline {
  private mutating func read(_ exchange: SpokenExchange, _ index: Int) {
    let command = exchange.parsed
    guard let line = exchange.command else { return }
    if line.ending != .crlf { leaveOut("a line that does not end in CRLF") }
    switch command.verb {
    case .ehlo, .helo, .lhlo:
      greeting = greeting ?? (command.verb, Array(command.words.first ?? []))
      isLMTP = isLMTP || command.verb == .lhlo
      reach(.ehlo)
    case .starttls:
      if exchange.reply?.code.isFailure != true { tls = .startTLS }
      reach(.tls)
    case .auth:
      mechanism = mechanism ?? command.words.first?.text
      hasInitialResponse = command.words.count > 1
      reach(.auth)
    case .mail where sender == nil:
      sender = Path(exchange)
      reach(.mail)
    case .rcpt where stage < .data:
      recipients.append(Path(exchange))
      isPipelined = isPipelined || exchange.isPipelined
      reach(.rcpt)
    case .data, .bdat:
      if exchange.reply?.code.isFailure != true { reach(.data) }
      if command.verb == .bdat { leaveOut("BDAT in the place of DATA") }
    case .quit: saysQuit = true
    case .mail: if messages.count < 2 { leaveOut("a second MAIL") }
    case .rcpt: break
    default: readOther(command, exchange, index)
    }
  }

  /// Neither a dot that ends a message nor a response of AUTH is a command.
  private mutating func readOther(_ command: Command, _ exchange: SpokenExchange, _ index: Int) {
    if command.word == [UInt8(ascii: ".")] { return }
    let isResponse = index > 0 && exchanges[index - 1].reply?.code == 334
    if !isResponse { leaveOut(String(command.name.prefix(60))) }
  }

  private mutating func reach(_ stage: Stage) { self.stage = max(self.stage, stage) }

  private mutating func read(_ step: [String]) {
    switch step.first {
    case "starttls":
      tls = .startTLS
      reach(.tls)
    case "tls": tls = .onConnect
    case "auth":
      mechanism = step.count > 1 ? step[1] : mechanism ?? ""
      reach(.auth)
    case "message": reach(.data)
    case "quit": saysQuit = true
    case "connect", nil: break
    case let name?: leaveOut("the step `\(OctetText.readable(Array(name.utf8)))`")
    }
  }
}
