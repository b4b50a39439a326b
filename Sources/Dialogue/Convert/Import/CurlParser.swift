import SMTPWire

/// Reads what curl tells of a session: `-v`, `--trace`, `--trace-ascii`, each with times or without.
struct CurlParser {
  private var sessions = ImportSessions()
  private var recorder = ImportRecorder()
  private var tls = ImportTLS()
  private var address: String?
  private var isTLSFirst = false
  private var isClosed = false
  private var start: Duration?
  private var block: CurlTraceBlock?
  private var clientFramer = LineFramer()
  private var serverFramer = LineFramer()

  /// Whether a line is one that curl writes.
  static func isSign(_ line: ArraySlice<UInt8>) -> Bool {
    let line = stamped(line).text
    if line.begins(with: "== Info: ") || line.begins(with: "<= Recv ") || line.begins(with: "=> Send ") { return true }
    if let text = line.behind("* ") {
      return text.withoutIndent.begins(with: "Trying ") || text.begins(with: "Connected to ")
    }
    if let text = line.behind("< ") { return text.isReplyLine }
    return line.behind("> ").map { Command($0).verb != .other } ?? false
  }

  /// Reads a whole output.
  static func parse(_ octets: [UInt8], session: Int?) -> DialogueImport {
    var parser = CurlParser()
    for line in ImportLines(octets) { parser.read(line) }
    parser.endBlock()
    parser.finish()
    return parser.sessions.result(session)
  }

  private mutating func read(_ source: ArraySlice<UInt8>) {
    let (time, text) = Self.stamped(source.withoutReturns)
    if block?.append(text) == true { return }
    endBlock()
    if let time { recorder.move(to: elapsed(time)) }
    if let words = text.behind("* ") ?? text.behind("== Info: ") {
      told(words.withoutIndent)
    } else if let line = text.behind("> ") {
      tls.flush(into: &recorder)
      recorder.client(line)
    } else if let line = text.behind("< ") {
      tls.flush(into: &recorder)
      recorder.server(line)
    } else if let line = text.behind("} [") {
      let count = ImportNumber.decimal(line.prefix(while: \.isASCIIDigit))
      recorder.unseenMessage(octets: tls.isActive ? nil : count)
    } else {
      block = CurlTraceBlock(text)
    }
  }

  /// The time since the first one; past midnight the time of day begins anew.
  private mutating func elapsed(_ time: Duration) -> Duration {
    let first = start ?? time
    start = first
    return time >= first ? time - first : time - first + .seconds(86_400)
  }

  private mutating func endBlock() {
    guard let ended = block else { return }
    block = nil
    let octets = ended.finish()
    switch ended.direction {
    case .client:
      tls.flush(into: &recorder)
      clientFramer.append(octets)
      while let line = clientFramer.next() { recorder.client(line.octets, ending: line.ending) }
      if ended.isASCII, recorder.isMessageDue {
        recorder.note("curl writes a dot for each octet of a message that is not printable ASCII")
      }
    case .server:
      tls.flush(into: &recorder)
      // A message without a line end gets one from curl, which does not show it.
      if let rest = clientFramer.finish() { recorder.client(rest.octets) }
      serverFramer.append(octets)
      while let line = serverFramer.next() { recorder.server(line.octets, ending: line.ending) }
    case .other: break
    }
  }

  private mutating func finish() {
    tls.flush(into: &recorder)
    if !recorder.events.isEmpty {
      sessions.append(recorder, target: address.map { ImportAddress.url($0, isSecureFromStart: isTLSFirst) })
    }
    recorder = ImportRecorder()
    (tls, isTLSFirst, isClosed, start) = (ImportTLS(), false, false, nil)
    (clientFramer, serverFramer) = (LineFramer(), LineFramer())
  }

  /// Takes the progress meter, the time and the number of the transfer off the beginning of a line.
  private static func stamped(_ line: ArraySlice<UInt8>) -> (time: Duration?, text: ArraySlice<UInt8>) {
    var text = line
    if text.first == 0x0D, let meter = text.lastRange(of: "--:--:--") {
      text = text[meter.upperBound...].drop { $0.isASCIIBlank || $0.isASCIIDigit || ".kMGT".utf8.contains($0) }
    }
    var time: Duration?
    let stamp = text.prefix { $0 != 0x20 }
    if (8...16).contains(stamp.count), let value = ImportNumber.timeOfDay(stamp) {
      time = value
      text = text.dropFirst(stamp.count + 1)
    }
    if text.first == UInt8(ascii: "["), let end = text.prefix(24).firstIndex(of: UInt8(ascii: "]")),
      text[text.startIndex + 1..<end].allSatisfy({ $0.isASCIIDigit || $0 == UInt8(ascii: "-") || $0 == 0x78 })
    {
      text = text[(end + 1)...].withoutIndent
    }
    return (time, text)
  }
}

// What curl says itself.
extension CurlParser {
  private mutating func told(_ words: ArraySlice<UInt8>) {
    if words.begins(with: "Trying ") {
      if recorder.clientLines + recorder.serverLines > 0 { finish() }
    } else if words.begins(with: "Connected to ") || words.begins(with: "Established connection to ") {
      address = Self.address(in: words)
      recorder.event(.connected(address ?? ""))
    } else if let rest = words.behind("connect to "), let failed = rest.range(of: " failed: ") {
      let parts = rest[..<failed.lowerBound].words
      let peer = parts.count >= 3 ? ImportAddress.socket(parts[0], port: parts[2]) : nil
      recorder.event(.connectFailed(peer ?? "-", EventReason(nil, rest[failed.upperBound...].text)))
    } else if words.begins(with: "Closing connection") || words.holds("left intact") {
      close(.closed(by: .us, ""))
    } else if words.begins(with: "Recv failure: Connection reset") {
      close(.reset("by peer"))
    } else {
      tlsWords(words)
    }
  }

  private mutating func close(_ event: SessionEvent) {
    tls.flush(into: &recorder)
    if !isClosed { recorder.event(event) }
    isClosed = true
  }

  private mutating func tlsWords(_ words: ArraySlice<UInt8>) {
    if let rest = words.behind("SSL connection using ") {
      let parts = rest.split(separator: UInt8(ascii: "/")).map(\.trimmed)
      isTLSFirst = isTLSFirst || recorder.serverLines == 0
      tls.begin(version: parts.first ?? [], cipher: parts.count > 1 ? parts[1] : [])
      if parts.count > 2 { tls.agree(on: parts[2]) }
    } else if let rest = words.behind("subject: ") {
      tls.certify(\.subject, rest)
    } else if let rest = words.behind("issuer: ") {
      tls.certify(\.issuer, rest)
    } else if let rest = words.behind("expire date: ") {
      tls.certify(\.until, rest)
    } else if words.begins(with: "SSL certificate verify ok") {
      tls.verify(true)
    }
  }

  /// The address in `(192.0.2.1) port 25` or `(192.0.2.1 port 25)`.
  private static func address(in words: ArraySlice<UInt8>) -> String? {
    let plain = words.map { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")") ? 0x20 : $0 }
    let parts = plain[...].words
    guard let port = parts.firstIndex(where: { $0.elementsEqual("port".utf8) }), port > 0, port + 1 < parts.count else {
      return nil
    }
    return ImportAddress.socket(parts[port - 1], port: parts[port + 1])
  }
}

extension ArraySlice<UInt8> {
  /// Where the octets of a text stand last.
  func lastRange(of text: String) -> Range<Int>? {
    var found: Range<Int>?
    var rest = self
    while let range = rest.range(of: text) {
      found = range
      rest = rest[range.upperBound...]
    }
    return found
  }
}
