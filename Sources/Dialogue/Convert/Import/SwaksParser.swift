import Failures
import SMTPWire

/// Reads the output of swaks, of 2006 to 2024: all margins, hidden parts, times and TLS.
struct SwaksParser {
  private var sessions = ImportSessions()
  private var recorder = ImportRecorder()
  private var tls = ImportTLS()
  private var address: String?
  private var isTLSFirst = false
  private var isFailing = false
  /// Whether a line of the message showed the CR of its end, so that one without ended in LF.
  private var showsReturns = false
  private let hints: Hints

  /// Which margins a source has; whether there are some is all that matters.
  private struct Hints {
    var sent = 0
    var received = 0

    init(_ octets: [UInt8]) {
      for line in ImportLines(octets) {
        guard let mark = SwaksMark(line.withoutReturns), mark.isSure else { continue }
        switch mark.kind {
        case .sent: sent += 1
        case .received: received += 1
        default: break
        }
        if sent > 0, received > 0 { break }
      }
    }
  }

  private init(_ hints: Hints) { self.hints = hints }

  /// Reads a whole output.
  static func parse(_ octets: [UInt8], session: Int?) -> DialogueImport {
    let hints = Hints(octets)
    if hints.sent == 0, hints.received == 0 { return parseWithoutHints(octets) }
    var parser = SwaksParser(hints)
    for line in ImportLines(octets) { parser.read(line) }
    parser.finish()
    return parser.sessions.result(session)
  }

  /// Output of `--no-hints`, in which lines of both sides have no margin.
  private static func parseWithoutHints(_ octets: [UInt8]) -> DialogueImport {
    var parser = SwaksParser(Hints([]))
    var sorter = UnmarkedLineSorter()
    for line in ImportLines(octets) {
      let text = line.withoutReturns
      if let mark = SwaksMark(text), mark.kind == .words || mark.kind == .failure {
        sorter.sort(into: &parser.recorder)
        parser.read(line)
      } else if parser.address != nil {
        sorter.append(text)
      }
    }
    sorter.sort(into: &parser.recorder)
    parser.finish()
    return parser.sessions.result(1)
  }

  private mutating func read(_ line: ArraySlice<UInt8>) {
    let text = line.withoutReturns
    guard let mark = SwaksMark(text) else { return readUnmarked(text) }
    if !(mark.kind == .words && mark.text.holds("TLS")), !mark.text.begins(with: "  ") { tls.flush(into: &recorder) }
    switch mark.kind {
    case .sent: sent(mark.text, hasReturn: line.count > text.count)
    case .received: received(mark.text)
    case .words: words(mark.text)
    case .failure: failure(mark.text)
    case .dump: break
    }
  }

  /// With the margins of one side alone, what has none is of the other.
  private mutating func readUnmarked(_ text: ArraySlice<UInt8>) {
    if hints.sent == 0, address != nil {
      let isClient = recorder.isInMessage || recorder.expectsResponse || Command(text).verb != .other
      if isClient { recorder.client(text) }
    } else if hints.received == 0, text.isReplyLine {
      recorder.server(text)
    }
  }

  private mutating func sent(_ text: ArraySlice<UInt8>, hasReturn: Bool) {
    guard recorder.isInMessage else {
      showsReturns = false
      return recorder.client(text)
    }
    if recorder.isMessageDue, isCount(text) { return recorder.unseenMessage(octets: nil) }
    showsReturns = showsReturns || hasReturn
    let isBare = showsReturns && !hasReturn && !text.elementsEqual(".".utf8)
    recorder.client(text, ending: isBare ? .bareLF : .crlf)
  }

  /// A line of the server's, or what swaks says in its place.
  private mutating func received(_ text: ArraySlice<UInt8>) {
    if text.begins(with: "Timeout ("), text.holds("waiting for server response") {
      recorder.event(.timeout(EventReason(.timeoutReply, text.text)))
    } else {
      recorder.server(text)
    }
  }

