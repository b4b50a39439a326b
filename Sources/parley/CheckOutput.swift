import ArgumentParser
import Glibc

/// Standard output in blocks. Unlike a session, a check ends when nobody reads what it says.
struct CheckOutput {
  /// What is not yet written.
  var octets: [UInt8] = []

  private static let blockSize = 65_536

  init() { octets.reserveCapacity(2 * Self.blockSize) }

  /// Writes when a block is full.
  @inline(__always)
  mutating func writeIfFull() throws {
    if octets.count >= Self.blockSize { try write() }
  }

  /// Writes everything. A reader that went away ends the command without a word.
  mutating func write() throws {
    defer { octets.removeAll(keepingCapacity: true) }
    var offset = 0
    while offset < octets.count {
      let written = octets.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress! + offset, $0.count - offset) }
      let code = errno
      if written < 0, code == EINTR { continue }
      guard written > 0 else {
        if code != EPIPE { Output.diagnostic("parley: error [file.unwritable]: \(String(cString: strerror(code)))") }
        throw ExitStatus.inputOutput.exitCode
      }
      offset += written
    }
  }
}
