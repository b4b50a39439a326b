import Glibc

/// Writes whole pieces to the program's outputs, each in one call.
enum Output {
  /// Writes to standard output.
  static func write(_ octets: [UInt8]) {
    write(octets, to: STDOUT_FILENO)
  }

  /// Writes a line to standard output.
  static func line(_ text: String) {
    write(Array((text + "\n").utf8))
  }

  /// Writes lines to standard error; nothing in them acts on a terminal.
  static func diagnostic(_ text: String) {
    write(Array((TerminalText.lines(text, quoting: CommandLine.arguments) + "\n").utf8), to: STDERR_FILENO)
  }

  private static func write(_ octets: [UInt8], to descriptor: Int32) {
    octets.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        let written = Glibc.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
        if written < 0, errno == EINTR { continue }
        // Nobody is left to read; the session goes on all the same.
        if written <= 0 { return }
        offset += written
      }
    }
  }
}
