/// Where a key means something.
package enum KeyPlace: String, CaseIterable, Sendable {
  case everywhere = "EVERYWHERE"
  case start = "START SCREEN"
  case input = "INPUT"
  case browse = "BROWSE"
  case replay = "REPLAY"
  case address = "ADDRESS"
  case auth = "AUTH"
  case composer = "COMPOSER"
}

/// A key, or two in a row, and the verb they stand for.
package struct KeyBinding: Sendable {
  /// Where the key does it.
  package let place: KeyPlace
  /// The ways to type it; each is one stroke or two.
  package let keys: [[KeyStroke]]
  /// What the key does.
  package let verb: Verb
  /// The word in the footer; nil keeps it out of there.
  package let hint: String?

  init(_ place: KeyPlace, _ keys: [[KeyStroke]], _ verb: Verb, hint: String? = nil) {
    self.place = place
    self.keys = keys
    self.verb = verb
    self.hint = hint
  }

  /// The names of the keys: `? F1`, `^X^E`.
  package var keyNames: String { keys.map { $0.map(\.name).joined() }.joined(separator: " ") }
}

/// All keys. The footer, the help page and the palette are printed from here, so they cannot tell another story.
package enum KeyTable {
  /// The bindings in the order in which help shows them.
  package static let bindings: [KeyBinding] = everywhere + start + input + browse + replay + address + auth + composer

  /// The verb of strokes in one of some places, the first place first.
  package static func verb(for strokes: [KeyStroke], in places: [KeyPlace]) -> Verb? {
    for place in places {
      if let found = bindings.first(where: { $0.place == place && $0.keys.contains(strokes) }) { return found.verb }
    }
    return nil
  }

  /// Whether a stroke begins a binding of two strokes in one of some places.
  package static func isPrefix(_ stroke: KeyStroke, in places: [KeyPlace]) -> Bool {
    bindings.contains { places.contains($0.place) && $0.keys.contains { $0.count == 2 && $0[0] == stroke } }
  }

  /// The keys of a verb, as the palette shows them.
  package static func keyNames(of verb: Verb) -> String {
    bindings.first { $0.verb == verb }?.keyNames ?? ""
  }

  private static func key(_ key: Key) -> [KeyStroke] { [KeyStroke(key)] }
  private static func control(_ letter: Unicode.Scalar) -> [KeyStroke] { [.control(letter)] }
  private static func alt(_ letter: Unicode.Scalar) -> [KeyStroke] { [.alt(letter)] }
  private static func letter(_ letter: Unicode.Scalar) -> [KeyStroke] { [.character(letter)] }
  private static func two(_ first: KeyStroke, _ second: KeyStroke) -> [KeyStroke] { [first, second] }

  private static let everywhere = [
    KeyBinding(.everywhere, [key(.function(1))], .help, hint: "help"),
    KeyBinding(.everywhere, [control("P")], .palette, hint: "palette"),
    KeyBinding(.everywhere, [key(.escape)], .browse, hint: "browse"),
    KeyBinding(.everywhere, [alt("1")], .goSession),
    KeyBinding(.everywhere, [alt("2")], .goReplay),
    KeyBinding(.everywhere, [alt("3")], .goAddress),
    KeyBinding(.everywhere, [alt("4")], .goAuth),
    KeyBinding(.everywhere, [alt("5")], .goTLS),
    KeyBinding(.everywhere, [alt("7")], .goLog),
    KeyBinding(.everywhere, [key(.pageUp)], .pageUp),
    KeyBinding(.everywhere, [key(.pageDown)], .pageDown),
    KeyBinding(.everywhere, [control("O")], .openRecording, hint: "open a recording"),
    KeyBinding(.everywhere, [alt("w")], .explain, hint: "why"),
    KeyBinding(.everywhere, [alt("i")], .inspector, hint: "inspector"),
    KeyBinding(.everywhere, [alt("s")], .showSecrets),
    KeyBinding(.everywhere, [alt("m")], .mouse),
    KeyBinding(.everywhere, [control("L")], .redraw),
    KeyBinding(.everywhere, [control("Z")], .suspend, hint: "suspend"),
    KeyBinding(.everywhere, [control("C")], .interrupt),
  ]

  private static let start = [
    KeyBinding(.start, [key(.enter)], .connect, hint: "connect"),
    KeyBinding(.start, [key(.tab)], .nextField, hint: "next field"),
    KeyBinding(.start, [key(.backTab)], .previousField),
    KeyBinding(.start, [key(.down)], .down, hint: "recent"),
    KeyBinding(.start, [key(.up)], .up),
    KeyBinding(.start, [letter(" ")], .toggle),
  ]

  private static let input = [
    KeyBinding(.input, [key(.enter)], .send, hint: "send"),
    KeyBinding(.input, [key(.tab)], .complete, hint: "complete"),
    KeyBinding(.input, [[KeyStroke(.enter, isAlt: true)], control("J")], .stage),
    KeyBinding(.input, [key(.backTab)], .completeBack),
    KeyBinding(.input, [key(.up)], .historyOlder),
    KeyBinding(.input, [key(.down)], .historyNewer),
    KeyBinding(.input, [alt(".")], .lastArgument),
    KeyBinding(.input, [two(.control("X"), .control("E"))], .editor, hint: "editor"),
    KeyBinding(.input, [two(.control("X"), .control("D"))], .compose),
    KeyBinding(.input, [control("R")], .historySearch, hint: "history"),
  ]

  private static let browse = [
    KeyBinding(.browse, [letter("i")], .input, hint: "input"),
    KeyBinding(.browse, [key(.enter)], .openLine, hint: "open"),
    KeyBinding(.browse, [letter("e")], .editLine, hint: "edit"),
    KeyBinding(.browse, [letter("r")], .resendLine, hint: "resend"),
    KeyBinding(.browse, [letter("k"), key(.up)], .up),
    KeyBinding(.browse, [letter("j"), key(.down)], .down),
    KeyBinding(.browse, [letter("g"), key(.home)], .top),
    KeyBinding(.browse, [letter("G"), key(.end)], .bottom),
    KeyBinding(.browse, [control("U")], .pageUp),
    KeyBinding(.browse, [control("D")], .pageDown),
    KeyBinding(.browse, [letter("/")], .find, hint: "search"),
    KeyBinding(.browse, [letter("n")], .findNext),
    KeyBinding(.browse, [letter("N")], .findPrevious),
    KeyBinding(.browse, [letter("f")], .filter, hint: "filter"),
    KeyBinding(.browse, [letter("F")], .follow),
    KeyBinding(.browse, [letter("o")], .fold, hint: "fold"),
    KeyBinding(.browse, [letter("m")], .mark),
    KeyBinding(.browse, [letter("]")], .nextProblem, hint: "problem"),
    KeyBinding(.browse, [letter("[")], .previousProblem),
    KeyBinding(.browse, [two(.character("y"), .character("l"))], .yankLine, hint: "yank"),
    KeyBinding(.browse, [two(.character("y"), .character("."))], .yankSafe),
    KeyBinding(.browse, [two(.character("y"), .character("t"))], .yankTranscript),
    KeyBinding(.browse, [two(.character("y"), .character("s"))], .yankSwaks),
    KeyBinding(.browse, [two(.character("y"), .character("o"))], .yankOpenSSL),
    KeyBinding(.browse, [letter("?")], .help),
    KeyBinding(.browse, [letter(":")], .palette),
    KeyBinding(.browse, [letter("1")], .goSession),
    KeyBinding(.browse, [letter("2")], .goReplay),
    KeyBinding(.browse, [letter("3")], .goAddress),
    KeyBinding(.browse, [letter("4")], .goAuth),
    KeyBinding(.browse, [letter("5")], .goTLS),
    KeyBinding(.browse, [letter("7")], .goLog),
    KeyBinding(.browse, [letter("q")], .back, hint: "back"),
  ]

  private static let replay = [
    KeyBinding(.replay, [letter("s")], .stepLine, hint: "step"),
    KeyBinding(.replay, [letter("n")], .stepReply, hint: "reply"),
    KeyBinding(.replay, [letter("c")], .stepAll, hint: "run"),
    KeyBinding(.replay, [letter("b")], .breakpoint, hint: "break"),
    KeyBinding(.replay, [letter("R")], .restartReplay, hint: "restart"),
    KeyBinding(.replay, [letter("e")], .editStep, hint: "edit"),
    KeyBinding(.replay, [letter("i")], .insertStep, hint: "insert"),
    KeyBinding(.replay, [letter("d")], .skipStep, hint: "skip"),
    KeyBinding(.replay, [letter("I")], .ignoreDifference, hint: "ignore"),
    KeyBinding(.replay, [letter("]")], .nextDifference, hint: "diff"),
    KeyBinding(.replay, [letter("[")], .previousDifference),
    KeyBinding(.replay, [letter(" ")], .pauseReplay),
    KeyBinding(.replay, [letter("<")], .paceSlower),
    KeyBinding(.replay, [letter(">")], .paceFaster),
    KeyBinding(.replay, [key(.escape)], .back),
  ]

  private static let address = [
    KeyBinding(.address, [key(.tab)], .addressFix, hint: "take a repair"),
    KeyBinding(.address, [key(.enter)], .addressUse, hint: "use in RCPT"),
    KeyBinding(.address, [key(.up)], .historyOlder, hint: "history"),
    KeyBinding(.address, [key(.down)], .historyNewer),
    KeyBinding(.address, [key(.escape)], .back, hint: "back"),
  ]

  private static let auth = [
    KeyBinding(.auth, [key(.tab), key(.down)], .nextField, hint: "field"),
    KeyBinding(.auth, [key(.backTab), key(.up)], .previousField),
    KeyBinding(.auth, [key(.right)], .nextMechanism, hint: "mechanism"),
    KeyBinding(.auth, [key(.left)], .previousMechanism),
    KeyBinding(.auth, [key(.enter)], .authUse, hint: "use in session"),
    KeyBinding(.auth, [letter(" ")], .toggle),
    KeyBinding(.auth, [alt("s")], .showSecrets, hint: "show secret"),
    KeyBinding(.auth, [alt("y")], .yankAuth, hint: "yank"),
    KeyBinding(.auth, [control("T")], .authDecode, hint: "decode"),
    KeyBinding(.auth, [key(.escape)], .back, hint: "back"),
  ]

  private static let composer = [
    KeyBinding(.composer, [control("D")], .sendMessage, hint: "send"),
    KeyBinding(.composer, [two(.control("X"), .control("E"))], .editor, hint: "editor"),
    KeyBinding(.composer, [control("T")], .template, hint: "template"),
    KeyBinding(.composer, [key(.escape)], .closeOverlay, hint: "back"),
  ]
}
