import SMTPWire

/// A line of Postfix's log: when, which process, and what it says.
struct PostfixLogLine {
  /// What the line tells.
  enum Said {
    /// `<`: the peer said it to Postfix. `>`: Postfix said it.
    case heard(ArraySlice<UInt8>)
    case said(ArraySlice<UInt8>)
    case connect(ArraySlice<UInt8>)
    case disconnect
    case lost(ArraySlice<UInt8>)
    case tls(ArraySlice<UInt8>)
  }

  let stamp: ArraySlice<UInt8>
  let process: Int
  /// Whether the process is Postfix's client, which says commands.
  let isClient: Bool
  let said: Said

  /// Takes a line of syslog, or of Postfix's own log file, apart; nil for all that says nothing of a session.
  init?(_ line: ArraySlice<UInt8>) {
    guard let bracket = line.prefix(200).range(of: "]: ") else { return nil }
    let head = line[..<bracket.lowerBound]
    guard let open = head.lastIndex(of: UInt8(ascii: "[")), let process = ImportNumber.decimal(head[(open + 1)...])
    else {
      return nil
    }
    let program = head[..<open].split(whereSeparator: { $0 == 0x20 || $0 == UInt8(ascii: "/") }).last ?? []
    switch program.text {
    case "smtpd", "postscreen": isClient = false
    case "smtp", "lmtp": isClient = true
    default: return nil
    }
    guard let said = Self.said(line[bracket.upperBound...]) else { return nil }
    (stamp, self.process, self.said) = (head, process, said)
  }

  private static func said(_ text: ArraySlice<UInt8>) -> Said? {
    if text.begins(with: "< ") { return line(text).map { .heard($0) } }
    if text.begins(with: "> ") { return line(text).map { .said($0) } }
    if let peer = text.behind("connect from ") { return .connect(peer) }
    if text.begins(with: "disconnect from ") { return .disconnect }
    if text.begins(with: "lost connection after ") || text.begins(with: "timeout after ") { return .lost(text) }
    return text.range(of: "TLS connection established ").map { .tls(text[$0.upperBound...]) }
  }

  /// What stands behind `name[address]: ` or `name[address]:25: `.
  private static func line(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let bracket = text.prefix(400).firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let rest = text[(bracket + 1)...]
    let port = rest.dropFirst().prefix(while: \.isASCIIDigit)
    if !port.isEmpty, rest.first == UInt8(ascii: ":") { return rest[port.endIndex...].behind(": ") }
    return rest.behind(": ") ?? rest.behind(":")
  }

  /// The time since some midnight, or since 1970 where the date is told whole.
  var time: Duration? {
    let words = stamp.words
    if let first = words.first, first.count >= 19, first.dropFirst(10).first == UInt8(ascii: "T") {
      return ImportNumber.timeOfDay(first.dropFirst(11).prefix { $0.isASCIIDigit || $0 == 0x2E || $0 == 0x3A })
    }
    return words.count > 2 ? ImportNumber.timeOfDay(words[2]) : nil
  }

  /// The instant, where the stamp is one (RFC 3339).
  var instant: String? {
    guard let first = stamp.words.first, (20...40).contains(first.count), first[first.startIndex + 10] == 0x54,
      first.allSatisfy({ $0.isASCIIDigit || "-:.TZ+".utf8.contains($0) })
    else { return nil }
    return first.text
  }
}

/// Reads a log of Postfix with `smtpd -v`, in either form of time.
struct PostfixLogParser {
  fileprivate struct Session {
    var recorder = ImportRecorder()
    var start: Duration?
    var clock: String?
  }

  private var finished: [(order: Int, session: Session)] = []
  private var open: [Int: (order: Int, session: Session)] = [:]
  private var count = 0

  /// Reads a whole log.
  static func parse(_ octets: [UInt8], session: Int?) -> DialogueImport {
    var parser = PostfixLogParser()
    for line in ImportLines(octets) {
      if let line = PostfixLogLine(line.withoutReturns) { parser.read(line) }
    }
    return parser.result(session)
  }

  private mutating func read(_ line: PostfixLogLine) {
    if case .connect = line.said { close(line.process) }
    // Taken out, so that what it holds is not copied for each line.
    var entry = open.removeValue(forKey: line.process) ?? (count, Session())
    count = max(count, entry.order + 1)
    if let time = line.time { entry.session.move(to: time) }
    if entry.session.clock == nil { entry.session.clock = line.instant }
    entry.session.read(line)
    open[line.process] = entry
    if case .disconnect = line.said { close(line.process) }
  }

  private mutating func close(_ process: Int) {
    if let ended = open.removeValue(forKey: process) { finished.append(ended) }
  }

  private func result(_ number: Int?) -> DialogueImport {
    let all = (finished + open.values).sorted { $0.order < $1.order }.map(\.session)
      .filter { $0.recorder.clientLines + $0.recorder.serverLines > 0 }
    let index = (number ?? 1) - 1
    guard all.indices.contains(index) else {
      let reason = "no line of a session was found: Postfix logs them with smtpd -v, or debug_peer_list"
      return all.isEmpty ? .nothing(reason) : DialogueImport(sessions: all.count)
    }
    var result = DialogueImport(all[index].recorder, sessions: all.count)
    result.clock = all[index].clock
    if all.count > 1, number == nil { result.notes.append("the source holds \(all.count) sessions; this is number 1") }
    return result
  }
}

extension PostfixLogParser.Session {
  fileprivate mutating func move(to time: Duration) {
    let first = start ?? time
    start = first
    recorder.move(to: time >= first ? time - first : time - first + .seconds(86_400))
  }

  fileprivate mutating func read(_ line: PostfixLogLine) {
    switch line.said {
    case .heard(let text): line.isClient ? recorder.server(text) : recorder.client(text)
    case .said(let text): line.isClient ? recorder.client(text) : recorder.server(text)
    case .connect(let peer): recorder.remark("from \(peer.text)")
    case .disconnect: recorder.event(.closed(by: .us, ""))
    case .lost(let words): recorder.remark(words.text)
    case .tls(let words):
      guard let colon = words.range(of: ": ") else { return }
      var tls = ImportTLS()
      let parts = words[colon.upperBound...].words
      guard parts.count > 3 else { return }
      tls.begin(version: parts[0], cipher: parts[3])
      if let key = parts.firstIndex(where: { $0.elementsEqual("key-exchange".utf8) }), key + 1 < parts.count {
        tls.agree(on: parts[key + 1])
      }
      tls.flush(into: &recorder)
    }
  }
}
