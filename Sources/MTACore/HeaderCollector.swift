import SMTPSession

/// Reads the header at the beginning of a message and keeps what is to be stored of it.
struct HeaderCollector {
  /// The fields that are kept, lines ended by LF.
  private(set) var octets: [UInt8] = []
  /// The number of Received fields.
  private(set) var hops = 0
  /// The value of Message-Id.
  private(set) var messageID: String?
  private var names: Set<String> = []
  private var isDropping = false

  /// Fields that are never stored (`message_drop_headers`), in lower case.
  private static let dropped: Set<String> = ["bcc", "content-length", "resent-bcc", "return-path"]

  /// Whether a field of this name came, upper and lower case being the same.
  func has(_ name: String) -> Bool { names.contains(name.lowercased()) }

  /// Whether the message was sent again by somebody (RFC 5322 §3.6.6).
  var isResent: Bool { names.contains { $0.hasPrefix("resent-") } }

  /// Reads a message up to its body and returns where that begins: at the empty line, or at a line that is no header.
  mutating func collect(_ text: [UInt8]) -> Int {
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A) ?? text.count
      let line = text[start..<end]
      guard take(line) else { return start }
      start = min(end + 1, text.count)
    }
    return start
  }

  private mutating func take(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first else { return false }
    if first == 0x20 || first == 0x09 {
      guard !names.isEmpty else { return false }
      if !isDropping { keep(line) }
      return true
    }
    if names.isEmpty, Self.isMailboxLine(line) {
      octets += "X-Mailbox-Line: ".utf8
      keep(line)
      return true
    }
    return takeField(line)
  }

  private mutating func takeField(_ line: ArraySlice<UInt8>) -> Bool {
    let name = line.prefix { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }
    let rest = line[name.endIndex...].drop { $0 == 0x20 || $0 == 0x09 }
    guard !name.isEmpty, rest.first == UInt8(ascii: ":") else { return false }
    let key = String(decoding: name, as: UTF8.self).lowercased()
    names.insert(key)
    isDropping = Self.dropped.contains(key)
    guard !isDropping else { return true }
    if key == "received" { hops += 1 }
    if key == "message-id", messageID == nil {
      messageID = ServerReplies.printable(rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 })
    }
    octets += name
    keep(rest)
    return true
  }

  private mutating func keep(_ line: ArraySlice<UInt8>) {
    octets += line
    octets.append(0x0A)
  }

  /// The separator of an mbox file, which some clients leave in front of the header.
  private static func isMailboxLine(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: "From ".utf8) || line.starts(with: ">From ".utf8)
  }
}
