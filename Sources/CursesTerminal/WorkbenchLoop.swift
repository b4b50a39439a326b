package import Workbench

/// Runs a `WorkbenchModel` on a terminal: input and messages in, effects out, and a frame when something changed.
///
/// While nothing happens the process sleeps.
@UI package final class WorkbenchLoop {
  /// Performs the effects that the loop does not perform itself. It must not wait: start a task for what takes time.
  package typealias Performer = @UI (WorkbenchEffect) -> Void

  private let terminal: CursesTerminal
  private var model: WorkbenchModel
  private let perform: Performer
  private let began = ContinuousClock.now
  private var isDirty = true
  private var isDone = false
  private var isWaiting = false
  private var wakeAt: ContinuousClock.Instant?
  private var lastFrame: ContinuousClock.Instant?
  private static let frame = Duration.milliseconds(16)

  /// Makes a loop.
  package init(terminal: CursesTerminal, model: WorkbenchModel, perform: @escaping Performer) {
    self.terminal = terminal
    self.model = model
    self.perform = perform
  }

  /// Gives the model a message, from any task.
  package func dispatch(_ message: WorkbenchMessage) {
    let effects = model.update(message, at: ContinuousClock.now - began)
    isDirty = true
    for effect in effects { carryOut(effect) }
    if isWaiting { UIExecutor.shared.interruptWait() }
  }

  /// Runs until the user quits or the terminal is gone.
  package func run() async {
    let size = terminal.size
    dispatch(.input(.resize(width: size.width, height: size.height)))
    while !isDone {
      drawIfDue()
      isWaiting = true
      let wake = await UIExecutor.shared.wait(until: deadline)
      isWaiting = false
      if wake.contains(.hangup) { dispatch(.input(.hangup)) }
      if wake.contains(.input) { readKeys() }
      tickIfDue()
    }
  }

  /// Ends `run`.
  package func stop() {
    isDone = true
    if isWaiting { UIExecutor.shared.interruptWait() }
  }

  private var deadline: ContinuousClock.Instant? {
    let frameAt = isDirty ? lastFrame.map { $0 + Self.frame } : nil
    return [frameAt, wakeAt].compactMap { $0 }.min()
  }

  private func readKeys() {
    // A flood of keys must not keep frames and events waiting for ever.
    for _ in 0..<1000 {
      guard let input = terminal.read() else { return }
      dispatch(.input(input))
      if isDone { return }
    }
  }

  private func drawIfDue() {
    let now = ContinuousClock.now
    guard isDirty, lastFrame.map({ now - $0 >= Self.frame }) ?? true else { return }
    let size = terminal.size
    terminal.draw(model.view(width: size.width, height: size.height))
    lastFrame = now
    isDirty = false
  }

  private func tickIfDue() {
    guard let due = wakeAt, ContinuousClock.now >= due else { return }
    wakeAt = nil
    dispatch(.tick)
  }

  private func carryOut(_ effect: WorkbenchEffect) {
    switch effect {
    case .wake(let after):
      let at = ContinuousClock.now + after
      wakeAt = min(wakeAt ?? at, at)
    case .redraw: terminal.invalidate()
    case .ring: terminal.ring()
    case .setMouse(let isOn): terminal.setMouse(isOn)
    case .suspend:
      terminal.suspend()
      resumed()
    case .runEditor(let text):
      let edited = terminal.lend { EditorRunner.edit(text) }
      resumed()
      dispatch(.edited(edited))
    case .copy(let text): terminal.copy(text)
    case .quit:
      isDone = true
      perform(effect)
    default: perform(effect)
    }
  }

  private func resumed() {
    let size = terminal.size
    dispatch(.input(.resize(width: size.width, height: size.height)))
    dispatch(.input(.resumed))
  }
}
