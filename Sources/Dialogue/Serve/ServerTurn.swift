import SMTPWire

/// One thing that a server does or awaits.
struct ServerTurn: Hashable, Sendable {
  enum Content: Hashable, Sendable {
    case accept
    /// A reply to nothing: the greeting.
    case say
    /// A command, or a line of an AUTH exchange, and behind `BDAT` its chunk.
    case hear(DialogueText, isSecret: Bool)
    /// The lines of a message up to the dot; `isWhole` says whether the script has them all.
    case message([DialogueText], isWhole: Bool)
    /// The whole of an authentication, by any mechanism or this one.
    case authenticate(mechanism: String?)
    case startTLS
    case close
    case reset
    case expectClose
  }

  let place: ScriptPlace
  var content: Content
  /// What is answered; nil before the script has said it.
  var reply: [WireLine]?
  /// How long the answer is held back.
  var delay = Duration.zero
  /// Whether there is no answer at all.
  var isSilent = false
  /// Whether the TLS handshake follows the answer.
  var startsTLS = false

  /// The expected line.
  var expected: DialogueText? {
    if case .hear(let text, _) = content { text } else { nil }
  }

  /// What is awaited, as the object of a sentence.
  var object: String {
    switch content {
    case .hear(_, isSecret: true): "an answer in the AUTH exchange"
    case .hear(let text, _): Command(text.octets).name
    case .message: "the message"
    case .authenticate: "AUTH"
    case .accept, .say, .startTLS, .close, .reset, .expectClose: "nothing more"
    }
  }
}

/// Replies for where a script leaves the words to the server.
enum ServerWords {
  /// What a server says to a command that the script does not answer.
  static func reply(to verb: Command.Verb) -> [WireLine] {
    switch verb {
    case .data: [WireLine("354 End data with <CR><LF>.<CR><LF>")]
    case .quit: [WireLine("221 2.0.0 Bye")]
    case .auth: [WireLine("235 2.7.0 Authentication successful")]
    case .starttls: [WireLine("220 2.0.0 Ready to start TLS")]
    case .ehlo, .helo, .lhlo: [WireLine("250 server.example")]
    default: [WireLine("250 2.0.0 Ok")]
    }
  }

  /// A line that an `S:` line expects: the first of its codes, a digit for each wildcard, words where it has none.
  static func line(_ written: DialogueText, isRecorded: Bool, variables: [String: [UInt8]]) -> WireLine {
    let octets = written.octets { variables[$0] ?? Array("${\($0)}".utf8) }
    let head = octets.prefix { $0 != 0x20 && $0 != UInt8(ascii: "-") }
    guard !isRecorded, let pattern = ReplyCodePattern(head), let first = pattern.alternatives.first else {
      return WireLine(octets, ending: written.ending)
    }
    let code = first.map {
      $0.isASCIIDigit ? $0 : $0 == UInt8(ascii: "x") ? 0x32 : $0 == UInt8(ascii: "y") ? 0x35 : 0x30
    }
    let rest = octets.dropFirst(head.count)
    return WireLine(code + (rest.isEmpty ? words(for: code) : Array(rest)), ending: written.ending)
  }

  private static func words(for code: [UInt8]) -> [UInt8] {
    switch String(decoding: code, as: UTF8.self) {
    case "220": Array(" server.example ESMTP".utf8)
    case "221": Array(" 2.0.0 Bye".utf8)
    case "354": Array(" End data with <CR><LF>.<CR><LF>".utf8)
    case let code where code.hasPrefix("2"): Array(" Ok".utf8)
    case let code where code.hasPrefix("3"): Array(" Go on".utf8)
    default: Array(" Refused".utf8)
    }
  }
}
