import SMTPWire

/// Reads what `openssl s_client` left in a terminal (with the client's lines) or a pipe (without them).
struct OpenSSLParser {
  private var recorder = ImportRecorder()
  private var sorter = UnmarkedLineSorter()
  private var tls = ImportTLS()
  private var isCertificate = false
  /// Whether openssl tells of the connection, between two lines of hyphens.
  private var isTelling = false
  private var isToldWhole = false
  private var lines: [ArraySlice<UInt8>] = []
  private var hasBegun = false
  private var isTLSFirst = false
  /// Whether the log is of version 3.2 or later, which says to which address it connects, and EHLO with another name.
  private var isRecent = false
  /// What a command line above the log names.
  private var address: String?

  /// Whether a line is one that s_client writes.
  static func isSign(_ line: ArraySlice<UInt8>) -> Bool {
    [
      "CONNECTED(", "SSL handshake has read", "-----BEGIN CERTIFICATE-----", "verify return:", "depth=",
      "Certificate chain", "Verify return code:",
    ].contains { line.withoutIndent.begins(with: $0) }
  }

  /// Reads a whole log.
  static func parse(_ octets: [UInt8]) -> DialogueImport {
    var parser = OpenSSLParser()
    for source in ImportLines(octets) { parser.read(TerminalLine.edited(source.withoutReturns)) }
    parser.speak()
    parser.tls.flush(into: &parser.recorder)
    if parser.recorder.clientLines == 0, parser.recorder.serverLines > 0 {
      parser.recorder.note("the client's lines are not in the source")
    }
    let isTLSFirst = parser.isTLSFirst
    return DialogueImport(
      parser.recorder, target: parser.address.map { ImportAddress.url($0, isSecureFromStart: isTLSFirst) })
  }

  private mutating func read(_ line: ArraySlice<UInt8>) {
    // A block that was cut out of the log has no end of its own.
    if isTelling || isCertificate, isSpoken(line) { (isTelling, isCertificate) = (false, false) }
    if isCertificate || line.begins(with: "-----BEGIN ") {
      isCertificate = !line.begins(with: "-----END ")
    } else if line.elementsEqual("---".utf8) {
      if !isTelling { isToldWhole = false }
      isTelling = !isToldWhole
    } else if line.isReplyLine {
      hasBegun = true
      lines.append(line)
    } else if !quirk(line), !fact(line), !isTelling, hasBegun, !isNoise(line) {
      lines.append(line)
    }
  }

  /// Whether a line ends what openssl tells: a reply, the end of a read, or, in a session, a command.
  private func isSpoken(_ line: ArraySlice<UInt8>) -> Bool {
    line.isReplyLine || line.begins(with: "read R BLOCK") || (hasBegun && Command(line).verb != .other)
  }

  /// What s_client does with the letters that it takes for itself: such a line never reached the server.
  private mutating func quirk(_ line: ArraySlice<UInt8>) -> Bool {
    switch line {
    case _ where line.elementsEqual("RENEGOTIATING".utf8): takeBack("R")
    case _ where line.elementsEqual("KEYUPDATE".utf8): takeBack("K")
    case _ where line.elementsEqual("DONE".utf8):
      takeBack("Q")
      end(.closed(by: .us, ""))
    case _ where line.elementsEqual("closed".utf8) || line.begins(with: "read:errno=0"): end(.closed(by: .peer, ""))
    case _ where line.begins(with: "read:errno=") || line.begins(with: "write:errno="): end(.reset("by peer"))
    default: return false
    }
    return true
  }

  private mutating func takeBack(_ letter: String) {
    let sent = lines.lastIndex(where: \.isReplyLine).map { $0 + 1 } ?? 0
    guard let index = lines.lastIndex(where: { $0.begins(with: letter) }), index >= sent else { return }
    // Behind Q nothing is read any more.
    if letter == "Q" { lines.removeSubrange(index...) } else { lines.remove(at: index) }
    speak()
    recorder.remark("a line that began with \(letter) was typed here; openssl took it for a command of its own")
    recorder.note("openssl took a line that began with \(letter) for its own command: the server never saw it")
  }

