import ArgumentParser
import Failures
import Glibc

/// Standard output in blocks. Unlike a session, a check ends when nobody reads what it says.
enum CheckOutput {
  private static let blockSize = 65_536

  /// Writes when a block is full.
  @inline(__always)
  static func writeIfFull(_ octets: inout [UInt8]) throws {
    if octets.count >= blockSize { try write(&octets) }
  }

  /// Writes everything. A reader that went away ends the command without a word.
  static func write(_ octets: inout [UInt8]) throws {
    defer { octets.removeAll(keepingCapacity: true) }
    var offset = 0
    while offset < octets.count {
      let written = octets.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress! + offset, $0.count - offset) }
      let code = errno
      if written < 0, code == EINTR { continue }
      guard written > 0 else {
        if code == EPIPE { throw ExitStatus.inputOutput.exitCode }
        throw Output.failure(.fileUnwritable, String(cString: strerror(code)))
      }
      offset += written
    }
  }
}