  /// `13 lines sent`, which stands for a message with `--suppress-data`.
  private func isCount(_ text: ArraySlice<UInt8>) -> Bool {
    guard let end = text.range(of: " lines sent"), end.upperBound == text.endIndex else { return false }
    return ImportNumber.decimal(text[..<end.lowerBound]) != nil
  }

  private mutating func finish() {
    tls.flush(into: &recorder)
    if recorder.clientLines + recorder.serverLines > 0 || !recorder.events.isEmpty {
      if recorder.clientLines == 0, recorder.serverLines > 0 {
        recorder.note("the client's lines are not in the source")
      }
      if recorder.serverLines == 0, recorder.clientLines > 0 {
        recorder.note("the server's lines are not in the source")
      }
      sessions.append(recorder, target: address.map { ImportAddress.url($0, isSecureFromStart: isTLSFirst) })
    }
    recorder = ImportRecorder()
    (tls, isTLSFirst, isFailing) = (ImportTLS(), false, false)
  }
}

// What swaks says itself.
extension SwaksParser {
  private mutating func words(_ text: ArraySlice<UInt8>) {
    if let rest = text.behind("Trying ") {
      if recorder.clientLines + recorder.serverLines > 0 { finish() }
      address = ImportAddress.split(rest.droppingDots).flatMap { ImportAddress.socket($0.host, port: $0.port) }
    } else if text.begins(with: "Connected to ") {
      recorder.event(.connected(address ?? ""))
    } else if let rest = text.behind("response in "), rest.last == UInt8(ascii: "s") {
      recorder.move(to: recorder.time + (ImportNumber.seconds(rest.dropLast()) ?? .zero))
    } else if text.begins(with: "Connection closed with remote host") || text.begins(with: "Dropping connection") {
      recorder.event(.closed(by: .us, ""))
    } else {
      tlsWords(text)
    }
  }

  private mutating func tlsWords(_ text: ArraySlice<UInt8>) {
    if let rest = text.behind("TLS started with cipher ") ?? text.behind("TLS started w/ cipher ") {
      let parts = rest.split(separator: UInt8(ascii: ":"))
      isTLSFirst = isTLSFirst || recorder.serverLines == 0
      if parts.count >= 2 {
        tls.begin(version: parts[0], cipher: parts[1])
      } else {
        tls.begin(version: "TLS".utf8, cipher: parts.first ?? [])
      }
    } else if let rest = text.behind("TLS peer DN=") {
      tls.certify(\.subject, rest.filter { $0 != UInt8(ascii: "\"") })
    } else if text.begins(with: "TLS peer[0]"), let range = text.range(of: "subject=[") {
      tls.certify(\.subject, text[range.upperBound...].prefix { $0 != UInt8(ascii: "]") })
    } else if text.holds("passed CA verification"), text.holds("passed host verification") {
      tls.verify(true)
    }
  }

  private mutating func failure(_ text: ArraySlice<UInt8>) {
    if text.begins(with: "Error connecting to ") {
      isFailing = true
    } else if isFailing {
      isFailing = false
      let words = text.split(separator: UInt8(ascii: ":")).last?.trimmed ?? []
      recorder.event(.connectFailed(address ?? "-", EventReason(nil, words.text)))
    } else if text.begins(with: "Remote host closed connection") {
      recorder.event(.closed(by: .peer, ""))
    } else if text.begins(with: "TLS startup failed") {
      recorder.event(.tlsFailed(EventReason(.tlsHandshake, text.text)))
    } else {
      recorder.remark("swaks: \(text.trimmed.text)")
    }
  }
}

extension ArraySlice<UInt8> {
  /// Without the dots that end a sentence.
  var droppingDots: ArraySlice<UInt8> {
    var slice = trimmed
    while slice.last == UInt8(ascii: ".") { slice.removeLast() }
    return slice
  }
}
