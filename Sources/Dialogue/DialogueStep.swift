import SMTPWire

/// What a `>` line of a script asks for: something that one line of SMTP cannot do.
package enum DialogueStep: Hashable, Sendable {
  /// `> connect`: opens a connection.
  case connect
  /// `> starttls`: STARTTLS, the handshake, and EHLO again.
  case startTLS
  /// `> tls`: the handshake alone, as on a port for implicit TLS.
  case tls
  /// `> auth [MECHANISM]`: the whole of an authentication.
  case authenticate(mechanism: String?)
  /// `> message [FILE]`: DATA, the message, the dot.
  case message(file: String?)
  /// `> wait SECONDS`.
  case wait(Duration)
  /// `> drop`: closes the connection.
  case drop
  /// `> reset`: ends the connection with a TCP reset.
  case reset
  /// `> quit`: QUIT and its reply.
  case quit

  /// Why a text is no step, and at which of its octets.
  struct Fault: Error, Hashable {
    let offset: Int
    let message: String
  }

  /// The names of all steps.
  package static let names = ["connect", "starttls", "tls", "auth", "message", "wait", "drop", "reset", "quit"]

  /// The longest wait, in seconds.
  static let maximumWait = 86_400

  /// Reads what stands behind `>`.
  init(_ text: ArraySlice<UInt8>) throws(Fault) {
    let name = text.drop { $0.isASCIIBlank }.prefix { !$0.isASCIIBlank }
    let argument = text[name.endIndex...].drop { $0.isASCIIBlank }
    let offset = argument.startIndex - text.startIndex
    switch String(decoding: name, as: UTF8.self) {
    case "auth": self = .authenticate(mechanism: try Self.mechanism(argument, at: offset))
    case "message": self = .message(file: argument.isEmpty ? nil : String(decoding: argument, as: UTF8.self))
    case "wait": self = .wait(try Self.duration(argument, at: offset))
    case let word:
      guard let step = Self.plain(word) else {
        let start = name.startIndex - text.startIndex
        throw Fault(offset: start, message: "no such step; there are \(Self.names.joined(separator: ", "))")
      }
      guard argument.isEmpty else { throw Fault(offset: offset, message: "nothing stands behind \(word)") }
      self = step
    }
  }

  private static func plain(_ word: String) -> Self? {
    switch word {
    case "connect": .connect
    case "starttls": .startTLS
    case "tls": .tls
    case "drop": .drop
    case "reset": .reset
    case "quit": .quit
    default: nil
    }
  }

  private static func mechanism(_ argument: ArraySlice<UInt8>, at offset: Int) throws(Fault) -> String? {
    if argument.isEmpty { return nil }
    let isName = argument.count <= 20 && argument.allSatisfy { DialogueVariable.allows($0) && $0 != UInt8(ascii: ".") }
    guard isName else { throw Fault(offset: offset, message: "expected the name of one mechanism, such as PLAIN") }
    return String(decoding: argument, as: UTF8.self).uppercased()
  }

  private static func duration(_ argument: ArraySlice<UInt8>, at offset: Int) throws(Fault) -> Duration {
    let time = DialogueLine(source: argument)
    guard let duration = time.time, time.textCount == 0, duration <= .seconds(maximumWait) else {
      throw Fault(offset: offset, message: "expected seconds such as 1.5, at most \(maximumWait)")
    }
    return duration
  }
}
