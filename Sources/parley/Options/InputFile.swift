import ArgumentParser
import Failures
import Glibc
import SMTPClient

/// Reads files and standard input whole, within a bound.
enum InputFile {
  /// The greatest file that is read whole: 1 GiB.
  private static let bound = 1 << 30

  /// The octets of a file, or of standard input where the path is `-`. What fails is told and ends the command.
  static func read(_ path: String) throws -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Output.failure(.fileUnreadable, "\(path): \(String(cString: strerror(errno)))")
    }
    defer { if path != "-" { close(descriptor) } }
    return try readAll(descriptor, path)
  }

  /// The octets up to the end of a descriptor that is already open.
  static func readAll(_ descriptor: Int32, _ name: String) throws -> [UInt8] {
    var octets: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0, octets.count < bound else {
        let reason = count < 0 ? String(cString: strerror(errno)) : "larger than 1 GiB"
        throw Output.failure(.fileUnreadable, "\(name): \(reason)")
      }
      if count == 0 { return octets }
      octets += block[..<count]
    }
  }

  /// A message to send: a file that can be read twice, to measure it and to send it, is read in blocks; a pipe is read
  /// whole.
  static func message(_ path: String) throws -> MessageSource {
    MessageSource.isFile(path) ? .file(path) : .octets(try read(path))
  }

  /// Whether a path names something that exists.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
