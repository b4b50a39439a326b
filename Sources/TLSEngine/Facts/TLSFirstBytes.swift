/// Judges the first bytes of a peer before OpenSSL sees them: is it TLS, and which version did a server choose?
struct TLSFirstBytes {
  /// What the bytes so far are.
  enum Verdict: Equatable {
    /// Too few to say.
    case undecided
    /// TLS as far as can be seen.
    case tls
    /// A ServerHello that chooses a version older than TLS 1.2, where no extension can choose another.
    case serverHello(TLSVersion)
    /// Text: the peer speaks in clear.
    case text
    /// Neither.
    case garbage
  }

  /// A record header, a handshake header and the version of a ServerHello (RFC 5246 §6.2.1, §7.4).
  private static let helloLength = 11
  private static let headerLength = 5
  /// Text without a line end is noise from here on: a line of SMTP is no longer (RFC 5321 §4.5.3.1.5).
  private static let longest = 512

  /// What the peer sent first.
  private(set) var bytes: [UInt8] = []

  /// Takes some more bytes; those behind the first few are not looked at.
  mutating func append(_ more: some Sequence<UInt8>) {
    bytes.append(contentsOf: more.prefix(Self.longest - bytes.count))
  }

  /// The verdict while more bytes may come.
  var verdict: Verdict {
    guard let first = bytes.first else { return .undecided }
    if Self.isText(first) { return textVerdict }
    guard (20...24).contains(first) || first & 0x80 != 0 else { return .garbage }
    if bytes.count > 1, first & 0x80 == 0, bytes[1] != 3 { return .garbage }
    return first == 22 ? handshakeVerdict : .tls
  }

  /// The verdict when nothing more comes.
  var finalVerdict: Verdict {
    guard verdict == .undecided, let first = bytes.first else { return verdict }
    return Self.isText(first) ? .text : .tls
  }

  /// Text is a first line, or the beginning of a reply.
  private var textVerdict: Verdict {
    let line = bytes.prefix { $0 != 0x0A }
    guard line.allSatisfy(Self.isText) else { return .garbage }
    if line.count < bytes.count || Self.beginsReply(line) { return .text }
    return line.count < Self.longest ? .undecided : .garbage
  }

  private static func beginsReply(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count > 3 else { return false }
    return line.prefix(3).allSatisfy { (0x30...0x39).contains($0) } && (line[3] == 0x20 || line[3] == 0x2D)
  }

  private var handshakeVerdict: Verdict {
    guard bytes.count > Self.headerLength else { return .undecided }
    guard bytes[Self.headerLength] == 2 else { return .tls }
    guard bytes.count >= Self.helloLength else { return .undecided }
    let version = TLSVersion(rawValue: UInt16(bytes[9]) << 8 | UInt16(bytes[10]))
    guard let version, version < .tls12 else { return .tls }
    return .serverHello(version)
  }

  private static func isText(_ byte: UInt8) -> Bool { (0x20..<0x7F).contains(byte) || (0x09...0x0D).contains(byte) }
}
