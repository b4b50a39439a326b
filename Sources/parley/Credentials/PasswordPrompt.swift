import Glibc
import SMTPWire

/// Asks for a secret on the terminal without showing it.
enum PasswordPrompt {
  private static let bound = 4096

  /// What was typed up to the end of the line; nil without a terminal, or when nothing was typed but the end of input.
  static func ask(_ text: String) -> Secret? {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else { return nil }
    defer { close(terminal) }
    var before = termios()
    guard tcgetattr(terminal, &before) == 0 else { return nil }
    // Whoever stops this with ^C wants an echo again.
    let handlers = interruptions.map { ($0, interrupt($0)) }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(terminal, TCSAFLUSH, &silent)
    Array(text.utf8).withUnsafeBytes { _ = write(terminal, $0.baseAddress, $0.count) }
    let (line, isInterrupted) = readLine(terminal)
    _ = write(terminal, "\n", 1)
    tcsetattr(terminal, TCSAFLUSH, &before)
    for (signal, handler) in handlers { restore(signal, handler) }
    if isInterrupted { raise(SIGINT) }
    return line.map { Secret(name: "password", octets: $0) }
  }

  private static let interruptions = [SIGINT, SIGTERM, SIGHUP]

  /// Lets a signal do no more than end a read; gives what it did before.
  private static func interrupt(_ signal: Int32) -> sigaction {
    var before = sigaction()
    var quiet = sigaction()
    quiet.__sigaction_handler.sa_handler = { _ in }
    sigaction(signal, &quiet, &before)
    return before
  }

  private static func restore(_ signal: Int32, _ handler: sigaction) {
    var handler = handler
    sigaction(signal, &handler, nil)
  }

  private static func readLine(_ terminal: Int32) -> (line: [UInt8]?, isInterrupted: Bool) {
    var octets: [UInt8] = []
    var octet: UInt8 = 0
    while octets.count < bound {
      let count = read(terminal, &octet, 1)
      if count < 0, errno == EINTR { return (nil, true) }
      guard count == 1 else { return (octets.isEmpty ? nil : octets, false) }
      if octet == 0x0A { break }
      octets.append(octet)
    }
    return (octets, false)
  }
}
