import ArgumentParser
import Failures
import Glibc

/// Writes files that a command was asked for.
enum OutputFile {
  /// Replaces a file's content; what fails is told and ends the command.
  static func write(_ octets: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    var isWhole = descriptor >= 0
    var offset = 0
    while isWhole, offset < octets.count {
      let written = octets[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      isWhole = written > 0
      offset += max(0, written)
    }
    let reason = errno
    if descriptor >= 0, close(descriptor) != 0 { isWhole = false }
    guard isWhole else {
      throw Output.failure(.fileUnwritable, "\(path): \(String(cString: strerror(reason)))")
    }
  }
}
