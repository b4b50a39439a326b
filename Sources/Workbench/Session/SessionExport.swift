import Dialogue
import SMTPSession
import SMTPWire

/// A session in other notations; secrets are always left out.
package enum SessionExport {
  /// The dialogue in RFC 5321's notation.
  package static func transcript(_ log: SessionLog) -> String {
    log.rows.map { row in
      switch row.event {
      case .sent(let line): "C: " + line.masked
      case .received(let line): "S: " + OctetText.readable(line.octets)
      case .event(let event): "* \(event.name) " + OctetText.readable(event.details)
      case .note(let text): "# " + OctetText.readable(Array(text.utf8))
      }
    }.joined(separator: "\n") + "\n"
  }

  /// A swaks command that repeats the session; swaks asks for the password.
  package static func swaks(_ log: SessionLog, target: String) -> String {
    let (host, port) = split(target)
    var words = ["swaks", "-s", host]
    if port != "25" { words += ["-p", port] }
    if log.tls.isUp { words.append("-tls") }
    if let mechanism = log.session.mechanism { words += ["-a", mechanism] }
    if !log.identity.isEmpty { words += ["-au", log.identity] }
    if let sender = address(log.session.reversePath) { words += ["-f", sender] }
    let recipients = log.session.recipients.compactMap { address($0.path) }
    if !recipients.isEmpty { words += ["-t", recipients.joined(separator: ",")] }
    return words.map(quoted).joined(separator: " ")
  }

  /// The openssl command that comes as far as the handshake; `-quiet` because it would take R and Q for itself.
  package static func openssl(_ log: SessionLog, target: String) -> String {
    let (host, port) = split(target)
    let words = [
      "openssl", "s_client", "-quiet", "-starttls", "smtp", "-connect", "\(host):\(port)", "-servername", host,
    ]
    return words.map(quoted).joined(separator: " ")
  }

  private static func split(_ target: String) -> (host: String, port: String) {
    guard let colon = target.lastIndex(of: ":") else { return (target, "25") }
    return (String(target[..<colon]), String(target[target.index(after: colon)...]))
  }

  private static func address(_ path: [UInt8]?) -> String? {
    guard let path, let open = path.firstIndex(of: UInt8(ascii: "<")),
      let close = path.firstIndex(of: UInt8(ascii: ">")),
      open < close
    else { return nil }
    return String(decoding: path[(open + 1)..<close], as: UTF8.self)
  }

  /// A word as a shell reads it back.
  private static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "-_.,:@/+=".utf8.contains($0) }
    if plain, !word.isEmpty { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
