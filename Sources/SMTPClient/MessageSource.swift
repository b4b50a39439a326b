import Glibc
package import SMTPWire

/// Where the text of a message comes from; it is read in blocks, so its size does not matter.
package enum MessageSource: Sendable {
  case octets([UInt8])
  /// A regular file.
  case file(String)

  /// Whether a path names a regular file.
  package static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Why no message can be read from a path; nil when one can.
  package static func failure(at path: String) -> MessageFailure? {
    // Nobody may stand at the other end of a pipe.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return MessageFailure(path: path, errno: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return MessageFailure(path: path, errno: errno) }
    return status.st_mode & S_IFMT == S_IFDIR ? MessageFailure(path: path, errno: EISDIR) : nil
  }

  /// Gives the text to `body` in blocks of at most 64 KiB.
  ///
  /// - Throws: what `body` throws; a `MessageFailure` when the file cannot be read.
  package func withBlocks(
    isolation: isolated (any Actor)? = #isolation, _ body: ([UInt8]) async throws -> Void
  ) async throws {
    switch self {
    case .octets(let octets):
      var start = 0
      while start < octets.count {
        let end = min(start + Self.blockSize, octets.count)
        try await body(Array(octets[start..<end]))
        start = end
      }
    case .file(let path):
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw MessageFailure(path: path, errno: errno) }
      defer { close(descriptor) }
      while let block = try Self.readBlock(descriptor, path) { try await body(block) }
    }
  }

  /// What the message needs of a server; the whole text is read.
  package func traits() async throws -> MessageTraits {
    var traits = MessageTraits()
    try await withBlocks { traits.receive($0) }
    return traits
  }

  private static let blockSize = 65_536

  private static func readBlock(_ descriptor: Int32, _ path: String) throws(MessageFailure) -> [UInt8]? {
    var failure: Int32 = 0
    let block = [UInt8](unsafeUninitializedCapacity: blockSize) { buffer, count in
      let got = read(descriptor, buffer.baseAddress, blockSize)
      if got < 0 { failure = errno }
      count = max(0, got)
    }
    if failure == EINTR { return try readBlock(descriptor, path) }
    guard failure == 0 else { throw MessageFailure(path: path, errno: failure) }
    return block.isEmpty ? nil : block
  }
}

/// A message's file cannot be read.
package struct MessageFailure: Error, Sendable {
  /// The file's path.
  package let path: String
  /// The system's error number.
  package let errno: Int32

  /// The reason in the system's words.
  package var words: String { "\(path): \(String(cString: strerror(errno)))" }
}
