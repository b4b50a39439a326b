import ArgumentParser
import Failures
import Glibc
import MailAddress

/// Reads files and standard input in blocks, in constant memory.
enum CheckInput {
  private static let blockSize = 65_536

  /// How many blocks are read and judged together: one for each processor, eight at most.
  static let width = min(max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1), 8)

  /// The longest line of a terminal.
  private static let terminalLine = 4_096

  /// Hands each line of a file to a runner; `-` is standard input.
  static func read(_ path: String, into runner: inout some CheckRunner) throws {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw try unreadable(path, &runner) }
    defer { if path != "-" { close(descriptor) } }
    if isatty(descriptor) == 1 { Output.diagnostic("parley: one address a line; Ctrl-D ends") }
    var reader = AddressLineReader()
    let size = regularSize(descriptor)
    var progress = CheckProgressView(size: size)
    defer { progress.clear() }
    var octets = [UInt8](repeating: 0, count: blockSize * width)
    var encoding = CheckEncoding()
    while true {
      guard let count = fill(&octets, from: descriptor) else { throw try unreadable(path, &runner) }
      if count == 0 { break }
      let isFirst = encoding.mark == nil
      let decoded = encoding.take(octets.span.extracting(0..<count))
      if isFirst, let note = encoding.mark?.note { Output.diagnostic("parley: note: \(path): \(note)") }
      if let decoded {
        try hand(decoded.span, to: &reader, &runner)
      } else {
        try hand(octets.span.extracting(0..<count), to: &reader, &runner)
      }
      // Who types, or waits at the other end of a pipe, gets the answer now.
      if size == nil { try runner.flush() }
      progress.advance(by: count)
    }
    let rest = encoding.finish()
    try reader.feed(rest.span) { try runner.take($0, isTruncated: $1) }
    try reader.finish { try runner.take($0, isTruncated: $1) }
    try runner.endItem()
  }

  /// Reads what is there, and waits only when that is nothing. The number of octets, 0 at the end; nil where they
  /// cannot be read.
  private static func fill(_ octets: inout [UInt8], from descriptor: Int32) -> Int? {
    var count = 0
    while count < octets.count {
      let room = min(octets.count - count, blockSize)
      let read = octets.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + count, room) }
      if read < 0, errno == EINTR { continue }
      guard read > 0 else { return read < 0 && count == 0 ? nil : count }
      count += read
      // A terminal has a line at a time, and its end is told just once.
      guard read >= terminalLine, isReadable(descriptor) else { break }
    }
    return count
  }

  private static func isReadable(_ descriptor: Int32) -> Bool {
    var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&wait, 1, 0) == 1
  }

  /// Hands over the lines in the next octets: those that begin and end in them together.
  private static func hand(
    _ octets: Span<UInt8>, to reader: inout AddressLineReader, _ runner: inout some CheckRunner
  ) throws {
    let lines = AddressLineReader.wholeLines(in: octets)
    try reader.feed(octets.extracting(0..<lines.lowerBound)) { try runner.take($0, isTruncated: $1) }
    if !lines.isEmpty { try runner.take(lines: octets.extracting(lines)) }
    try reader.feed(octets.extracting(lines.upperBound..<octets.count)) { try runner.take($0, isTruncated: $1) }
  }

  /// Tells of a file that cannot be read, behind all that was found before it.
  private static func unreadable(_ path: String, _ runner: inout some CheckRunner) throws -> ExitCode {
    let code = errno
    try runner.flush()
    return Output.failure(.fileUnreadable, "\(path): \(String(cString: strerror(code)))")
  }

  /// The octets of a regular file; nil for anything else.
  private static func regularSize(_ descriptor: Int32) -> Int? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }
}
