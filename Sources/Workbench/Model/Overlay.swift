package import Failures
package import SASL
import SMTPSession

/// What lies on top of the screen and takes the keys.
package enum Overlay: Sendable {
  case help(HelpOverlay)
  case palette(PaletteOverlay)
  case confirm(Question)
  case credentials(CredentialsOverlay)
  case prompt(PromptOverlay)
  /// The row of this number in full, from a line on.
  case detail(number: Int, scroll: Int)
  case composer
}

/// The help page and what it is narrowed to.
package struct HelpOverlay: Sendable {
  /// The words that narrow the list.
  package var filter = LineEditor()
  /// The first row that is shown.
  package var scroll = 0
}

/// The palette: what was typed, and the line chosen.
package struct PaletteOverlay: Sendable {
  /// The line that is typed.
  package var text = LineEditor()
  /// The row that Enter takes, from 0.
  package var chosen = 0

  /// The verbs whose words the typed text is part of, best first.
  package var verbs: [Verb] {
    let text = String(decoding: self.text.octets, as: UTF8.self).lowercased()
    let all = Verb.allCases.filter { !Self.hidden.contains($0) }
    if let called = call { return [called.verb] }
    let whole = all.filter { $0.rawValue.contains(text) || $0.summary.lowercased().contains(text) }
    let loose = all.filter { !whole.contains($0) && Self.isSubsequence(text, of: $0.rawValue + " " + $0.summary) }
    return text.isEmpty
      ? all : whole.filter { $0.rawValue.hasPrefix(text) } + whole.filter { !$0.rawValue.hasPrefix(text) } + loose
  }

  /// The verb that is typed whole with something behind it, and that; nil when the text is no such call.
  package var call: (verb: Verb, argument: [UInt8])? {
    for verb in [Verb.addressCheck, .authDecode, .authEncode, .connect, .openRecording, .find, .filter] {
      let name = Array(verb.rawValue.utf8) + [0x20]
      if text.octets.count > name.count, text.octets.starts(with: name) {
        return (verb, Array(text.octets.dropFirst(name.count)))
      }
    }
    return nil
  }

  /// Verbs that are nothing but the movement of a key.
  private static let hidden: Set<Verb> = [
    .palette, .up, .down, .complete, .completeBack, .acceptGhost, .nextField, .previousField, .toggle, .closeOverlay,
    .historyOlder, .historyNewer, .interrupt, .sendMessage,
  ]

  private static func isSubsequence(_ text: String, of whole: String) -> Bool {
    var rest = text.filter { $0 != " " }[...]
    for character in whole.lowercased() where character == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }
}

/// A question whose answer is no unless it is `y`.
package enum Question: Hashable, Sendable {
  /// A login whose password anybody on the way could read.
  case clearLogin(mechanism: String, Credentials)
  /// The same for a login that is replayed.
  case replayLogin(mechanism: String)
  /// The final dot on a real server: it delivers.
  case finalDot(recipients: [String])
  /// The same for a message that is replayed.
  case replayDot(recipients: [String])
  /// The last chunk of BDAT on a real server: it delivers, too.
  case lastChunk
  /// Whether to go on with a certificate that was refused.
  case certificate(name: FailureName, words: String)
  case quit
  case showSecrets
}

/// Asks for name and password of AUTH.
package struct CredentialsOverlay: Sendable {
  /// PLAIN or LOGIN.
  package let mechanism: String
  /// The user's name as typed.
  package var user = LineEditor()
  /// The password as typed; it is never shown.
  package var password = LineEditor()
  /// Whether the cursor is in the password.
  package var isAtPassword = false

  /// Asks for a mechanism's credentials; what is known already can be taken by Enter.
  init(mechanism: String, known: AuthForm = AuthForm()) {
    self.mechanism = mechanism
    user = known[.user]
    password = known[.password]
    isAtPassword = !user.isEmpty
  }
}

/// One line asked for in the row of hints.
package struct PromptOverlay: Sendable {
  /// What the line is for.
  package enum Purpose: Hashable, Sendable {
    case find, filter, openRecording, editStep, insertStep
    /// The server to replay against; the verb goes on when it is connected.
    case replayTarget(Verb)

    /// The word in front of the line.
    package var label: String {
      switch self {
      case .find: "search"
      case .filter: "filter (4xx, 5xx, sent, received, events or a text)"
      case .openRecording: "open recording"
      case .editStep: "edit the step"
      case .insertStep: "insert a line"
      case .replayTarget: "replay against"
      }
    }
  }

  /// What the line is asked for.
  package let purpose: Purpose
  /// The line that is typed.
  package var line: LineEditor

  init(_ purpose: Purpose, _ text: String = "") {
    self.purpose = purpose
    line = LineEditor(Array(text.utf8))
  }
}
