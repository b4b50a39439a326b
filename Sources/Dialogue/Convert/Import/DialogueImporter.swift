import SMTPWire

/// Reads what other programs write of a session.
///
/// Any octets can be given: what makes no sense is passed over, nothing throws, and memory stays in proportion to the
/// input.
package enum DialogueImporter {
  /// The format of a source, told from its octets; nil when it is none of them.
  package static func detect(_ octets: [UInt8]) -> ImportFormat? {
    if PacketFileReader.isPacketFile(octets) { return .pcap }
    var signs = FormatSigns()
    for (number, line) in ImportLines(octets).enumerated() {
      if number == 20_000 { break }
      signs.look(at: line.withoutReturns)
    }
    return signs.format
  }

  /// The source of a paste that is quoted as in a mail, each line behind `> `; nil where it is not quoted, or is in no form
  /// that is known.
  package static func unquoted(_ octets: [UInt8]) -> [UInt8]? {
    var text: [UInt8] = []
    var count = 0
    for line in ImportLines(octets) {
      guard line.first == UInt8(ascii: ">") else {
        if line.withoutReturns.trimmed.isEmpty { continue }
        return nil
      }
      text += line.dropFirst(line.dropFirst().first == 0x20 ? 2 : 1) + [0x0A]
      count += 1
    }
    return count > 2 && (isDialogue(text) || detect(text) != nil) ? text : nil
  }

  /// Whether a source is a dialogue file already, which `DialogueReader` reads.
  package static func isDialogue(_ octets: [UInt8]) -> Bool {
    var speaks = false
    for (number, source) in ImportLines(octets).enumerated() {
      let line = DialogueLine(source: source)
      if number == 0, line.kind == .note, line.text.begins(with: "parley ") { return true }
      switch line.kind {
      case .unknown: return false
      case .client, .server: speaks = true
      case .step: speaks = true
      case .pattern, .event, .note, .blank: break
      }
      if number == 1000 { break }
    }
    return speaks
  }

  /// Whether a source is nothing that a person could have meant for a dialogue: it does not say that it is one, and most
  /// of its lines are none of a dialogue's.
  package static func isForeign(_ octets: [UInt8]) -> Bool {
    var (known, unknown) = (0, 0)
    for (number, source) in ImportLines(octets).enumerated() {
      let line = DialogueLine(source: source)
      if number == 0, line.kind == .note, line.text.begins(with: "parley ") { return false }
      switch line.kind {
      case .unknown: unknown += 1
      case .client, .server, .step, .pattern, .event: known += 1
      case .note, .blank: break
      }
      if number == 1000 { break }
    }
    return unknown > known
  }

  /// Reads a source of a format. Where it holds several sessions, `session` is the one to take, from 1; without it the
  /// first in which SMTP is spoken.
  package static func read(_ octets: [UInt8], as format: ImportFormat, session: Int? = nil) -> DialogueImport {
    var result: DialogueImport
    switch format {
    case .swaks: result = SwaksParser.parse(octets, session: session)
    case .openssl: result = OpenSSLParser.parse(octets)
    case .telnet: result = TelnetParser.parse(octets)
    case .curl: result = CurlParser.parse(octets, session: session)
    case .postfixLog: result = PostfixLogParser.parse(octets, session: session)
    case .postfixTranscript: result = PostfixTranscriptParser.parse(octets)
    case .rfc: result = ExampleParser.parse(octets)
    case .msmtp: result = MSMTPParser.parse(octets)
    case .pcap: result = PacketSessionParser.parse(octets, session: session)
    }
    if let session, session > max(1, result.sessions) || session < 1 {
      return .nothing("there is no session \(session): the source holds \(result.sessions)", sessions: result.sessions)
    }
    if result.isEmpty, result.notes.isEmpty { result.notes = ["no line of a session was found"] }
    return result
  }
}

/// Counts what is typical of each format.
private struct FormatSigns {
  private var counts: [ImportFormat: Int] = [:]
  private var hasTranscriptTitle = false
  /// Whether the first line that is not empty is a greeting; nil before it.
  private var beginsWithGreeting: Bool?
  /// How many lines are commands that a client can begin with.
  private var commands = 0

  /// The format with enough signs, the surest first.
  var format: ImportFormat? {
    if hasTranscriptTitle, counts[.postfixTranscript, default: 0] > 0 { return .postfixTranscript }
    let order: [ImportFormat] = [.postfixLog, .swaks, .curl, .msmtp, .openssl, .telnet, .rfc]
    if let format = order.first(where: { counts[$0, default: 0] >= ($0 == .postfixLog ? 1 : 2) }) { return format }
    if counts[.postfixTranscript, default: 0] > 2 { return .postfixTranscript }
    // A copy of the screen alone, without telnet's own words.
    return beginsWithGreeting == true && commands > 0 ? .telnet : nil
  }

  mutating func look(at line: ArraySlice<UInt8>) {
    let inner = line.withoutIndent
    if beginsWithGreeting == nil, !inner.isEmpty {
      beginsWithGreeting = line.isReplyLine && line.begins(with: "220")
    }
    if beginsWithGreeting == true, [.ehlo, .helo, .mail, .quit].contains(Command(line).verb) { commands += 1 }
    if inner.begins(with: "Transcript of session follows") { hasTranscriptTitle = true }
    if inner.begins(with: "Out: ") || inner.begins(with: "In:  ") { count(.postfixTranscript) }
    if PostfixLogLine(line) != nil { count(.postfixLog) }
    if let mark = SwaksMark(line) { count(.swaks, mark.isSure ? 2 : 1) }
    if CurlParser.isSign(line) { count(.curl) }
    if MSMTPParser.isSign(line) { count(.msmtp) }
    if OpenSSLParser.isSign(line) { count(.openssl) }
    if TelnetParser.isSign(line) { count(.telnet) }
    if ExampleMark(line) != nil { count(.rfc) }
  }

  private mutating func count(_ format: ImportFormat, _ number: Int = 1) { counts[format, default: 0] += number }
}
