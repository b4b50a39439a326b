import Failures
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
  /// `> raw [bytewise] "OCTETS"`: exactly these octets; bytewise, each in a write of its own.
  case raw(DialogueText, isBytewise: Bool)
  /// `> pipeline` … `> end`: all lines between go out before a reply is read.
  case pipeline
  /// `> let NAME = TEXT`: gives a variable its value.
  case assign(name: String, DialogueText)
  /// `> if CONDITION` … `> end`: what follows is played where the condition holds.
  case branch(ScriptCondition)
  /// `> else`: what follows is played where it does not.
  case otherwise
  /// `> repeat N` … `> end`: what follows is played so many times.
  case repetition(Int)
  /// `> end`: the end of `if`, `repeat` or `pipeline`.
  case end
  /// `> include FILE`: the lines of another file stand here.
  case include(file: String)
  /// `> expect CONDITION`: the play fails where the condition does not hold.
  case expect(ScriptCondition)

  /// Why a text is no step, and at which of its octets.
  struct Fault: Error, Hashable {
    let offset: Int
    let message: String
    /// The failure that it foresees, by its name.
    var name: FailureName?
  }

  /// The names of all steps.
  package static let names = [
    "connect", "starttls", "tls", "auth", "message", "wait", "drop", "reset", "quit", "raw", "pipeline", "let", "if",
    "else", "repeat", "end", "include", "expect",
  ]

  /// The longest wait, in seconds.
  static let maximumWait = 86_400
  /// The greatest number of rounds of one `repeat`, and of all of them in one play.
  package static let maximumRounds = 100_000

  /// Reads what stands behind `>`.
  init(_ text: ArraySlice<UInt8>) throws(Fault) {
    var words = StepWords(text)
    let start = words.offset
    let name = words.next()
    self = try Self.step(named: name, at: start, &words)
    try words.expectEnd(behind: name)
  }

  private static func step(named name: String, at start: Int, _ words: inout StepWords) throws(Fault) -> Self {
    switch name {
    case "auth": return .authenticate(mechanism: try words.mechanism())
    case "message":
      let file = words.rest()
      return .message(file: file.isEmpty ? nil : String(decoding: file, as: UTF8.self))
    case "wait": return .wait(try words.duration())
    case "raw": return try words.raw()
    case "let": return try words.assignment()
    case "if": return .branch(try ScriptCondition(&words))
    case "expect": return .expect(try ScriptCondition(&words))
    case "repeat": return .repetition(try words.count(upTo: maximumRounds))
    case "include":
      guard !words.isAtEnd else { throw words.fault("expected the name of a file") }
      return .include(file: String(decoding: words.rest(), as: UTF8.self))
    default:
      guard let step = plain(name) else {
        throw Fault(offset: start, message: "no such step; there are \(names.joined(separator: ", "))")
      }
      return step
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
    case "pipeline": .pipeline
    case "else": .otherwise
    case "end": .end
    default: nil
    }
  }
}
