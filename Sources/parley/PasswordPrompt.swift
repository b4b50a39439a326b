import Glibc

/// Asks for a secret on the terminal without showing it.
enum PasswordPrompt {
  /// What was typed up to the end of the line; nil without a terminal.
  static func ask(_ text: String) -> String? {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else { return nil }
    defer { close(terminal) }
    var before = termios()
    guard tcgetattr(terminal, &before) == 0 else { return nil }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(terminal, TCSAFLUSH, &silent)
    defer { tcsetattr(terminal, TCSAFLUSH, &before) }
    Array(text.utf8).withUnsafeBytes { _ = write(terminal, $0.baseAddress, $0.count) }
    let line = readLine(terminal)
    _ = write(terminal, "\n", 1)
    return line
  }

  private static func readLine(_ terminal: Int32) -> String? {
    var octets: [UInt8] = []
    var octet: UInt8 = 0
    while octets.count < 4096 {
      let count = read(terminal, &octet, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { return octets.isEmpty ? nil : String(decoding: octets, as: UTF8.self) }
      if octet == 0x0A { break }
      octets.append(octet)
    }
    return String(decoding: octets, as: UTF8.self)
  }
}
