import Dialogue
import SMTPWire

/// Plays a script against a server whose part is written down, and tells what the player did.
///
/// The server's part is a list of what comes of each action, in order; an action that needs no answer but `done` gets it.
/// What the player did is told in lines: `send EHLO a | MAIL …`, `await EHLO`, `handshake`, `finished`, `failed 3: …`.
struct Rehearsal {
  /// What comes of an action that is not simply done.
  enum Cue {
    case reply(String)
    case broken(Deviation, [String])
    case closed, reset, timeout, failed(String)

    var input: PlayerInput {
      switch self {
      case .reply(let text): .replied(Self.reply(text))
      case .broken(let deviation, let lines): .broken(deviation, lines: lines.map { WireLine($0) })
      case .closed: .closed
      case .reset: .reset
      case .timeout: .timeout
      case .failed(let words): .failed(words)
      }
    }

    /// A reply whose lines are separated by ` / `.
    static func reply(_ text: String) -> Reply {
      var parser = ReplyParser()
      var outcome = ReplyParser.Outcome.incomplete
      for line in bytes(text.replacingSlashes).split(separator: 0x0A) {
        outcome = parser.receive(WireLine(Array(line)))
      }
      guard case .reply(let reply) = outcome else { return Reply(999, "a reply in the test is none: \(text)") }
      return reply
    }
  }

  var level = MatchLevel.code
  var variables: [String: [UInt8]] = [:]

  /// What the player did, and the failure it ended with.
  func play(_ text: String, _ cues: [Cue]) -> (did: [String], failure: PlayerFailure?) {
    var player = DialoguePlayer(DialogueScript(dialogue(text)), level: level, variables: variables)
    var cues = cues[...]
    var did: [String] = []
    var action = player.start()
    while did.count < 200 {
      did.append(Self.told(action))
      switch action {
      case .finished: return (did, nil)
      case .failed(let failure): return (did, failure)
      case .awaitReply, .expectClose, .authenticate, .sendMessage:
        guard let cue = cues.popFirst() else { return (did + ["the server has no more to say"], nil) }
        action = player.receive(cue.input)
      case .connect, .send, .startTLS, .wait, .close, .reset:
        if case .failed(let words)? = cues.first {
          cues.removeFirst()
          action = player.receive(.failed(words))
        } else {
          action = player.receive(.done)
        }
      }
    }
    return (did + ["endless"], nil)
  }

  private static func told(_ action: PlayerAction) -> String {
    switch action {
    case .connect: "connect"
    case .send(let send):
      (send.holdsMessage ? "send text " : "send ")
        + send.lines.map { String(decoding: $0.octets, as: UTF8.self) }.joined(separator: " | ")
    case .awaitReply(let awaited): "await \(awaited.name)"
    case .startTLS: "handshake"
    case .authenticate(let mechanism): "auth \(mechanism ?? "any")"
    case .sendMessage(let file): "message \(file ?? "default")"
    case .wait(let duration): "wait \(duration)"
    case .close: "close"
    case .reset: "reset"
    case .expectClose: "expect close"
    case .finished: "finished"
    case .failed(let failure): "failed \(failure.number): \(failure.sentence)"
    }
  }
}

extension String {
  /// The text with a line feed for each ` / `.
  fileprivate var replacingSlashes: String {
    split(separator: " / ", omittingEmptySubsequences: false).joined(separator: "\n")
  }
}
