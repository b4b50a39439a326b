import SMTPWire

// What is true of a whole dialogue.
extension DialogueComparer {
  /// Compares the use of TLS, the certificates, and how the connections ended; what one dialogue does not tell is no
  /// difference.
  mutating func compareFacts() {
    if first.usesTLS != second.usesTLS {
      let name = first.usesTLS ? result.nameB : result.nameA
      add(.tls, first.firstTLS, second.firstTLS, "\(name) has no TLS.")
    }
    for (one, other) in zip(first.handshakes, second.handshakes) { compareHandshakes(one, other) }
    for (index, (one, other)) in zip(first.certificates, second.certificates).enumerated() {
      compareCertificates(one, other, index + 1)
    }
    for (one, other) in zip(first.endings, second.endings) { compareEndings(one, other) }
  }

  private mutating func compareHandshakes(_ one: Int, _ other: Int) {
    let (before, after) = (first.handshake(one), second.handshake(other))
    for ((name, before), (_, after)) in zip(before, after) where before != after && !before.isEmpty && !after.isEmpty {
      add(.tls, one + 1, other + 1, "TLS \(name): \(before) → \(after) in \(result.nameB).")
    }
  }

  private mutating func compareCertificates(_ one: Int, _ other: Int, _ number: Int) {
    let (before, after) = (first.fields(one), second.fields(other))
    for (name, value) in before {
      guard let another = after.first(where: { $0.name == name })?.value, another != value else { continue }
      add(
        .certificate, one + 1, other + 1, "Certificate \(number), \(name): \(value) → \(another) in \(result.nameB).")
    }
  }

  private mutating func compareEndings(_ one: Int, _ other: Int) {
    let (before, after) = (first.ending(one, level), second.ending(other, level))
    if before == after { return }
    add(.ending, one + 1, other + 1, "\(result.nameB) ends with “\(after)” instead of “\(before)”.")
  }
}

extension ComparedDialogue {
  /// The number of the line at which TLS begins, from 1.
  fileprivate var firstTLS: Int? {
    handshakes.first.map { $0 + 1 } ?? exchanges.first { $0.verb == .starttls && $0.code == 220 }?.number
  }

  /// What a handshake agreed on, safe to show.
  fileprivate func handshake(_ index: Int) -> [(name: String, value: String)] {
    guard case .tls(let tls)? = dialogue.lines[index].sessionEvent else { return [] }
    let verdict = tls.isVerified.map { $0 ? "verified" : "unverified" } ?? ""
    return [("version", tls.version), ("cipher", tls.cipher), ("key exchange", tls.group), ("verification", verdict)]
      .map { ($0.0, DialogueDiagnostic.shown(Array($0.1.utf8).prefix(200))) }
  }

  /// The fields of a certificate, safe to show.
  fileprivate func fields(_ index: Int) -> [(name: String, value: String)] {
    guard case .certificate(let certificate)? = dialogue.lines[index].sessionEvent else { return [] }
    return certificate.fields.map { ($0.name, DialogueDiagnostic.shown(Array($0.value.utf8).prefix(200))) }
  }

  /// How a connection ended; at level `exact` with all that is told about it.
  fileprivate func ending(_ index: Int, _ level: MatchLevel) -> String {
    let text = dialogue.lines[index].text
    return DialogueDiagnostic.shown(level == .exact ? text.prefix(200) : text.prefix { !$0.isASCIIBlank })
  }
}

// What the client said.
extension DialogueComparer {
  /// Compares the words of two commands, or the text of two messages.
  mutating func compareWords(of one: ComparedExchange, _ other: ComparedExchange) {
    switch one.kind {
    case .command:
      let (line, another) = (first.dialogue.lines[Int(one.line)], second.dialogue.lines[Int(other.line)])
      if line.text == another.text { return }
      let isSame =
        level == .exact
        ? line.content == another.content : CommandText.fold(line.text) == CommandText.fold(another.text)
      // Where the keys differ the commands have been told already.
      if isSame || one.key != other.key { return }
      add(
        .command, one.number, other.number,
        "\(result.nameA) says \(first.written(one)) where \(result.nameB) says \(second.written(other)).")
    case .messageEnd: compareMessages(one, other)
    case .greeting, .authentication, .unprompted: return
    }
  }

  private mutating func compareMessages(_ one: ComparedExchange, _ other: ComparedExchange) {
    var left = MessageLines(first.dialogue, one, foldsFields: level == .text)
    var right = MessageLines(second.dialogue, other, foldsFields: level == .text)
    while true {
      let (line, another) = (left.next(), right.next())
      if line == nil, another == nil { return }
      if left.isElided || right.isElided { return }
      if let line, let another, line.text == another.text { continue }
      return add(
        .message, line?.number ?? one.number, another?.number ?? other.number, "The message differs from here on.")
    }
  }
}

/// Makes a command's words comparable at level `text`.
enum CommandText {
  /// Fields of a message that differ each time it is sent.
  static let volatileFields: Set<String> = [
    "date", "message-id", "received", "x-mailer", "user-agent", "dkim-signature", "resent-date", "resent-message-id",
  ]

  /// The verb and the parameters in upper case, the parameters sorted, without blanks that mean nothing; the name in
  /// EHLO, the value of SIZE and what AUTH sends left out.
  static func fold(_ text: ArraySlice<UInt8>) -> [[UInt8]] {
    let command = Command(text)
    switch command.verb {
    case .ehlo, .helo, .lhlo: return [Array(command.verb.rawValue.utf8)]
    case .auth: return [Array("AUTH".utf8), upper(command.words.first ?? [])]
    case .bdat: return [Array("BDAT".utf8), upper(command.words.dropFirst().first ?? [])]
    case .mail, .rcpt:
      let path = CommandKey.path(command.argument)
      let parameters = command.argument[path.endIndex...].split { $0.isASCIIBlank }.dropFirst()
        .filter { !$0.prefix(5).equalsIgnoringCase("SIZE=") }.map(upper)
      return [Array(command.verb.rawValue.utf8), Array(path)] + parameters.sorted { $0.lexicographicallyPrecedes($1) }
    default: return [command.word.map(\.asciiUppercased)] + command.words.map(Array.init)
    }
  }

  private static func upper(_ word: ArraySlice<UInt8>) -> [UInt8] { word.map(\.asciiUppercased) }
}

/// The lines of a message, those fields left out that differ each time.
struct MessageLines {
  private let lines: [DialogueLine]
  private let foldsFields: Bool
  private var index: Int
  private let end: Int
  private var fields = VolatileFieldFilter()
  /// Whether a part of the message is not recorded; then there is nothing more to compare.
  private(set) var isElided = false

  init(_ dialogue: Dialogue, _ exchange: ComparedExchange, foldsFields: Bool) {
    lines = dialogue.lines
    self.foldsFields = foldsFields
    end = Int(exchange.line)
    index = exchange.bodyStart >= 0 ? Int(exchange.bodyStart) : end
  }

  /// The next line and its number from 1; nil at the end.
  mutating func next() -> (text: ArraySlice<UInt8>, number: Int)? {
    while index < end {
      let line = lines[index]
      index += 1
      if case .elided? = line.sessionEvent { isElided = true }
      guard line.kind == .client else { continue }
      let text = line.text
      if foldsFields, fields.isVolatile(text) { continue }
      return (text, index)
    }
    return nil
  }
}
