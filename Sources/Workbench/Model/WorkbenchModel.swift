import Dialogue
package import MailAddress
package import SASL
package import SMTPSession
package import SMTPWire

/// All that the terminal program knows. `update` changes it, `view` shows it; neither does anything else.
package struct WorkbenchModel: Sendable {
  /// The screens, of which one is shown.
  package enum Screen: Hashable, Sendable {
    case start, session, replay, address, auth, tls, log
  }

  /// A message in the row of hints, for a while.
  package struct Flash: Hashable, Sendable {
    /// What is said.
    package let text: String
    /// Whether it tells a failure.
    package let isError: Bool
    /// When it goes.
    package let until: Duration
  }

  /// What a reply means, where somebody knows better than the diagnosis.
  package typealias Explainer = @Sendable (Reply, SessionStage) -> Explanation

  /// The program's version, as row 0 shows it.
  package let version: String
  /// The name that EHLO is proposed with.
  package let clientName: String
  let explainer: Explainer?
  /// What mechanisms compute with; nil where nothing is to be computed.
  let digests: SASLDigests?
  /// Seconds since 1970 when `now` was zero, for tokens that expire; nil where nobody told.
  let epoch: Int?

  /// The screen in columns.
  package internal(set) var width = 80
  /// The screen in rows.
  package internal(set) var height = 24
  /// The time of the last message, from any beginning.
  package internal(set) var now = Duration.zero
  /// The screen that is shown.
  package internal(set) var screen = Screen.start
  /// Whether letters are commands.
  package internal(set) var isBrowsing = false
  /// The innermost is the last.
  package internal(set) var overlays: [Overlay] = []
  /// The live session.
  package internal(set) var live = DialoguePane()
  /// What the live session is; nil before the first.
  package internal(set) var identity: SessionIdentity?
  /// The recording that is open; nil for none.
  package internal(set) var replay: Replay?
  /// The line that is typed in the session.
  package internal(set) var input = InputLine()
  /// The start screen.
  package internal(set) var start = StartForm()
  /// The address screen.
  package internal(set) var address: AddressForm
  /// The AUTH screen.
  package internal(set) var auth = AuthForm()
  /// The message that is being written.
  package internal(set) var composer = Composer()
  /// The message in the last row; nil for none.
  package internal(set) var flash: Flash?
  /// The remarks so far, newest last.
  package internal(set) var journal: [Flash] = []
  /// The reference MTA in words; nil when it does not run.
  package internal(set) var reference: String?
  /// Whether the server and TLS pane stands in place of the dialogue.
  package internal(set) var showsInspector = false
  /// Whether the explanation has all its layers.
  package internal(set) var showsFullExplanation = false
  /// Whether the mouse wheel scrolls.
  package internal(set) var isMouseOn = false
  var pendingStroke: KeyStroke?
  var secretsUntil: Duration?
  var lastInterrupt: Duration?
  var opening: Opening?
  var lastRequest: ConnectionRequest?
  var logScroll = 0
  /// When the last question came that nobody had asked for.
  var questionTime = Duration.zero

  /// What is sent without being typed, because the start screen's switch asked for it.
  enum Opening {
    case greeting, capabilities, handshake
  }

  /// Makes a model that shows the start screen; `idna` finds what was meant by domain labels with a fault.
  package init(
    version: String, clientName: String, explainer: Explainer? = nil, digests: SASLDigests? = nil,
    idna: any IDNAConverter = IDNA2008(), epoch: Int? = nil
  ) {
    self.version = version
    self.clientName = clientName
    self.explainer = explainer
    self.digests = digests
    address = AddressForm(idna: idna)
    self.epoch = epoch
  }

  /// Seconds since 1970.
  package var unixTime: Int? { epoch.map { $0 + Int(now.components.seconds) } }
  /// Whether a connection is open.
  package var isConnected: Bool { identity != nil && !live.log.isClosed }
  /// Whether secrets are shown now.
  package var showsSecrets: Bool { secretsUntil.map { now < $0 } ?? false }
  /// The pane that keys move in: the recording on its screen, else the live session.
  package var pane: DialoguePane { screen == .replay ? replay?.pane ?? DialoguePane() : live }

  /// The paths of this session's envelope and history, for completion.
  package var knownPaths: [String] {
    var paths: [String] = []
    for line in input.history.lines.reversed() {
      guard let open = line.firstIndex(of: UInt8(ascii: "<")), let close = line.lastIndex(of: UInt8(ascii: ">")),
        open + 1 < close
      else { continue }
      let path = String(decoding: line[(open + 1)..<close], as: UTF8.self)
      if !paths.contains(path) { paths.append(path) }
    }
    return paths
  }

  /// What could come next in the line.
  package var completion: LineCompletion {
    LineCompletion.complete(
      input.editor.octetsBeforeCursor, session: live.log.session, clientName: clientName, paths: knownPaths)
  }

  /// What is to be said about the line.
  package var check: LineCheck { LineCheck.check(input.editor.octets, session: live.log.session) }

  /// Why the selected line is as it is; nil when there is nothing to say.
  package var explanation: Explanation? {
    pane.selectedRow.flatMap(explanation)
  }

  /// Why a line of the dialogue is as it is.
  package func explanation(of row: LogRow) -> Explanation? {
    let log = pane.log
    if let explainer, let exchange = log.exchange(of: row) { return explainer(exchange.reply, exchange.stage) }
    return log.explanation(of: row, target: screen == .replay ? nil : target)
  }

  /// What the new reply to a replayed step means.
  func explanation(of step: ReplayStep) -> Explanation? {
    let log = live.log
    guard let reply = step.reply, let index = log.exchanges.lastIndex(where: { $0.reply == reply }) else { return nil }
    return log.rows.last { $0.exchange == index }.flatMap { log.explanation(of: $0, target: target) }
  }

  /// Where the live session goes to, for the commands that are suggested.
  var target: Target? { identity.flatMap { try? Target($0.title) } }

  mutating func changePane(_ change: (inout DialoguePane) -> Void) {
    if screen == .replay { replay?.read(change) } else { change(&live) }
  }

  mutating func say(_ text: String, isError: Bool = false) -> [WorkbenchEffect] {
    let flash = Flash(text: text, isError: isError, until: now + .seconds(6))
    self.flash = flash
    journal.append(flash)
    if journal.count > 1000 { journal.removeFirst() }
    return [.wake(after: .seconds(6))]
  }
}
