import SMTPWire

extension ServerSession {
  /// Takes a command line in: the tests that come before any command, then the command.
  mutating func tookCommand(_ octets: [UInt8]) {
    // A NUL ends the line, as it ends a string in C.
    let line = Array(octets.prefix { $0 != 0 })
    if configuration.smtputf8, !line.isValidUTF8 { return refuseLine(ServerReplies.notUTF8) }
    let words = ServerWordParser.words(of: line)
    guard let first = words.first else { return refuseLine(ServerReplies.emptyLine) }
    let verb = String(decoding: first.octets.map(\.asciiUppercased), as: UTF8.self)
    if configuration.noopCommands.contains(verb) {
      begin(.noop, as: verb)
      return finish(ServerReplies.ok)
    }
    guard let kind = ServerStatistics.Kind(verb: verb) else {
      return unknown(line, verb, isHeader: first.octets.looksLikeHeader)
    }
    begin(kind, as: verb)
    if configuration.tls == .encrypt, tls == nil, !kind.isAllowedInClear { return finish(ServerReplies.needsTLS) }
    if kind.endsGroup || !isExtended { notePipelining() }
    run(kind, verb, Array(words.dropFirst()), line)
  }

  /// A line that is no command at all is an error, but none of the counted commands.
  private mutating func refuseLine(_ reply: Reply) {
    current = nil
    finish(reply)
  }

  private mutating func begin(_ kind: ServerStatistics.Kind, as verb: String) {
    current = kind
    statistics.began(kind)
    place = kind == .unknown ? "UNKNOWN" : verb
  }

  private mutating func unknown(_ line: [UInt8], _ verb: String, isHeader: Bool) {
    begin(.unknown, as: verb)
    let beginsWithLetter = line.first { !$0.isServerBlank }?.isASCIILetter == true
    let isForbidden =
      configuration.forbiddenCommands.contains(verb) || (configuration.forbidsNonLetters && !beginsWithLetter)
    guard isForbidden || isHeader else { return finish(ServerReplies.unknownCommand) }
    log("warning: non-SMTP command from \(client): \(ServerReplies.printable(line.prefix(100)))")
    finish(ServerReplies.forbidden, then: .hangUp, isError: true)
  }

  private mutating func notePipelining() {
    guard framer.bufferedCount > 0, !hasLoggedPipelining else { return }
    hasLoggedPipelining = true
    let text = OctetText.readable(framer.peek(upTo: 100))
    // What waits may be credentials.
    let mayBeSecret = current == .auth || text.uppercased().contains("AUTH")
    log("improper command pipelining after \(place) from \(client): \(mayBeSecret ? "..." : text)")
  }

  private mutating func run(_ kind: ServerStatistics.Kind, _ verb: String, _ words: [ServerWord], _ line: [UInt8]) {
    switch kind {
    case .helo: hello(words, extended: false)
    case .ehlo: hello(words, extended: true)
    case .mail: mail(words)
    case .rcpt: recipient(words)
    case .data: data(words)
    case .bdat: chunk(words, line)
    case .rset: reset(words)
    case .noop: finish(ServerReplies.ok)
    case .vrfy: verify(words)
    case .etrn: etrn(words)
    case .starttls: startTLS(words)
    case .auth: authenticate(words)
    case .quit: finish(ServerReplies.bye, then: .hangUp)
    case .xclient, .xforward: substitute(verb, words)
    case .unknown: finish(ServerReplies.unknownCommand)
    }
  }

  private mutating func hello(_ words: [ServerWord], extended: Bool) {
    guard !words.isEmpty else { return finish(ServerReplies.helloSyntax(extended ? "EHLO" : "HELO")) }
    endTransaction()
    helloName = Self.harmless(words.map(\.octets).joined(separator: [0x20]))
    isExtended = extended
    finish(extended ? offer : Reply(250, configuration.hostname))
  }

  /// A name that cannot deceive in a header.
  private static func harmless(_ name: some Sequence<UInt8>) -> String {
    let deceptive = Set(" <>()\\\";@".utf8)
    return ServerReplies.printable(name.map { deceptive.contains($0) ? UInt8(ascii: "?") : $0 })
  }

  /// The reply to EHLO (RFC 5321 §4.1.1.1).
  private var offer: Reply {
    let keywords = configuration.extensions.filter { keyword in
      let isInPlace =
        switch ExtensionTable.entry(keyword)?.offer {
        case .beforeTLS: tls == nil
        case .underTLS: tls != nil
        default: true
        }
      return isInPlace && configuration.announces(keyword)
    }
    return Reply(250, [configuration.hostname] + keywords.flatMap(lines))
  }

