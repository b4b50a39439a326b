import Glibc

/// Small files that are written whole or not at all.
enum PrivateFile {
  /// Certificates and keys are a few kilobytes; what is larger is none of ours.
  private static let longest = 1 << 20

  /// The content; nil when it cannot be read or is too long.
  static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var content: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 16_384)
    while content.count <= longest {
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count == 0 { return content }
      guard count > 0 else { return nil }
      content.append(contentsOf: piece.prefix(count))
    }
    return nil
  }

  /// Makes a directory and what is missing above it, for nobody but the user.
  static func makeDirectory(_ path: String) throws(TestAuthorityFailure) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw failure("make", path)
    }
    try makeDirectory(String(path[..<slash]))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure("make", path) }
  }

  /// Puts `content` in the place of what is at `path`, safely on disk, with this mode from its first moment.
  static func replace(_ path: String, with content: [UInt8], mode: mode_t) throws(TestAuthorityFailure) {
    let temporary = "\(path).\(hexadecimal(randomBytes(6))).new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw failure("write", temporary) }
    let isWritten = writeAll(descriptor, content) && fsync(descriptor) == 0
    let error = errno
    close(descriptor)
    guard isWritten, rename(temporary, path) == 0 else {
      let told = isWritten ? errno : error
      unlink(temporary)
      throw failure("write", path, told)
    }
  }

  private static func writeAll(_ descriptor: Int32, _ content: [UInt8]) -> Bool {
    content.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }

  /// A failure with the system's words.
  static func failure(_ verb: String, _ path: String, _ code: Int32 = errno) -> TestAuthorityFailure {
    TestAuthorityFailure("cannot \(verb) \(path): \(strerror(code).map { String(cString: $0) } ?? "error \(code)")")
  }
}

/// One process at a time in a directory.
struct DirectoryLock {
  private let descriptor: Int32

  /// Waits until no other process holds the lock file at `path`.
  init(path: String) throws(TestAuthorityFailure) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw PrivateFile.failure("open", path) }
    while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
  }

  /// Lets the next one in.
  func release() { close(descriptor) }
}
