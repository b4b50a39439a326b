import ArgumentParser
import Failures
import Glibc
import SMTPClient

/// Reads files and standard input whole, within a bound; what is no regular file has to say something in time.
enum InputFile {
  /// The greatest file that is read whole: 1 GiB.
  private static let bound = 1 << 30
  /// The most that is read from a pipe or a device that is named as a file: 64 MiB.
  private static let pipeBound = 1 << 26
  /// How long a pipe or a device may say nothing, in seconds.
  private static let patience: Int32 = 10

  /// The octets of a file, or of standard input where the path is `-`. What fails is told and ends the command.
  static func read(_ path: String) throws -> [UInt8] {
    if path == "-" { return try readAll(STDIN_FILENO, path) }
    // With O_NONBLOCK a pipe at whose other end nobody stands is opened, too.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw unreadable(path, String(cString: strerror(errno))) }
    defer { close(descriptor) }
    return try readAll(descriptor, path, isPipe: !MessageSource.isFile(path))
  }

  /// The octets up to the end of a descriptor that is already open.
  ///
  /// `isPipe` says that nobody may be at the other end, or that there may be no end.
  static func readAll(_ descriptor: Int32, _ name: String, isPipe: Bool = false) throws -> [UInt8] {
    let bound = isPipe ? pipeBound : bound
    var octets: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      if isPipe {
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, patience * 1000) != 0 else {
          throw unreadable(name, "no regular file, and nothing came from it in \(patience) seconds")
        }
      }
      let count = Glibc.read(descriptor, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw unreadable(name, String(cString: strerror(errno))) }
      guard octets.count < bound else { throw unreadable(name, "larger than \(bound >> 20) MiB") }
      if count == 0 { return octets }
      octets += block[..<count]
    }
  }

  private static func unreadable(_ name: String, _ reason: String) -> any Error {
    Output.failure(.fileUnreadable, "\(name): \(reason)")
  }

  /// A message to send: a file that can be read twice, to measure it and to send it, is read in blocks; a pipe is read
  /// whole.
  static func message(_ path: String) throws -> MessageSource {
    MessageSource.isFile(path) ? .file(path) : .octets(try read(path))
  }

  /// Whether a path names something that exists.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
