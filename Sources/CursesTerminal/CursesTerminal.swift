@preconcurrency import CNcurses
import CTermGuard
import Glibc
package import Workbench

/// The terminal: shows a `CellGrid`, reads keys, and leaves everything as it was found.
@UI package final class CursesTerminal {
  private let painter: CellPainter
  private let reader: KeyReader
  private var isOpen = true
  private var isMouseOn = false

  /// Takes the terminal over.
  package init() throws(TerminalFailure) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    Self.chooseLocale()
    // Curses changes the terminal's state as soon as it starts, so it is kept before.
    guard term_guard_save(STDIN_FILENO) == 0 else { throw .notATerminal }
    set_escdelay(25)
    try Self.start()
    term_guard_watch()
    term_guard_chain_resize(UIExecutor.shared.wakeDescriptor)
    Self.setModes()
    painter = CellPainter(theme: Theme(palette: Self.palette()))
    reader = KeyReader()
    let restore = Self.restoreOctets()
    restore.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { term_guard_set_restore($0.baseAddress, $0.count) }
    }
    term_guard_set_armed(1)
    Self.emit("\u{1B}[?2004h")
  }

  /// The screen in columns and rows.
  package var size: (width: Int, height: Int) { (Int(getmaxx(stdscr)), Int(getmaxy(stdscr))) }

  /// Shows a screen.
  package func draw(_ grid: CellGrid) {
    if isOpen { painter.paint(grid) }
  }

  /// Draws all of it again at the next `draw`, whatever stands on the screen.
  package func invalidate() {
    painter.invalidate()
    clearok(stdscr, true)
  }

  /// The next key, or nil when none is waiting.
  package func read() -> TerminalInput? { isOpen ? reader.next() : nil }

  /// Tells the terminal to report the mouse wheel, or not; its own selection needs Shift while it does.
  package func setMouse(_ isOn: Bool) {
    isMouseOn = isOn
    mousemask(isOn ? SH_WHEEL_UP | SH_WHEEL_DOWN : 0, nil)
  }

  /// Rings the bell.
  package func ring() { beep() }

  /// Gives the terminal back to the shell and stops the process group, and takes it again when continued.
  package func suspend() {
    leave()
    kill(0, SIGTSTP)
    enter()
  }

  /// Gives the terminal to a body, such as one that runs an editor, and takes it again.
  package func lend<Result>(to body: () -> Result) -> Result {
    leave()
    defer { enter() }
    return body()
  }

  /// Gives the terminal back for good.
  package func close() {
    guard isOpen else { return }
    leave()
    isOpen = false
    term_guard_release()
  }

  private func leave() {
    guard isOpen else { return }
    Self.emit("\u{1B}[?2004l")
    if isMouseOn { mousemask(0, nil) }
    def_prog_mode()
    endwin()
    term_guard_set_armed(0)
  }

  private func enter() {
    guard isOpen else { return }
    reset_prog_mode()
    term_guard_set_armed(1)
    if let (width, height) = Self.windowSize() { resizeterm(height, width) }
    wrefresh(stdscr)
    Self.emit("\u{1B}[?2004h")
    if isMouseOn { setMouse(true) }
    invalidate()
  }

  /// UTF-8 must be spoken to the terminal: without a locale that says so, C.UTF-8 does.
  private static func chooseLocale() {
    setlocale(LC_ALL, "")
    if let codeset = nl_langinfo(Int32(CODESET)), String(cString: codeset) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
  }

  private static func start() throws(TerminalFailure) {
    let type = getenv("TERM").map { String(cString: $0) } ?? ""
    guard let output = fdopen(dup(STDOUT_FILENO), "w"), let input = fdopen(dup(STDIN_FILENO), "r") else {
      throw .notATerminal
    }
    if newterm(nil, output, input) == nil, newterm("xterm-256color", output, input) == nil { throw .unknownType(type) }
    guard capability("cup") != nil else {
      endwin()
      throw .cannotMoveCursor(type: type)
    }
  }

  private static func setModes() {
    raw()
    noecho()
    nonl()
    keypad(stdscr, true)
    nodelay(stdscr, true)
    idlok(stdscr, true)
    intrflush(stdscr, false)
    meta(stdscr, true)
  }

  private static func palette() -> Theme.Palette {
    if let value = getenv("NO_COLOR"), value.pointee != 0 { return .mono }
    guard has_colors() else { return .mono }
    start_color()
    use_default_colors()
    return COLORS >= 256 ? .large : .basic
  }

  /// What leaves the screen as it was: the modes we set, then what terminfo says.
  private static func restoreOctets() -> [UInt8] {
    var octets = Array("\u{1B}[?2004l\u{1B}[?1000l\u{1B}[?1006l".utf8)
    for name in ["sgr0", "rmkx", "cnorm", "rmcup"] { octets += capability(name) ?? [] }
    return octets
  }

  /// A string of terminfo without its padding marks `$<5>`.
  private static func capability(_ name: String) -> [UInt8]? {
    guard let pointer = tigetstr(name), Int(bitPattern: pointer) != -1 else { return nil }
    var octets: [UInt8] = []
    var isPadding = false
    for octet in String(cString: pointer).utf8 {
      if octet == UInt8(ascii: "$") { isPadding = true }
      if !isPadding { octets.append(octet) }
      if octet == UInt8(ascii: ">") { isPadding = false }
    }
    return octets
  }

  private static func windowSize() -> (width: Int32, height: Int32)? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    return (Int32(size.ws_col), Int32(size.ws_row))
  }

  private static func emit(_ text: String) { emit(Array(text.utf8)) }

  private static func emit(_ octets: [UInt8]) {
    var done = 0
    while done < octets.count {
      let count = octets[done...].withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return }
      done += count
    }
  }
}
