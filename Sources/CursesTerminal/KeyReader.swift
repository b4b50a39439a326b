@preconcurrency import CNcurses
import Glibc
import Workbench

/// Reads keys from curses, which has decoded the escape sequences.
@UI struct KeyReader {
  private static let pasteBegin: Int32 = 0x4000
  private static let pasteEnd = Array("\u{1B}[201~".utf8)
  private static let maximumPaste = 1 << 20

  init() {
    define_key("\u{1B}[200~", Self.pasteBegin)
  }

  /// The next key, or nil when none is waiting.
  func next() -> TerminalInput? {
    var code: wint_t = 0
    switch wget_wch(stdscr, &code) {
    case KEY_CODE_YES: return special(Int32(bitPattern: code))
    case OK: return plain(code)
    default: return nil
    }
  }

  private func plain(_ code: wint_t) -> TerminalInput? {
    guard code == 0x1B else { return Self.stroke(code, isAlt: false) }
    // Alt with a key is ESC and the key at once; ESC alone has nothing behind it.
    var next: wint_t = 0
    switch wget_wch(stdscr, &next) {
    case OK where next != 0x1B: return Self.stroke(next, isAlt: true)
    case KEY_CODE_YES:
      guard let key = Self.key(Int32(bitPattern: next)) else { return .key(KeyStroke(.escape)) }
      return .key(KeyStroke(key, isAlt: true))
    default: return .key(KeyStroke(.escape))
    }
  }

  private static func stroke(_ code: wint_t, isAlt: Bool) -> TerminalInput? {
    let key: Key
    switch code {
    case 0x0D: key = .enter
    case 0x09: key = .tab
    case 0x08, 0x7F: key = .backspace
    case 0x00..<0x20:
      guard let letter = Unicode.Scalar(code + 0x40) else { return nil }
      key = .control(letter)
    default:
      guard let scalar = Unicode.Scalar(code) else { return nil }
      key = .character(scalar)
    }
    return .key(KeyStroke(key, isAlt: isAlt))
  }

  private func special(_ code: Int32) -> TerminalInput? {
    switch code {
    case KEY_RESIZE: return .resize(width: Int(getmaxx(stdscr)), height: Int(getmaxy(stdscr)))
    case KEY_MOUSE: return wheel()
    case Self.pasteBegin: return .paste(paste())
    default: return Self.key(code).map { .key(KeyStroke($0)) }
    }
  }

  private static func key(_ code: Int32) -> Key? {
    if (sh_key_f(1)...sh_key_f(63)).contains(code) { return .function(Int(code - sh_key_f(0))) }
    switch code {
    case KEY_UP: return .up
    case KEY_DOWN: return .down
    case KEY_LEFT: return .left
    case KEY_RIGHT: return .right
    case KEY_HOME: return .home
    case KEY_END: return .end
    case KEY_PPAGE: return .pageUp
    case KEY_NPAGE: return .pageDown
    case KEY_IC: return .insert
    case KEY_DC: return .delete
    case KEY_BACKSPACE: return .backspace
    case KEY_BTAB: return .backTab
    case KEY_ENTER: return .enter
    default: return nil
    }
  }

  private func wheel() -> TerminalInput? {
    var event = MEVENT()
    guard getmouse(&event) == OK else { return nil }
    if event.bstate & SH_WHEEL_UP != 0 { return .wheel(isUp: true) }
    if event.bstate & SH_WHEEL_DOWN != 0 { return .wheel(isUp: false) }
    return nil
  }

  /// The octets up to the end of a paste. Sequences within it are octets, not keys.
  private func paste() -> [UInt8] {
    keypad(stdscr, false)
    defer { keypad(stdscr, true) }
    var octets: [UInt8] = []
    while octets.count < Self.maximumPaste {
      let code = wgetch(stdscr)
      if code == ERR {
        // The rest may still be under way; a terminal that sends no end must not hold us.
        var entry = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        if poll(&entry, 1, 200) <= 0 { break }
        continue
      }
      octets.append(UInt8(truncatingIfNeeded: code))
      if octets.suffix(Self.pasteEnd.count).elementsEqual(Self.pasteEnd) {
        octets.removeLast(Self.pasteEnd.count)
        break
      }
    }
    return octets
  }
}
