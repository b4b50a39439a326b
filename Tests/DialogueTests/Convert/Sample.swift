import Dialogue
import FoundationEssentials
import SMTPWire

/// What real programs wrote of sessions with a private Postfix, some with user alice and her password: swaks 20201014,
/// curl 7.88, openssl 3.0, telnet, msmtp 1.8, Postfix 3.7, tcpdump 4.99, editcap 4.0.
///
/// Of two logs only the lines about the session are left, of one trace the TLS records are cut short.
enum Sample {
  static func octets(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Samples")
    return Array(try Data(contentsOf: folder.appending(path: name)))
  }

  /// The session of a sample, whose format must be found.
  static func session(_ name: String) throws -> DialogueImport {
    let octets = try octets(name)
    guard let format = DialogueImporter.detect(octets) else { return DialogueImporter.read([], as: .rfc) }
    return DialogueImporter.read(octets, as: format)
  }

  static let formats: [(name: String, format: ImportFormat)] = [
    ("swaks-plain.txt", .swaks), ("swaks-tls-auth.txt", .swaks), ("swaks-login-protected.txt", .swaks),
    ("swaks-times.txt", .swaks), ("swaks-tlsc.txt", .swaks), ("swaks-pipeline.txt", .swaks),
    ("swaks-hide-send.txt", .swaks), ("swaks-hide-receive.txt", .swaks), ("swaks-suppress.txt", .swaks),
    ("swaks-no-hints.txt", .swaks), ("swaks-refused.txt", .swaks), ("swaks-auth-refused.txt", .swaks),
    ("curl-v.txt", .curl), ("curl-v-tls.txt", .curl), ("curl-v-time.txt", .curl), ("curl-v-meter.txt", .curl),
    ("curl-refused.txt", .curl), ("curl-trace-ascii.txt", .curl), ("curl-trace.txt", .curl),
    ("openssl.txt", .openssl), ("openssl-tty.txt", .openssl), ("openssl-tty-r.txt", .openssl),
    ("openssl-quiet.txt", .openssl), ("telnet.txt", .telnet), ("telnet-piped.txt", .telnet),
    ("msmtp-plain.txt", .msmtp), ("msmtp-tls-auth.txt", .msmtp), ("smtpd-v.txt", .postfixLog),
    ("smtpd-v-auth.txt", .postfixLog), ("smtpd-v-login.txt", .postfixLog),
    ("transcript-1.txt", .postfixTranscript), ("transcript-2.txt", .postfixTranscript), ("plain.pcap", .pcap),
    ("any.pcap", .pcap), ("any1.pcap", .pcap), ("auth-nano.pcap", .pcap), ("starttls.pcap", .pcap),
    ("plain.pcapng", .pcap),
  ]
  static let names = formats.map(\.name)
}

extension DialogueImport {
  /// The lines of both sides as they stand in the dialogue file, without times.
  var spoken: [String] {
    dialogue.lines.filter { $0.kind == .client || $0.kind == .server }.map { line in
      (line.kind == .client ? "C: " : "S: ") + String(decoding: line.text, as: UTF8.self)
    }
  }

  /// The client's lines.
  var commands: [String] { spoken.filter { $0.hasPrefix("C: ") }.map { String($0.dropFirst(3)) } }

  /// The events, each as it stands behind the asterisk.
  var happened: [String] {
    dialogue.lines.filter { $0.kind == .event }.map { String(decoding: $0.text, as: UTF8.self) }
  }
}
