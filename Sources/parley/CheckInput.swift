import ArgumentParser
import Glibc
import MailAddress

/// Reads files and standard input in blocks, in constant memory.
enum CheckInput {
  private static let blockSize = 65_536

  /// Hands each line of a file to a runner; `-` is standard input.
  static func read(_ path: String, into runner: inout some CheckRunner) throws {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { if path != "-" { close(descriptor) } }
    if isatty(descriptor) == 1 { Output.diagnostic("parley: one address a line; Ctrl-D ends") }
    var reader = AddressLineReader()
    let size = regularSize(descriptor)
    var progress = CheckProgressView(size: size)
    defer { progress.clear() }
    var block = [UInt8](repeating: 0, count: blockSize)
    while true {
      let count = Glibc.read(descriptor, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        try runner.flush()
        throw unreadable(path)
      }
      if count == 0 { break }
      try reader.feed(block.span.extracting(0..<count)) { try runner.take($0, isTruncated: $1) }
      // Who types, or waits at the other end of a pipe, gets the answer now.
      if size == nil { try runner.flush() }
      progress.advance(by: count)
    }
    try reader.finish { try runner.take($0, isTruncated: $1) }
    try runner.endItem()
  }

  private static func unreadable(_ path: String) -> ExitCode {
    Output.diagnostic("parley: error [file.unreadable]: \(path): \(String(cString: strerror(errno)))")
    return ExitStatus.noInput.exitCode
  }

  /// The octets of a regular file; nil for anything else.
  private static func regularSize(_ descriptor: Int32) -> Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }
}
