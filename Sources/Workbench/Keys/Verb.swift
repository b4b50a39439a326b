/// Everything the workbench can be told to do. A key is only a short way to a verb.
package enum Verb: String, CaseIterable, Sendable {
  case help
  case palette
  case goSession = "go session"
  case goReplay = "go replay"
  case goAddress = "go address"
  case goAuth = "go auth"
  case goTLS = "go tls"
  case goLog = "go log"
  case goStart = "go start"
  case connect
  case reconnect
  case disconnect
  case openRecording = "replay open"
  case send
  case stage
  case unstage
  case acceptGhost = "accept"
  case complete
  case completeBack = "complete back"
  case historyOlder = "history older"
  case historyNewer = "history newer"
  case historySearch = "history search"
  case lastArgument = "last argument"
  case editor
  case compose = "data"
  case browse
  case input
  case up
  case down
  case pageUp = "page up"
  case pageDown = "page down"
  case top
  case bottom
  case openLine = "open line"
  case editLine = "edit line"
  case resendLine = "resend line"
  case find
  case findNext = "find next"
  case findPrevious = "find previous"
  case filter
  case follow
  case fold
  case mark
  case nextProblem = "problem next"
  case previousProblem = "problem previous"
  case yankLine = "yank line"
  case yankSafe = "yank safe"
  case yankTranscript = "yank transcript"
  case yankSwaks = "yank swaks"
  case yankOpenSSL = "yank openssl"
  case explain
  case inspector
  case showSecrets = "secrets show"
  case maskSecrets = "secrets mask"
  case forgetSecrets = "secrets forget"
  case tellSecretSource = "secrets source"
  case mouse
  case redraw
  case suspend
  case interrupt
  case back
  case quit
  case nextField = "field next"
  case previousField = "field previous"
  case toggle
  case stepLine = "replay step"
  case stepReply = "replay reply"
  case stepAll = "replay continue"
  case pauseReplay = "replay pause"
  case breakpoint
  case paceSlower = "replay slower"
  case paceFaster = "replay faster"
  case editStep = "replay edit"
  case insertStep = "replay insert"
  case skipStep = "replay skip"
  case ignoreDifference = "compare ignore"
  case nextDifference = "difference next"
  case previousDifference = "difference previous"
  case restartReplay = "replay restart"
  case sendMessage = "message send"
  case template = "message template"
  case closeOverlay = "close"
  case addressCheck = "address check"
  case addressFix = "address fix"
  case addressUse = "address use"
  case authEncode = "auth encode"
  case authDecode = "auth decode"
  case authScram = "auth scram"
  case authUse = "auth use"
  case nextMechanism = "mechanism next"
  case previousMechanism = "mechanism previous"
  case yankAuth = "yank auth"

  /// One line about it, for help and palette.
  package var summary: String { VerbTable.summaries[self] ?? rawValue }
}

/// What each verb does, in words.
enum VerbTable {
  static let summaries: [Verb: String] = [
    .help: "this help",
    .palette: "command palette",
    .goSession: "the live session",
    .goReplay: "the open recording",
    .goAddress: "address checker",
    .goAuth: "AUTH encoder",
    .goTLS: "TLS and certificates",
    .goLog: "log of messages",
    .goStart: "the start screen",
    .connect: "connect to the target",
    .reconnect: "connect again",
    .disconnect: "drop the connection",
    .openRecording: "open a recording",
    .send: "send this line",
    .stage: "stage for pipelining",
    .unstage: "drop staged lines",
    .acceptGhost: "take the grey text",
    .complete: "complete",
    .completeBack: "the candidate before",
    .historyOlder: "older line like this",
    .historyNewer: "newer line",
    .historySearch: "search typed lines",
    .lastArgument: "last argument again",
    .editor: "edit in $EDITOR",
    .compose: "DATA composer",
    .browse: "leave input, close",
    .input: "back to the input",
    .up: "line before",
    .down: "line after",
    .pageUp: "page up",
    .pageDown: "page down",
    .top: "first line",
    .bottom: "last line, and follow",
    .openLine: "line with its octets",
    .editLine: "edit the sent line",
    .resendLine: "send the line again",
    .find: "search",
    .findNext: "next match",
    .findPrevious: "match before",
    .filter: "filter lines",
    .follow: "follow on or off",
    .fold: "fold or unfold",
    .mark: "mark the line",
    .nextProblem: "next problem",
    .previousProblem: "problem before",
    .yankLine: "copy this line",
    .yankSafe: "copy line for a ticket",
    .yankTranscript: "copy the dialogue",
    .yankSwaks: "copy as swaks",
    .yankOpenSSL: "copy as openssl s_client",
    .explain: "the full explanation",
    .inspector: "server and TLS pane",
    .showSecrets: "show secrets for 10 s",
    .maskSecrets: "mask secrets again now",
    .forgetSecrets: "forget passwords now",
    .tellSecretSource: "where the password is from",
    .mouse: "mouse wheel on or off",
    .redraw: "repaint",
    .suspend: "suspend",
    .interrupt: "clear line; twice: quit",
    .back: "back, then quit",
    .quit: "quit",
    .nextField: "next field",
    .previousField: "field before",
    .toggle: "switch on or off",
    .stepLine: "replay one step",
    .stepReply: "replay to next reply",
    .stepAll: "replay on",
    .restartReplay: "replay from the start",
    .pauseReplay: "pause or go on",
    .breakpoint: "breakpoint",
    .paceSlower: "replay slower",
    .paceFaster: "replay faster",
    .editStep: "edit the step",
    .insertStep: "insert a step",
    .skipStep: "skip the step",
    .ignoreDifference: "ignore this difference",
    .nextDifference: "next difference",
    .previousDifference: "difference before",
    .sendMessage: "send, with final dot",
    .template: "header template",
    .closeOverlay: "close",
    .addressCheck: "check an address",
    .addressFix: "take a repair",
    .addressUse: "use it in RCPT",
    .authEncode: "make a string of AUTH",
    .authDecode: "take a string apart",
    .authScram: "SCRAM, and what it computes",
    .authUse: "log in with it",
    .nextMechanism: "next mechanism",
    .previousMechanism: "mechanism before",
    .yankAuth: "copy the line for telnet",
  ]
}
