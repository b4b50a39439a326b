import ArgumentParser
import CursesTerminal
import Dialogue
import Glibc
import IDNAEngine
import SMTPClient
import SMTPSession
import SMTPWire
import Sessions
import TLSEngine
import Workbench

/// Runs the workbench: gives it keys and events, shows its view, and does what it wants done.
@UI final class WorkbenchDriver {
  private let terminal: CursesTerminal
  private let mailbox = WorkbenchMailbox()
  private let sessions: WorkbenchSessions
  private let start = ContinuousClock.now
  private var model: WorkbenchModel
  private var deadline: ContinuousClock.Instant?
  private var isOver = false

  /// Takes the terminal over.
  init(
    options: ConnectionOptions, login: CredentialOptions, known: WorkbenchSessions.Known?
  ) throws(TerminalFailure) {
    terminal = try CursesTerminal()
    sessions = WorkbenchSessions(options: options, login: login, known: known, mailbox: mailbox)
    model = WorkbenchModel(
      version: Parley.version, clientName: options.greetingName, digests: .openSSL, idna: IDNAEngine(),
      epoch: time(nil))
  }

  /// Runs until the user leaves; connects at once, or opens a dialogue file, where an argument says so.
  func run(opening argument: String?) async {
    let size = terminal.size
    take(.input(.resize(width: size.width, height: size.height)))
    take(.recents(sessions.recents()))
    sessions.startReference()
    if let argument { open(argument) }
    while !isOver {
      for message in mailbox.drain() { take(message) }
      terminal.draw(model.view(width: model.width, height: model.height))
      let wake = await UIExecutor.shared.wait(until: deadline)
      if wake.contains(.hangup) { break }
      while let input = terminal.read() { take(.input(input)) }
      if let deadline, ContinuousClock.now >= deadline {
        self.deadline = nil
        take(.tick)
      }
    }
    await sessions.disconnect()
    terminal.close()
  }

  private func open(_ argument: String) {
    if argument.hasSuffix(".smtp"), InputFile.exists(argument) {
      perform(.openRecording(path: argument))
    } else {
      perform(.connect(ConnectionRequest(target: argument, verify: !sessions.options.insecure)))
    }
  }

  private func take(_ message: WorkbenchMessage) {
    for effect in model.update(message, at: ContinuousClock.now - start) { perform(effect) }
  }

  private func perform(_ effect: WorkbenchEffect) {
    switch effect {
    case .connect(let request): sessions.connect(request)
    case .send(let lines): sessions.send(.lines(lines))
    case .sendMessage(let text): sessions.send(.message(text))
    case .authenticate(let mechanism, let credentials, let allowsPlaintext):
      sessions.send(.authentication(mechanism, credentials, allowsPlaintext: allowsPlaintext))
    case .answerCertificate(let accept): sessions.answerCertificate(accept)
    case .disconnect: sessions.send(.disconnect)
    case .openRecording(let path): openRecording(path)
    case .makeTemplate: take(template)
    case .wake(let duration): deadline = ContinuousClock.now + duration
    case .quit: isOver = true
    default: performOnTerminal(effect)
    }
  }

  private func performOnTerminal(_ effect: WorkbenchEffect) {
    switch effect {
    case .runEditor(let text): take(.edited(terminal.lend { EditorRunner.edit(text, suffix: ".eml") }))
    case .copy(let text): take(.remark(Clipboard.put(text), isError: false))
    case .setMouse(let isOn): terminal.setMouse(isOn)
    case .redraw: terminal.invalidate()
    case .ring: terminal.ring()
    case .suspend:
      terminal.suspend()
      take(.input(.resumed))
    default: break
    }
  }

  private var template: WorkbenchMessage {
    let token = randomBytes(8).map { String($0, radix: 16) }.joined()
    return .template(date: CalendarTime.now.messageDate, messageID: "<\(token)@\(sessions.options.greetingName)>")
  }

  private func openRecording(_ path: String) {
    guard let octets = Self.octets(of: path) else {
      return take(.remark("\(path): \(String(cString: strerror(errno)))", isError: true))
    }
    let reading = DialogueReader.read(octets)
    if let error = reading.diagnostics.first(where: { $0.severity == .error }) {
      return take(.remark("\(path):\(error.line):\(error.column): \(error.message)", isError: true))
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    take(.recording(title: name, events: reading.dialogue.events, target: reading.dialogue.target))
  }

  private static func octets(of path: String) -> [UInt8]? {
    var expanded = path
    if path.hasPrefix("~/"), let home = getenv("HOME") { expanded = String(cString: home) + path.dropFirst() }
    let descriptor = Glibc.open(expanded, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return try? InputFile.readAll(descriptor, path)
  }
}