  private mutating func end(_ event: SessionEvent) {
    speak()
    recorder.event(event)
  }

  /// Hands the lines on; before the first of them stands what openssl did by itself.
  private mutating func speak() {
    guard !lines.isEmpty else { return }
    if recorder.serverLines == 0 {
      if lines[0].begins(with: "250 ") { beginWithSTARTTLS() } else { beginWithTLS() }
    }
    for line in lines { sorter.append(line) }
    lines = []
    sorter.sort(into: &recorder)
  }

  private mutating func beginWithTLS() {
    isTLSFirst = true
    tls.flush(into: &recorder)
  }

  /// With -starttls openssl speaks first, and shows no more than the last line of the reply to its EHLO.
  private mutating func beginWithSTARTTLS() {
    lines.removeFirst()
    recorder.remark("openssl said EHLO and STARTTLS itself and does not show it")
    recorder.note("what openssl said itself before TLS, and the answers, are known by their codes only")
    recorder.server("220".utf8)
    recorder.client("EHLO \(isRecent ? "mail.example.com" : "openssl.client.net")".utf8)
    recorder.server("250".utf8)
    recorder.client("STARTTLS".utf8)
    recorder.server("220".utf8)
    tls.flush(into: &recorder)
  }
}

// What openssl tells.
extension OpenSSLParser {
  private mutating func fact(_ line: ArraySlice<UInt8>) -> Bool {
    let text = line.withoutIndent
    if !hasBegun, text.begins(with: "Connecting to ") {
      isRecent = true
    } else if text.begins(with: "CONNECTED(") {
      recorder.event(.connected(""))
      isTelling = true
    } else if let rest = text.behind("New, "), let range = rest.range(of: ", Cipher is ") {
      if !rest.begins(with: "(NONE)") {
        tls.begin(version: rest[..<range.lowerBound], cipher: rest[range.upperBound...])
      }
    } else if let rest = text.behind("Server Temp Key: ") ?? text.behind("Negotiated TLS1.3 group: ") {
      tls.agree(on: rest.prefix { $0 != UInt8(ascii: ",") })
    } else if let rest = text.behind("subject=") {
      tls.certify(\.subject, rest)
    } else if let rest = text.behind("issuer=") {
      tls.certify(\.issuer, rest)
    } else if text.begins(with: "verify return:") {
      if !tls.isActive { tls.begin(version: "TLS".utf8, cipher: "".utf8) }
    } else if !hasBegun, let range = text.range(of: " -connect "), text[..<range.lowerBound].holds("s_client") {
      let word = text[range.upperBound...].words.first ?? []
      address = ImportAddress.split(word).flatMap { ImportAddress.socket($0.host, port: $0.port) }
    } else if let rest = text.behind("Verify return code: ") {
      isToldWhole = true
      tls.verify(rest.begins(with: "0 "))
    } else {
      return text.begins(with: "Verification")
    }
    return true
  }

  private func isNoise(_ line: ArraySlice<UInt8>) -> Bool {
    let heads = [
      "depth=", "verify error:", "verify return:", "Can't use SSL_get_servername", "read R BLOCK", "<<< ", ">>> ",
      "read from 0x", "write to 0x", "SSL_connect:", "SSL3 alert", "Extended master secret:", "Max Early Data:",
      "Post-Handshake New Session Ticket arrived:", "SSL-Session:", "Connecting to ", "poll error",
    ]
    if heads.contains(where: { line.withoutIndent.begins(with: $0) }) { return true }
    if line.holds(":error:"), line.holds("SSL routines") { return true }
    return isDump(line)
  }

  /// `0010 - 4c 78 …` and `    01 00 …`.
  private func isDump(_ line: ArraySlice<UInt8>) -> Bool {
    let words = line.prefix(60).words
    if words.count > 2, words[0].count == 4, words[1].elementsEqual("-".utf8) {
      return ImportNumber.hexadecimal(words[0]) != nil
    }
    return line.begins(with: "    ") && words.allSatisfy { $0.count == 2 && ImportNumber.hexadecimal($0) != nil }
  }
}
