import SMTPWire

/// A digest that takes octets in as they come.
package protocol OctetDigest: Sendable {
  /// Takes octets in.
  mutating func update(_ octets: [UInt8])
  /// The digest of all octets.
  mutating func finish() -> [UInt8]
}

/// Leaves the greater part of long messages out of a recording, and keeps their SHA-256 and their size instead.
///
/// It stands between the events of a session and what writes them. Of each message the first whole lines up to a number of
/// octets stay, so that its header can be read; what is left out is one event, `* elided sha256=… octets=…`, about the
/// octets as they were on the wire, CRLF and doubled dots included.
package struct DataElider: Sendable {
  private let keeping: Int
  private let makeDigest: @Sendable () -> any OctetDigest
  private var sent = SentLineTracker()
  private var replies = ReplyParser()
  /// The octets of the present message that were passed on.
  private var kept = 0
  private var digest: (any OctetDigest)?
  /// The octets of the present message that were left out.
  private var elided = 0
  private var isAtLineStart = true

  /// Makes an elider that keeps so many octets of each message, and makes digests (SHA-256) of the rest.
  package init(keeping: Int = 4096, digest: @escaping @Sendable () -> any OctetDigest) {
    self.keeping = keeping
    makeDigest = digest
  }

  /// The events to record for one that happened.
  package mutating func pass(_ event: TimedEvent) -> [TimedEvent] {
    switch event.event {
    case .sent(let line): return pass(line, event)
    case .received(let line):
      if case .reply(let reply) = replies.receive(line) { _ = sent.receive(reply) }
      return end(at: event.time) + [event]
    case .event(.connected):
      sent.connect()
      replies = ReplyParser()
      return end(at: event.time) + [event]
    case .event: return end(at: event.time) + [event]
    case .note: return [event]
    }
  }

  /// What is to be recorded when the session ends within a message.
  package mutating func finish(at time: Duration) -> [TimedEvent] { end(at: time) }

  private mutating func pass(_ line: OutgoingLine, _ event: TimedEvent) -> [TimedEvent] {
    let wasInMessage = sent.isInMessage
    let startsLine = isAtLineStart
    isAtLineStart = line.ending == .crlf
    let octets = line.wireOctets
    sent.send(DialogueText([.octets(line.octets)], ending: line.ending))
    let endsMessage = wasInMessage && startsLine && !sent.isInMessage && octets == Array(".\r\n".utf8)
    guard wasInMessage, !endsMessage else {
      kept = 0
      return end(at: event.time) + [event]
    }
    if digest == nil, kept + octets.count <= keeping {
      kept += octets.count
      return [event]
    }
    var digest = digest ?? makeDigest()
    digest.update(octets)
    self.digest = digest
    elided += octets.count
    return sent.isInMessage ? [] : end(at: event.time)
  }

  private mutating func end(at time: Duration) -> [TimedEvent] {
    guard var digest else { return [] }
    let data = ElidedData(count: elided, digest: digest.finish())
    self.digest = nil
    elided = 0
    kept = 0
    return [TimedEvent(time, .event(.elided(data)))]
  }
}

/// What `* elided` says about the octets that were left out.
package struct ElidedData: Hashable, Sendable {
  /// The greatest number of octets that can be told.
  static let maximumCount = 999_999_999_999

  /// The number of octets on the wire.
  let count: Int
  /// Their SHA-256.
  let digest: [UInt8]

  init(count: Int, digest: [UInt8]) {
    self.count = count
    self.digest = digest
  }

  /// Reads the details of the event; nil when they tell no number.
  init?(_ text: Substring) {
    let words = Array(text.utf8).split { $0.isASCIIBlank }
    guard let digits = Self.value(of: "octets=", in: words), (1...12).contains(digits.count),
      digits.allSatisfy(\.isASCIIDigit)
    else { return nil }
    count = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    let text = Array(Self.value(of: "sha256=", in: words) ?? [])
    digest = stride(from: 0, to: text.count - 1, by: 2).compactMap { index in
      guard let high = text[index].hexadecimalValue, let low = text[index + 1].hexadecimalValue else { return nil }
      return high << 4 | low
    }
  }

  /// The details of the event.
  var details: [UInt8] {
    let digits = digest.flatMap(\.hexadecimal).map { (0x41...0x46).contains($0) ? $0 + 0x20 : $0 }
    return Array("sha256=".utf8) + digits + Array(" octets=\(count)".utf8)
  }

  private static func value(of name: String, in words: [ArraySlice<UInt8>]) -> ArraySlice<UInt8>? {
    words.first { $0.starts(with: name.utf8) }?.dropFirst(name.utf8.count)
  }
}

/// Lines that stand for octets that were left out, of the same number.
struct FillerLines: Hashable, Sendable {
  /// The octets still to give.
  private(set) var left: Int

  /// The next line: 76 letters and CRLF, or what is left. Only a single octet has no CRLF behind it.
  mutating func next() -> DialogueText? {
    guard left > 0 else { return nil }
    if left == 1 {
      left = 0
      return DialogueText([.octets([UInt8(ascii: "x")])], ending: .none)
    }
    // A rest of one octet would be a line without an ending.
    let length = left == 79 ? 77 : min(78, left)
    left -= length
    let letters = [UInt8](repeating: UInt8(ascii: "x"), count: length - 2)
    return DialogueText(letters.isEmpty ? [] : [.octets(letters)])
  }
}