  /// The lines that announce an extension; none where the configuration switches it off.
  private func lines(of keyword: String) -> [String] {
    switch keyword {
    case "SIZE" where configuration.sizeLimit > 0: return ["SIZE \(configuration.sizeLimit)"]
    case "VRFY" where configuration.verifyDisabled: return []
    case "STARTTLS" where configuration.tls == .off: return []
    case "SMTPUTF8" where !configuration.smtputf8: return []
    case "AUTH":
      let mechanisms = offeredMechanisms.joined(separator: " ")
      guard authIsEnabled, !mechanisms.isEmpty, configuration.tls != .encrypt || tls != nil else { return [] }
      return ["AUTH \(mechanisms)"] + (configuration.announcesAuthTwice ? ["AUTH=\(mechanisms)"] : [])
    default: return [keyword]
    }
  }

  private mutating func reset(_ words: [ServerWord]) {
    guard words.isEmpty else { return finish(ServerReplies.syntax("RSET")) }
    endTransaction()
    finish(ServerReplies.ok)
  }

  private mutating func verify(_ words: [ServerWord]) {
    guard !configuration.verifyDisabled else { return finish(ServerReplies.verifyDisabled) }
    guard !words.isEmpty else { return finish(ServerReplies.syntax("VRFY address [SMTPUTF8]")) }
    var words = words
    var smtputf8 = false
    if words.count > 1, configuration.smtputf8, words.last?.octets.equalsIgnoringCase("SMTPUTF8") == true {
      words.removeLast()
      smtputf8 = true
    }
    let argument = Array(words.map(\.octets).joined(separator: [0x20]))
    guard !words.contains(where: \.isUnclosed),
      let address = ServerAddressParser.parse(argument, strict: false), !address.isNull
    else {
      logIllegal(argument, "VRFY")
      return finish(ServerReplies.badRecipient)
    }
    ask(.address(address, .vrfy, smtputf8: smtputf8), .verifySyntax(address, argument))
  }

  private mutating func etrn(_ words: [ServerWord]) {
    if configuration.heloRequired, helloName == nil { return finish(ServerReplies.etrnNeedsHello) }
    if transaction != nil { return finish(ServerReplies.etrnInTransaction) }
    guard words.count == 1, var domain = words.first?.octets else { return finish(ServerReplies.etrnSyntax) }
    if domain.first == UInt8(ascii: "@") || domain.first == UInt8(ascii: "#") { domain.removeFirst() }
    ask(.etrn(domain), .etrn(ServerReplies.printable(domain)))
  }

  private mutating func startTLS(_ words: [ServerWord]) {
    guard words.isEmpty else { return finish(ServerReplies.syntax("STARTTLS")) }
    if tls != nil { return finish(ServerReplies.tlsActive) }
    switch configuration.tls {
    case .off: finish(ServerReplies.notImplemented)
    case .broken: finish(ServerReplies.tlsBroken)
    case .may, .encrypt:
      guard configuration.announces("STARTTLS") else { return finish(ServerReplies.notImplemented) }
      // What came behind the command in clear must never be taken for something said under TLS (CVE-2011-0411).
      _ = framer.takeOctets()
      finish(ServerReplies.readyForTLS, then: .handshake)
    }
  }

  /// XCLIENT and XFORWARD, for which nobody is authorised.
  private mutating func substitute(_ verb: String, _ words: [ServerWord]) {
    if transaction != nil { return finish(ServerReplies.inTransaction) }
    guard !words.isEmpty else { return finish(ServerReplies.syntax("\(verb) attribute=value...")) }
    finish(ServerReplies.notAuthorized)
  }

  /// Notes a word that is no address.
  mutating func logIllegal(_ word: [UInt8], _ verb: String) {
    log("warning: Illegal address syntax from \(client) in \(verb) command: \(ServerReplies.printable(word))")
  }
}

extension ServerStatistics.Kind {
  /// The command of a verb in upper case; nil when there is none.
  init?(verb: String) {
    guard verb != "UNKNOWN", let kind = Self(rawValue: verb.lowercased()) else { return nil }
    self = kind
  }

  /// Whether a server that insists on TLS answers the command in clear.
  var isAllowedInClear: Bool {
    switch self {
    case .helo, .ehlo, .starttls, .xclient, .noop, .quit, .unknown: true
    default: false
    }
  }
}

extension [UInt8] {
  /// Whether the octets are UTF-8.
  var isValidUTF8: Bool {
    if allSatisfy({ $0 < 0x80 }) { return true }
    return String(validating: self, as: UTF8.self) != nil
  }

  /// Whether a word begins like a header field: a name and a colon (RFC 5322 §2.2).
  var looksLikeHeader: Bool {
    let name = prefix { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }
    return !name.isEmpty && dropFirst(name.count).first == UInt8(ascii: ":")
  }
}
